package org.oddlens.app.setup;

import java.util.Objects;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.study.DataInspection;

/** The flags of the command line that choose the roles of a file, where they are not the guessed ones. */
record RoleWords(DataInspection data) {

    /** Begins with a space, or is empty. */
    String flags() {
        if (data.data() == null || data.guessed() == null) {
            return "";
        }
        Roles chosen = data.data().roles();
        Roles guess = data.guessed();
        StringBuilder line = new StringBuilder();
        if (!chosen.features().equals(guess.features())) {
            flag(line, "--features", chosen.features());
        }
        boolean sameLabel =
                Objects.equals(chosen.label(), guess.label()) && chosen.labelColumn() == guess.labelColumn();
        if (!sameLabel) {
            flag(line, "--label", chosen.labelColumn() ? "last-column" : orNone(chosen.label()));
        }
        if (!chosen.anomalyValues().isEmpty()
                && (!sameLabel || !chosen.anomalyValues().equals(guess.anomalyValues()))) {
            flag(line, "--anomaly-values", String.join(",", chosen.anomalyValues()));
        }
        if (!Objects.equals(chosen.id(), guess.id())) {
            flag(line, "--id", orNone(chosen.id()));
        }
        if (!Objects.equals(chosen.time(), guess.time())) {
            flag(line, "--time", orNone(chosen.time()));
        }
        if (!chosen.context().equals(guess.context())) {
            flag(line, "--context", chosen.context().isEmpty() ? "none" : String.join(",", chosen.context()));
        }
        return line.toString();
    }

    private static String orNone(String name) {
        return name == null ? "none" : name;
    }

    private static void flag(StringBuilder line, String flag, String value) {
        line.append(' ').append(flag).append(' ').append(SetupViewModel.quoted(value));
    }
}

package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Roles of a file with the test rows: those of the training file where it has the same arrays and columns, for the rest
 * what its own names and values say.
 */
final class SecondRoles {

    private final DataFile file;
    private final Roles first;
    private final List<String> features;

    /**
     * @param first    roles of the training file
     * @param features names of its features, null if it has none
     */
    SecondRoles(DataFile file, Roles first, List<String> features) {
        this.file = file;
        this.first = first;
        this.features = features == null ? List.of() : features;
    }

    Roles roles() {
        boolean sameRows = file.find(first.features()).filter(ArrayInfo::usable).isPresent();
        Roles guess = RoleGuess.of(file).roles();
        String rows = sameRows ? first.features() : guess.features();
        Roles roles = labelled(rows, guess);
        if (!roles.labelColumn()) {
            roles = roles.withTranspose(sameRows && first.transpose() || guess.transpose());
        }
        String id = side(first.id(), guess.id());
        String time = side(first.time(), guess.time());
        List<String> context = new ArrayList<>();
        for (String name : first.context()) {
            if (has(rows, name)) {
                context.add(name);
            }
        }
        return roles.withSide(free(roles, id), free(roles, time), context);
    }

    private Roles labelled(String rows, Roles guess) {
        if (first.labelColumn()) {
            return Roles.lastColumn(rows, first.anomalyValues(), first.normalValues());
        }
        if (first.label() != null && has(rows, first.label())) {
            return Roles.labelled(rows, first.label(), first.anomalyValues(), first.normalValues());
        }
        if (guess.labelColumn() && features.isEmpty() && first.label() == null) {
            return Roles.unlabelled(rows); // as wide as the training rows, a last column is a feature like theirs
        }
        if (guess.label() == null
                || features.contains(guess.label())
                || guess.label().equals(rows)) {
            return Roles.unlabelled(rows);
        }
        boolean mapped = first.label() != null;
        return Roles.labelled(
                rows,
                guess.label(),
                mapped ? first.anomalyValues() : guess.anomalyValues(),
                mapped ? first.normalValues() : guess.normalValues());
    }

    /** As in the training file if it is there, else by its own name, unless that is a feature. */
    private String side(String known, String guessed) {
        if (known != null && has(first.features(), known)) {
            return known;
        }
        return guessed != null && !features.contains(guessed) ? guessed : null;
    }

    private static String free(Roles roles, String name) {
        return name == null || roles.names(name) ? null : name;
    }

    private boolean has(String rows, String name) {
        return file.find(name).filter(ArrayInfo::usable).isPresent()
                || file.columnNames(rows).contains(name)
                || file.columnNames(rows).isEmpty() && name.matches("x[1-9]\\d*");
    }
}

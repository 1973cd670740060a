package org.oddlens.engine.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.DataFiles;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.RoleGuess;
import org.oddlens.engine.data.Roles;

/** Roles where some flags were given: the guess, with those parts replaced. */
final class RolesByHand {

    private RolesByHand() {}

    static Roles of(DataSpec data, String features, String label, List<String> anomalyValues) {
        try (DataFile file = DataFiles.open(Path.of(data.file()))) {
            Roles guess = RoleGuess.of(file).roles();
            String rows = features == null ? guess.features() : features;
            if ("none".equals(label)) {
                return Roles.unlabelled(rows);
            }
            if ("last-column".equals(label)) {
                List<String> anomalies = anomalyValues.isEmpty() ? List.of("1") : anomalyValues;
                return Roles.lastColumn(rows, anomalies, List.of());
            }
            String array = label == null ? guess.label() : label;
            if (array == null) {
                return guess.labelColumn()
                        ? Roles.lastColumn(
                                rows, anomalyValues.isEmpty() ? guess.anomalyValues() : anomalyValues, List.of())
                        : Roles.unlabelled(rows);
            }
            if (anomalyValues.isEmpty() && array.equals(guess.label())) {
                return Roles.labelled(rows, array, guess.anomalyValues(), guess.normalValues());
            }
            Set<String> seen = new LinkedHashSet<>(List.of(file.texts(array)));
            List<String> anomalies = anomalyValues.isEmpty() ? List.of("1") : anomalyValues;
            return Roles.labelled(
                    rows,
                    array,
                    anomalies,
                    seen.stream().filter(value -> !anomalies.contains(value)).toList());
        }
    }
}

package org.oddlens.engine.cli;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.DataFiles;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.RoleGuess;
import org.oddlens.engine.data.Roles;

/**
 * Roles where some flags were given: the guess, with those parts replaced. A null is a flag that was not given; the word
 * {@code none} takes a guessed role away.
 *
 * @param features      array that holds the rows
 * @param label         array that holds the label, {@code none} or {@code last-column}
 * @param anomalyValues label values that mean anomaly, separated by commas
 * @param id            column that names the rows
 * @param time          column that tells their time
 * @param context       columns to judge a row by, separated by commas
 */
record RolesByHand(String features, String label, String anomalyValues, String id, String time, String context) {

    private static final String NONE = "none";
    private static final int SHOWN = 8;

    /** The data with these roles; unchanged where no flag was given, so that the roles stay a guess. */
    DataSpec of(DataSpec data) {
        boolean given = features != null
                || label != null
                || anomalyValues != null
                || id != null
                || time != null
                || context != null;
        return given ? data.withRoles(roles(data)) : data;
    }

    private Roles roles(DataSpec data) {
        try (DataFile file = DataFiles.open(Path.of(data.file()))) {
            Roles guess = RoleGuess.of(file).roles();
            boolean others = features == null && label == null && anomalyValues == null;
            Roles chosen = (others ? guess : main(file, guess)).withSide(null, null, List.of());
            requireSeen(data, file, chosen);
            List<String> contexts =
                    context == null ? guess.context() : context.equals(NONE) ? List.of() : split(context);
            String ids = id == null ? guess.id() : given(id);
            String times = time == null ? guess.time() : given(time);
            // A guess gives way to what was chosen.
            return chosen.withSide(
                    id == null && taken(chosen, contexts, ids) ? null : ids,
                    time == null && taken(chosen, contexts, times) ? null : times,
                    contexts);
        } catch (DataFormatException e) {
            if (e.file().isEmpty()) { // roles that contradict each other, before any file is looked at
                throw new UsageException(e.getMessage());
            }
            throw e;
        }
    }

    /** A value that no row has was mistyped, and without it no row would be an anomaly. */
    private void requireSeen(DataSpec data, DataFile file, Roles chosen) {
        if (anomalyValues == null) {
            return;
        }
        Set<String> seen = new TreeSet<>(values(file, chosen));
        if (data.secondFile() != null) {
            try (DataFile second = DataFiles.open(Path.of(data.secondFile()))) {
                seen.addAll(values(second, chosen));
            }
        }
        for (String value : split(anomalyValues)) {
            if (!seen.contains(value)) {
                throw new UsageException("--anomaly-values: no row has the label value '" + value + "'; there are "
                        + seen.stream().limit(SHOWN).collect(Collectors.joining(", "))
                        + (seen.size() > SHOWN ? ", …" : "") + ".");
            }
        }
    }

    private static List<String> values(DataFile file, Roles roles) {
        if (roles.label() != null) {
            return file.find(roles.label()).isEmpty() ? List.of() : List.of(file.texts(roles.label()));
        }
        if (!roles.labelColumn()) {
            throw new UsageException(
                    "--anomaly-values: there is no label whose values these could be; name it with --label.");
        }
        return DataImport.load(
                        DataSpec.of(file.path().toString()).withRoles(roles).withMissing(MissingPolicy.IMPUTE))
                .dataset()
                .classes()
                .map(List::of)
                .orElse(List.of());
    }

    private boolean taken(Roles chosen, List<String> contexts, String name) {
        return name != null && (chosen.names(name) || contexts.contains(name) || name.equals(id) || name.equals(time));
    }

    private static String given(String flag) {
        return flag.equals(NONE) ? null : flag;
    }

    private static List<String> split(String text) {
        return List.of(text.split(","));
    }

    private Roles main(DataFile file, Roles guess) {
        Roles label = label(file, guess);
        return features == null
                ? label.withTranspose(guess.transpose()).withTest(guess.testFeatures(), testLabel(guess, label))
                : label;
    }

    private static String testLabel(Roles guess, Roles chosen) {
        return chosen.label() != null && chosen.label().equals(guess.label()) ? guess.testLabel() : null;
    }

    private Roles label(DataFile file, Roles guess) {
        List<String> values = anomalyValues == null ? List.of() : split(anomalyValues);
        String rows = features == null ? guess.features() : features;
        if (NONE.equals(label)) {
            return Roles.unlabelled(rows);
        }
        if ("last-column".equals(label)) {
            return Roles.lastColumn(rows, values.isEmpty() ? List.of("1") : values, List.of());
        }
        String array = label == null ? guess.label() : label;
        if (array == null) {
            return guess.labelColumn()
                    ? Roles.lastColumn(rows, values.isEmpty() ? guess.anomalyValues() : values, List.of())
                    : Roles.unlabelled(rows);
        }
        if (values.isEmpty() && array.equals(guess.label())) {
            return Roles.labelled(rows, array, guess.anomalyValues(), guess.normalValues());
        }
        Set<String> seen = new LinkedHashSet<>(List.of(file.texts(array)));
        List<String> anomalies = values.isEmpty() ? List.of("1") : values;
        return Roles.labelled(
                rows,
                array,
                anomalies,
                seen.stream().filter(value -> !anomalies.contains(value)).toList());
    }
}

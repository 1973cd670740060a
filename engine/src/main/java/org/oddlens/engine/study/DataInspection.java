package org.oddlens.engine.study;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.oddlens.engine.data.ArrayInfo;
import org.oddlens.engine.data.ColumnStatistics;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.DataFiles;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.RoleGuess;
import org.oddlens.engine.data.RoleSentences;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.data.Splitter;
import org.oddlens.engine.data.ValueCount;
import org.oddlens.engine.run.RandomStreams;

/**
 * What a file holds and what Oddlens would make of it. Plain enough to be written as JSON.
 *
 * @param file      path as given
 * @param format    format in words
 * @param arrays    every array, unusable ones with their reason
 * @param roles     sentences of the roles, the label map first
 * @param certainty {@code sure}, {@code likely} or {@code unsure}
 * @param guessed   the proposed roles, whatever was chosen; null if there is no proposal
 * @param data      what a run would record, null if nothing can be used
 * @param rows      rows after import
 * @param features  numbers per row
 * @param rowShape  shape of a row
 * @param anomalies labelled anomalies, null without labels
 * @param classes   label values with their rows, at most {@value #MAX_CLASSES}, the most frequent ones; empty without a
 *                  label
 * @param classCount distinct label values
 * @param sides     names that can have the role id, time or context, at most {@value #MAX_COLUMNS}
 * @param kept      columns beside the features, with their values in the first rows
 * @param notes     what was changed or noticed
 * @param protocol  default protocol
 * @param protocols protocols that fit the data, with their rows by role
 * @param columns   statistics, at most {@value #MAX_COLUMNS} columns
 * @param preview   the first rows; a missing value is NaN here and null in JSON
 * @param problem   why it cannot be used as it is, null if it can
 */
public record DataInspection(
        String file,
        String format,
        List<Array> arrays,
        List<String> roles,
        String certainty,
        Roles guessed,
        DataSpec data,
        int rows,
        int features,
        int[] rowShape,
        Integer anomalies,
        List<ValueCount> classes,
        int classCount,
        List<String> sides,
        List<Kept> kept,
        List<String> notes,
        String protocol,
        List<Protocol> protocols,
        List<Column> columns,
        @JsonSerialize(contentUsing = FiniteNumbers.Writer.class)
                @JsonDeserialize(contentUsing = FiniteNumbers.Reader.class)
                List<double[]> preview,
        String problem) {

    static final int MAX_COLUMNS = 2_000;
    static final int MAX_CLASSES = 100;
    private static final int PREVIEW_ROWS = 20;
    private static final int PREVIEW_COLUMNS = 50;

    /** An array of the file; {@code min} and {@code max} are null where there is no finite number. */
    public record Array(
            String name, List<Integer> shape, String type, Double min, Double max, long missing, String reason) {}

    /** Rows by role under a protocol with its default options. */
    public record Protocol(String id, int train, int test, int anomalies) {}

    /** A column beside the features and its values in the rows of the preview. */
    public record Kept(String role, String name, List<String> values) {}

    /** A column's statistics; numbers are null where the column has no finite value. */
    public record Column(
            String name, int missing, Double min, Double max, Double mean, Double sd, Double median, Double skew) {}

    /**
     * Looks into a file.
     *
     * @param data file and, where chosen, roles and missing-value policy
     * @throws DataFormatException if the file cannot be opened at all
     */
    public static DataInspection of(DataSpec data) {
        return of(data, new OpenData());
    }

    /** Likewise; the rows stay with {@code holder}. */
    public static DataInspection of(DataSpec data, OpenData holder) {
        List<Array> arrays = new ArrayList<>();
        String format;
        RoleGuess guess = null;
        String problem = null;
        SideCandidates sides = null;
        try (DataFile file = DataFiles.open(Path.of(data.file()))) {
            format = file.format();
            file.arrays().forEach(array -> arrays.add(array(array)));
            guess = RoleGuess.of(file);
            sides = SideCandidates.of(file, data.roles() == null ? guess.roles() : data.roles());
            DataSpec asked = data.roles() == null ? data.withRoles(guess.roles()) : data;
            try {
                return imported(asked, spec -> holder.load(spec, file), format, arrays, guess, sides.names());
            } catch (DataFormatException e) {
                return failed(data, format, arrays, guess.sentences(), guess.roles(), e.getMessage());
            }
        } catch (DataFormatException e) {
            if (arrays.isEmpty()) {
                throw e;
            }
            format = "";
            problem = e.getMessage();
        }
        return failed(
                data,
                format,
                arrays,
                guess == null ? List.of() : guess.sentences(),
                guess == null ? null : guess.roles(),
                problem);
    }

    private static DataInspection imported(
            DataSpec wished,
            Function<DataSpec, ImportedData> loading,
            String format,
            List<Array> arrays,
            RoleGuess guess,
            List<String> sides) {
        String problem = null;
        DataSpec asked = wished;
        ImportedData imported;
        try {
            imported = loading.apply(asked);
        } catch (DataFormatException e) {
            if (asked.missing() != MissingPolicy.REPORT) {
                throw e;
            }
            // Missing values stop a run until the user chooses; the rest of the file can be shown all the same.
            imported = loading.apply(asked.withMissing(MissingPolicy.IMPUTE));
            problem = e.getMessage();
        }
        boolean shownFilled = problem != null;
        Roles mapped = new RoleSentences(asked.roles(), imported.dataset()).mapped();
        if (!mapped.equals(asked.roles())) { // a label chosen by hand whose values are a known pattern
            asked = asked.withRoles(mapped);
            imported = loading.apply(shownFilled ? asked.withMissing(MissingPolicy.IMPUTE) : asked);
        }
        // What was filled in for showing only is no news about the data; the problem says it all.
        List<String> notes = imported.report()
                .sentences()
                .subList(shownFilled ? 1 : 0, imported.report().sentences().size());
        Dataset dataset = imported.dataset();
        List<Column> columns = IntStream.range(0, Math.min(dataset.features(), MAX_COLUMNS))
                .parallel()
                .mapToObj(feature -> column(ColumnStatistics.of(dataset, feature)))
                .toList();
        List<double[]> preview = new ArrayList<>();
        for (int i = 0; i < Math.min(PREVIEW_ROWS, dataset.rows()); i++) {
            preview.add(Arrays.copyOf(dataset.row(i), Math.min(PREVIEW_COLUMNS, dataset.features())));
        }
        List<ValueCount> classes = RoleSentences.classes(dataset);
        return new DataInspection(
                asked.file(),
                format,
                arrays,
                asked.roles().equals(guess.roles())
                        ? guess.sentences()
                        : new RoleSentences(asked.roles(), dataset).list(),
                guess.certainty().name().toLowerCase(java.util.Locale.ROOT),
                guess.roles(),
                imported.spec().withMissing(asked.missing()),
                dataset.rows(),
                dataset.features(),
                dataset.rowShape(),
                dataset.labels().isPresent() ? (Integer) dataset.anomalies() : null,
                most(classes),
                classes.size(),
                sides,
                kept(dataset),
                notes,
                ProtocolSpec.defaultFor(dataset).id(),
                protocols(dataset),
                columns,
                preview,
                problem);
    }

    /** All classes, or the most frequent ones, in the order of the classes. */
    private static List<ValueCount> most(List<ValueCount> classes) {
        if (classes.size() <= MAX_CLASSES) {
            return classes;
        }
        Set<ValueCount> frequent = new HashSet<>(classes.stream()
                .sorted(Comparator.comparingInt(ValueCount::rows).reversed())
                .limit(MAX_CLASSES)
                .toList());
        return classes.stream().filter(frequent::contains).toList();
    }

    private static List<Kept> kept(Dataset dataset) {
        return dataset.sideColumns().stream()
                .map(column -> new Kept(
                        column.role().key(),
                        column.name(),
                        Arrays.stream(column.values()).limit(PREVIEW_ROWS).toList()))
                .toList();
    }

    private static List<Protocol> protocols(Dataset dataset) {
        List<Protocol> fitting = new ArrayList<>();
        ProtocolSpec usual = ProtocolSpec.defaultFor(dataset);
        List<ValueCount> classes = RoleSentences.classes(dataset);
        for (String id : ProtocolSpec.IDS) {
            try {
                ProtocolSpec protocol = id.equals(usual.id()) ? usual : withFirstClass(id, classes);
                Split split =
                        Splitter.split(dataset, protocol, new RandomStreams(protocol.splitSeed()).stream("split"));
                int anomalies = 0;
                for (boolean label : split.labels(split.test()).orElse(new boolean[0])) {
                    anomalies += label ? 1 : 0;
                }
                fitting.add(new Protocol(id, split.train().length, split.test().length, anomalies));
            } catch (DataFormatException e) {
                continue; // does not fit these data; the window offers those that do
            }
        }
        return fitting;
    }

    /** With more than two classes each can be the chosen one; the rows are counted for the first. */
    private static ProtocolSpec withFirstClass(String id, List<ValueCount> classes) {
        ProtocolSpec plain = ProtocolSpec.of(id);
        if (classes.size() <= 2) {
            return plain;
        }
        String first = classes.get(0).value();
        return switch (id) {
            case ProtocolSpec.ONE_CLASS -> plain.withNormalClasses(List.of(first));
            case ProtocolSpec.ONE_ANOMALOUS -> plain.withAnomalousClass(first);
            default -> plain;
        };
    }

    private static DataInspection failed(
            DataSpec data, String format, List<Array> arrays, List<String> roles, Roles guessed, String problem) {
        return new DataInspection(
                data.file(),
                format,
                arrays,
                roles,
                "unsure",
                guessed,
                null,
                0,
                0,
                new int[0],
                null,
                List.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(),
                problem);
    }

    private static Array array(ArrayInfo info) {
        return new Array(
                info.name(),
                info.shape(),
                info.type(),
                finite(info.min()),
                finite(info.max()),
                info.missing(),
                info.reason());
    }

    private static Column column(ColumnStatistics statistics) {
        return new Column(
                statistics.name(),
                statistics.missing(),
                finite(statistics.min()),
                finite(statistics.max()),
                finite(statistics.mean()),
                finite(statistics.sd()),
                finite(statistics.median()),
                finite(statistics.skew()));
    }

    private static Double finite(double value) {
        return Double.isFinite(value) ? (Double) value : null;
    }
}

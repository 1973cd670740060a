package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Proposed roles of a file's arrays, and why, in sentences.
 *
 * <p>Names tried for the rows: X, Data, features, x, train; for the label: y, label, labels, target, class, outlier;
 * case ignored. Else the largest array and the first vector of few values with as many entries as rows; else a last
 * column of two values. A file with x_train and x_test brings its own split. Columns that name the rows or tell their
 * time are found by {@link SideGuess}.
 *
 * @param roles     the proposal
 * @param sentences what it means, the label map first
 * @param certainty how far to trust it
 */
public record RoleGuess(Roles roles, List<String> sentences, Certainty certainty) {

    /** How far a guess can be trusted. */
    public enum Certainty {
        /** Names and values are a known pattern. */
        SURE,
        /** One reading stands out. */
        LIKELY,
        /** Several readings are possible; ask. */
        UNSURE
    }

    private static final List<String> ROW_NAMES = List.of("x", "data", "features", "train", CsvFile.TABLE);
    private static final List<String> LABEL_NAMES =
            List.of("y", "label", "labels", "target", "class", "outlier", "anomaly", "is_anomaly", "attack");
    private static final int FEW = 20;
    private static final int MAX_REASONS = 4;

    static final String NO_LABEL = "No label was found: all views that need one are switched to label-free mode.";

    public RoleGuess {
        sentences = List.copyOf(sentences);
    }

    /**
     * Guesses the roles.
     *
     * @throws DataFormatException if no array can serve as rows
     */
    public static RoleGuess of(DataFile file) {
        return new Guesser(file).guess();
    }

    /**
     * Refuses a guess that takes other rows only because those that it would have taken are damaged: that is nobody's wish until
     * it is said.
     */
    void requireIntendedRows(DataFile file) {
        for (String name : ROW_NAMES) {
            if (roles.features().equalsIgnoreCase(name)) {
                return;
            }
            for (ArrayInfo array : file.arrays()) {
                if (array.name().equalsIgnoreCase(name)
                        && !array.usable()
                        && array.reason().contains("damaged")) {
                    throw new DataFormatException(
                            file.path(),
                            array.reason() + " If the rows of '" + roles.features()
                                    + "' are meant instead, choose them (--features " + roles.features() + ").");
                }
            }
        }
    }

    private static final class Guesser {

        private final DataFile file;
        private final List<String> sentences = new ArrayList<>();
        private Certainty certainty = Certainty.SURE;

        Guesser(DataFile file) {
            this.file = file;
        }

        RoleGuess guess() {
            for (ArrayInfo array : file.arrays()) {
                if (!array.usable()) {
                    sentences.add(array.reason());
                }
            }
            RoleGuess found = featuresAndLabel();
            requireFeatures(found.roles);
            SideGuess side = new SideGuess(file, found.roles);
            Roles all = side.guess();
            if (!side.sentences().isEmpty()) {
                lower(Certainty.LIKELY);
            }
            List<String> said = new ArrayList<>(found.sentences);
            said.addAll(side.sentences());
            said.addAll(new Leftovers(file, all).sentences());
            return new RoleGuess(all, said, certainty);
        }

        /** A table whose only column of numbers is the label has nothing to train on. */
        private void requireFeatures(Roles roles) {
            List<String> columns = file.columnNames(roles.features());
            if (columns.size() == 1 && columns.get(0).equals(roles.label())) {
                throw new DataFormatException(
                        file.path(),
                        file.path().getFileName() + " has no column of numbers beside the label '" + roles.label()
                                + "'. " + firstWord() + "Write the features as plain numbers and import again.");
            }
        }

        private RoleGuess featuresAndLabel() {
            Optional<ArrayInfo> train = named("x_train", "train_x");
            Optional<ArrayInfo> test = named("x_test", "test_x");
            if (train.isPresent() && test.isPresent()) {
                return ownSplit(train.get(), test.get());
            }
            ArrayInfo rows = rows();
            Optional<ArrayInfo> label = label(rows);
            if (label.isPresent()) {
                return withLabel(rows, label.get());
            }
            return lastColumn(rows).orElseGet(() -> unlabelled(rows));
        }

        private RoleGuess ownSplit(ArrayInfo train, ArrayInfo test) {
            Optional<ArrayInfo> trainLabel = named("y_train", "train_y");
            Optional<ArrayInfo> testLabel = named("y_test", "test_y");
            sentences.add("The file brings its own split: '" + train.name() + "' (" + train.shapeText() + ") trains, '"
                    + test.name() + "' (" + test.shapeText() + ") tests.");
            Roles roles = Roles.unlabelled(train.name()).withTest(test.name(), null);
            if (trainLabel.isEmpty() && testLabel.isPresent()) {
                LabelMap map = map(testLabel.get().name(), testLabel.get().distinct(), false);
                return new RoleGuess(
                        roles.withTest(test.name(), testLabel.get().name()).withValues(map.anomaly(), map.normal()),
                        sentences,
                        certainty);
            }
            if (trainLabel.isEmpty() || testLabel.isEmpty()) {
                sentences.add("It has no labels for both parts, so nothing can be evaluated.");
                return new RoleGuess(roles, sentences, certainty);
            }
            LabelMap map = map(trainLabel.get().name(), merged(trainLabel.get(), testLabel.get()), false);
            return new RoleGuess(
                    Roles.labelled(train.name(), trainLabel.get().name(), map.anomaly(), map.normal())
                            .withTest(test.name(), testLabel.get().name()),
                    sentences,
                    certainty);
        }

        private static List<ValueCount> merged(ArrayInfo a, ArrayInfo b) {
            TreeMap<String, Integer> counts = new TreeMap<>(ClassOrder.INSTANCE);
            for (ArrayInfo info : List.of(a, b)) {
                info.distinct().forEach(v -> counts.merge(v.value(), v.rows(), Integer::sum));
            }
            return a.distinct().isEmpty() || b.distinct().isEmpty() || counts.size() > ArrayInfo.MAX_DISTINCT
                    ? List.of()
                    : counts.entrySet().stream()
                            .map(e -> new ValueCount(e.getKey(), e.getValue()))
                            .toList();
        }

        private LabelMap map(String name, List<ValueCount> values, boolean seed) {
            LabelMap map = LabelMap.of(name, values, seed);
            sentences.add(0, map.sentence());
            lower(map.certainty());
            return map;
        }

        private void lower(Certainty to) {
            certainty = certainty.compareTo(to) < 0 ? to : certainty;
        }

        private Optional<ArrayInfo> named(String... names) {
            for (String name : names) {
                for (ArrayInfo array : file.arrays()) {
                    if (array.usable() && array.name().equalsIgnoreCase(name)) {
                        return Optional.of(array);
                    }
                }
            }
            return Optional.empty();
        }

        private ArrayInfo rows() {
            List<ArrayInfo> numeric = file.arrays().stream()
                    .filter(a ->
                            a.usable() && !a.type().equals("text") && !a.shape().isEmpty())
                    .toList();
            List<ArrayInfo> tables = numeric.stream().filter(a -> !a.isVector()).toList();
            Optional<ArrayInfo> byName = ROW_NAMES.stream()
                    .flatMap(name -> tables.stream().filter(a -> a.name().equalsIgnoreCase(name)))
                    .findFirst();
            if (byName.isPresent()) {
                return byName.get();
            }
            List<ArrayInfo> candidates = tables.isEmpty() ? numeric : tables;
            ArrayInfo largest = candidates.stream()
                    .filter(a ->
                            tables.size() > 0 || !LABEL_NAMES.contains(a.name().toLowerCase(Locale.ROOT)))
                    .max(Comparator.comparingLong(ArrayInfo::size))
                    .orElseThrow(() -> new DataFormatException(
                            file.path(),
                            file.path().getFileName() + " holds no array of numbers that can serve as rows. "
                                    + reasons()));
            if (candidates.size() > 1) {
                lower(Certainty.LIKELY);
            }
            sentences.add("The rows are taken from '" + largest.name() + "' (" + largest.shapeText() + ").");
            return largest;
        }

        private String firstWord() {
            return file.arrays().stream()
                    .filter(array -> array.usable() && array.type().equals("text"))
                    .findFirst()
                    .map(array -> "Column '" + array.name() + "' holds '" + Sentences.shown(file.texts(array.name())[0])
                            + "' in its first row, which is no number. ")
                    .orElse("");
        }

        /** Why the arrays that are there cannot serve, as far as that helps. */
        private String reasons() {
            int more = sentences.size() - MAX_REASONS;
            return String.join(" ", sentences.subList(0, Math.min(MAX_REASONS, sentences.size())))
                    + (more > 0 ? " " + Sentences.count(more, "more array") + " cannot be used either." : "");
        }

        private Optional<ArrayInfo> label(ArrayInfo rows) {
            Optional<ArrayInfo> byName = LABEL_NAMES.stream()
                    .flatMap(name -> file.arrays().stream().filter(a -> a.name().equalsIgnoreCase(name)))
                    .filter(a -> a.usable() && a.isVector() && !a.name().equals(rows.name()))
                    .findFirst();
            if (byName.isPresent()) {
                return byName;
            }
            List<String> columns = file.columnNames(rows.name());
            if (!columns.isEmpty()) {
                return csvLabel(columns);
            }
            Set<Integer> lengths = new HashSet<>(rows.shape());
            Optional<ArrayInfo> fitting = file.arrays().stream()
                    .filter(a -> a.usable() && a.isVector() && !a.name().equals(rows.name()))
                    .filter(a -> !a.distinct().isEmpty() && a.distinct().size() <= FEW && !SideGuess.telling(a.name()))
                    .filter(a -> lengths.contains((int) a.size()))
                    .findFirst();
            fitting.ifPresent(a -> {
                lower(Certainty.LIKELY);
                sentences.add("'" + a.name() + "' is taken as label, because it has few values and fits the rows.");
            });
            return fitting;
        }

        /** A text column of few values, the last first; else the last column if it has two values. */
        private Optional<ArrayInfo> csvLabel(List<String> numericColumns) {
            List<ArrayInfo> columns = file.arrays().stream()
                    .filter(a -> a.usable()
                            && !a.name().equals(CsvFile.TABLE)
                            && !SideGuess.telling(a.name())
                            && !a.distinct().isEmpty())
                    .toList();
            Optional<ArrayInfo> text = columns.stream()
                    .filter(a -> a.type().equals("text") && a.distinct().size() > 1)
                    .filter(a -> a.size() > a.distinct().size()) // values that are all different name rows, not classes
                    .reduce((first, second) -> second);
            String last = numericColumns.get(numericColumns.size() - 1);
            Optional<ArrayInfo> number = columns.stream()
                    .filter(a -> a.name().equals(last) && a.distinct().size() == 2 && numericColumns.size() > 1)
                    .filter(a -> a.size() > 2L * a.distinct().size())
                    .findFirst();
            Optional<ArrayInfo> chosen = text.isPresent() ? text : number;
            chosen.ifPresent(a -> {
                lower(Certainty.LIKELY);
                sentences.add("Column '" + a.name() + "' is taken as label.");
            });
            return chosen;
        }

        private RoleGuess withLabel(ArrayInfo rows, ArrayInfo label) {
            LabelMap map = map(label.name(), label.distinct(), rows.name().equals("Data"));
            Roles roles = Roles.labelled(rows.name(), label.name(), map.anomaly(), map.normal());
            long labels = label.size();
            if (rows.shape().get(0) != labels) {
                boolean turned = rows.shape().size() == 2 && rows.shape().get(1) == labels;
                roles = roles.withTranspose(turned);
                lower(turned ? Certainty.LIKELY : Certainty.UNSURE);
                sentences.add(
                        turned
                                ? "'" + rows.name() + "' is transposed, because '" + label.name()
                                        + "' has as many values (" + Sentences.count(labels) + ") as it has columns."
                                : DataImport.mismatch(
                                        label.name(),
                                        labels,
                                        rows.name(),
                                        rows.shape().get(0)));
            }
            return new RoleGuess(roles, sentences, certainty);
        }

        private Optional<RoleGuess> lastColumn(ArrayInfo rows) {
            if (rows.shape().size() != 2
                    || rows.shape().get(1) < 2
                    || !file.columnNames(rows.name()).isEmpty()) {
                return Optional.empty();
            }
            int d = rows.shape().get(1);
            float[] values = file.floats(rows.name());
            ValueScan last = new ValueScan();
            boolean[] other = new boolean[d];
            for (int i = 0; i < values.length; i++) {
                float value = values[i];
                if (i % d == d - 1) {
                    last.add(value);
                } else {
                    other[i % d] |= value != 0 && value != 1;
                }
            }
            List<ValueCount> found =
                    last.info("", List.of(rows.shape().get(0)), "").distinct();
            if (found.size() != 2 || rows.shape().get(0) <= 4) {
                return Optional.empty();
            }
            int binary = 0;
            for (int j = 0; j < d - 1; j++) {
                binary += other[j] ? 0 : 1;
            }
            lower(2 * binary > d ? Certainty.UNSURE : Certainty.LIKELY);
            LabelMap map = map("last column", found, false);
            sentences.add("The last column of '" + rows.name() + "' has two values and is taken as label; the other "
                    + Sentences.count(d - 1, "column") + " are the features.");
            return Optional.of(
                    new RoleGuess(Roles.lastColumn(rows.name(), map.anomaly(), map.normal()), sentences, certainty));
        }

        private RoleGuess unlabelled(ArrayInfo rows) {
            sentences.add(0, NO_LABEL);
            lower(Certainty.LIKELY);
            return new RoleGuess(Roles.unlabelled(rows.name()), sentences, certainty);
        }
    }
}

package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows of features, with optional labels and columns beside them.
 *
 * <p>Immutable by agreement: arrays are shared, not copied, and nobody writes to them. Values may hold NaN where the
 * import kept missing values ({@link MissingPolicy#IMPUTE}); {@link FittedScaler} fills them.
 */
public final class Dataset {

    private final String name;
    private final int[] rowShape;
    private final int features;
    private final int rows;
    private final RowValues values;
    private final boolean[] labels;
    private final String[] classes;
    private final Part[] ownSplit;
    private final List<String> featureNames;
    private final boolean named;
    private final int[] rowNumbers;
    private final List<SideColumn> sideColumns;
    private final Path source;
    private final String sha256;

    private Dataset(Builder from) {
        name = from.name;
        rowShape = from.rowShape.clone();
        features = Arrays.stream(rowShape).reduce(1, Math::multiplyExact);
        if (features < 1 || from.values.length() % features != 0) {
            throw new IllegalArgumentException("Expected rows of shape " + Arrays.toString(rowShape) + ", found "
                    + from.values.length() + " values");
        }
        values = from.values;
        rows = values.length() / features;
        labels = checked(from.labels, from.labels == null ? rows : from.labels.length, "labels");
        classes = checked(from.classes, from.classes == null ? rows : from.classes.length, "classes");
        ownSplit = checked(from.ownSplit, from.ownSplit == null ? rows : from.ownSplit.length, "split parts");
        rowNumbers = checked(from.rowNumbers, from.rowNumbers == null ? rows : from.rowNumbers.length, "row numbers");
        sideColumns = List.copyOf(from.sideColumns);
        sideColumns.forEach(column -> checked(column, column.values().length, "values of '" + column.name() + "'"));
        named = from.named == null ? from.featureNames != null : from.named;
        featureNames = from.featureNames == null ? defaultNames(features) : List.copyOf(from.featureNames);
        if (featureNames.size() != features) {
            throw new IllegalArgumentException("Expected " + features + " feature names, found " + featureNames.size());
        }
        source = from.source == null ? Path.of("") : from.source;
        sha256 = from.sha256 == null ? "" : from.sha256;
    }

    private <T> T checked(T array, int length, String what) {
        if (length != rows) {
            throw new IllegalArgumentException("Expected " + rows + " " + what + ", found " + length);
        }
        return array;
    }

    /** {@code x1}, {@code x2}, …: names of features where the file has none. */
    static List<String> defaultNames(int features) {
        return IntStream.range(0, features).mapToObj(i -> "x" + (i + 1)).toList();
    }

    /** A data set in memory; {@code labels} may be null, else true = anomaly. */
    public static Dataset of(String name, float[] values, int[] rowShape, boolean[] labels) {
        return builder(name, values, rowShape).labels(labels).build();
    }

    /** Starts a data set of {@code values} [rows, product of rowShape], row-major, shared. */
    public static Builder builder(String name, float[] values, int... rowShape) {
        return builder(name, RowValues.of(values), rowShape);
    }

    /** Likewise. */
    public static Builder builder(String name, RowValues values, int... rowShape) {
        return new Builder(name, values, rowShape);
    }

    public String name() {
        return name;
    }

    public int rows() {
        return rows;
    }

    /** Values per row, the product of {@link #rowShape()}. */
    public int features() {
        return features;
    }

    /** [d] for tables, [h, w] for images, [T, C] for windows of a series. */
    public int[] rowShape() {
        return rowShape.clone();
    }

    /** All values, row-major. */
    public RowValues values() {
        return values;
    }

    /** True = anomaly, one per row, shared. Empty without labels, or while classes are not mapped yet. */
    public Optional<boolean[]> labels() {
        return Optional.ofNullable(labels);
    }

    /** The label's own values, one per row, shared; empty without a label. */
    public Optional<String[]> classes() {
        return Optional.ofNullable(classes);
    }

    /** The part of each row where the file brings its own split, shared. */
    public Optional<Part[]> ownSplit() {
        return Optional.ofNullable(ownSplit);
    }

    /** One name per feature: the file's own, or {@code x1}, {@code x2}, …. */
    public List<String> featureNames() {
        return featureNames;
    }

    /** Whether the names are the file's own, so that columns of other data are matched by them. */
    public boolean named() {
        return named;
    }

    /** Number of this row in the source file, from 0; it survives dropped rows and {@link #select}. */
    public int rowNumber(int row) {
        return rowNumbers == null ? row : rowNumbers[row];
    }

    /** The row's name: its value of the role {@code id}, or its number in the file where there is none. */
    public String rowId(int row) {
        for (SideColumn column : sideColumns) {
            if (column.role() == SideColumn.Role.ID && !column.values()[row].isEmpty()) {
                return column.values()[row];
            }
        }
        return Integer.toString(rowNumber(row));
    }

    /** Columns with the roles id, time and context, in this order; empty without any. */
    public List<SideColumn> sideColumns() {
        return sideColumns;
    }

    /** The file the rows came from; the empty path for data made in memory. */
    public Path source() {
        return source;
    }

    /** Lower-case hex SHA-256 of the source file; "" for data made in memory. */
    public String sha256() {
        return sha256;
    }

    /** A copy of one row. */
    public double[] row(int row) {
        return values.slice(row * features, features);
    }

    /** Number of labelled anomalies, 0 without labels. */
    public int anomalies() {
        int count = 0;
        for (int i = 0; labels != null && i < rows; i++) {
            count += labels[i] ? 1 : 0;
        }
        return count;
    }

    /** The given rows, in the given order, as a data set of their own. */
    public Dataset select(int[] selected) {
        boolean[] pickedLabels = labels == null ? null : new boolean[selected.length];
        String[] pickedClasses = classes == null ? null : new String[selected.length];
        Part[] pickedParts = ownSplit == null ? null : new Part[selected.length];
        int[] numbers = new int[selected.length];
        for (int i = 0; i < selected.length; i++) {
            int row = selected[i];
            numbers[i] = rowNumber(row);
            if (labels != null) {
                pickedLabels[i] = labels[row];
            }
            if (classes != null) {
                pickedClasses[i] = classes[row];
            }
            if (ownSplit != null) {
                pickedParts[i] = ownSplit[row];
            }
        }
        return builder(name, values.rows(selected, features), rowShape)
                .labels(pickedLabels)
                .classes(pickedClasses)
                .ownSplit(pickedParts)
                .featureNames(featureNames)
                .named(named)
                .rowNumbers(numbers)
                .sideColumns(sideColumns.stream()
                        .map(column -> column.select(selected))
                        .toList())
                .source(source, sha256)
                .build();
    }

    /** The same rows with other labels (shared); null takes them away. */
    public Dataset withLabels(boolean[] other) {
        return builder(name, values, rowShape)
                .labels(other)
                .classes(classes)
                .ownSplit(ownSplit)
                .featureNames(featureNames)
                .named(named)
                .rowNumbers(rowNumbers)
                .sideColumns(sideColumns)
                .source(source, sha256)
                .build();
    }

    /** Collects the optional parts of a data set. Null means absent everywhere. */
    public static final class Builder {

        private final String name;
        private final RowValues values;
        private final int[] rowShape;
        private boolean[] labels;
        private String[] classes;
        private Part[] ownSplit;
        private List<String> featureNames;
        private Boolean named;
        private int[] rowNumbers;
        private List<SideColumn> sideColumns = List.of();
        private Path source;
        private String sha256;

        private Builder(String name, RowValues values, int[] rowShape) {
            this.name = name;
            this.values = values;
            this.rowShape = rowShape;
        }

        public Builder labels(boolean[] value) {
            labels = value;
            return this;
        }

        public Builder classes(String[] value) {
            classes = value;
            return this;
        }

        public Builder ownSplit(Part[] value) {
            ownSplit = value;
            return this;
        }

        public Builder featureNames(List<String> value) {
            featureNames = value;
            return this;
        }

        /** Whether the names of the features are the file's own; else they are places, {@code x1}, {@code x2}, …. */
        public Builder named(boolean value) {
            named = value;
            return this;
        }

        public Builder rowNumbers(int[] value) {
            rowNumbers = value;
            return this;
        }

        public Builder sideColumns(List<SideColumn> value) {
            sideColumns = value;
            return this;
        }

        public Builder source(Path file, String digest) {
            source = file;
            sha256 = digest;
            return this;
        }

        public Dataset build() {
            return new Dataset(this);
        }
    }
}

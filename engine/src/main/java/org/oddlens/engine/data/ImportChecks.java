package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Looks over imported rows: missing values, duplicates, constant features, suspicious labels. */
final class ImportChecks {

    private static final int PLACES = 5;
    private static final int FEW_ROWS = 50;
    private static final int LEAST_STEPS = 1000;
    private static final double MANY_ANOMALIES = 0.2;

    private final Path file;
    private final RowBlock rows;
    private final MissingPolicy policy;
    private final List<String> notes;
    private long missing;
    private long infinite;
    private int droppedRows;

    ImportChecks(Path file, RowBlock rows, MissingPolicy policy, List<String> notes) {
        this.file = file;
        this.rows = rows;
        this.policy = policy;
        this.notes = notes;
    }

    /** Refuses, drops or keeps rows with missing or infinite features; rows without a label always go. */
    RowBlock handleMissing() {
        int d = rows.width();
        RowValues values = rows.values();
        boolean[] bad = new boolean[rows.count()];
        List<String> places = new ArrayList<>();
        for (int i = 0; i < values.length(); i++) {
            double value = values.get(i);
            if (Double.isFinite(value)) {
                continue;
            }
            boolean nan = Double.isNaN(value);
            missing += nan ? 1 : 0;
            infinite += nan ? 0 : 1;
            bad[i / d] = true;
            if (places.size() < PLACES) {
                places.add(
                        (nan ? "missing" : "infinite") + " in row " + number(i / d) + ", column '" + name(i % d) + "'");
            }
        }
        RowBlock kept = rows;
        if (missing + infinite > 0) {
            kept = apply(bad, found(places));
        }
        return withoutUnlabelled(kept);
    }

    private int number(int row) {
        return rows.numbers() == null ? row : rows.numbers()[row];
    }

    private String name(int column) {
        return rows.names() == null ? "x" + (column + 1) : rows.names().get(column);
    }

    private String found(List<String> places) {
        List<String> counts = new ArrayList<>();
        if (missing > 0) {
            counts.add(Sentences.count(missing, "missing value"));
        }
        if (infinite > 0) {
            counts.add(Sentences.count(infinite, "infinite value") + " (or too large for double precision)");
        }
        boolean more = missing + infinite > places.size();
        return file.getFileName() + " has " + Sentences.list(counts, 2) + " (" + String.join("; ", places)
                + (more ? "; …" : "") + "; rows counted from 0).";
    }

    private RowBlock apply(boolean[] bad, String found) {
        int badRows = (int) IntStream.range(0, bad.length).filter(i -> bad[i]).count();
        switch (policy) {
            case REPORT -> throw new MissingValuesException(
                    file,
                    found + " Choose: drop "
                            + (badRows == 1 ? "that row" : "those " + Sentences.count(badRows) + " rows")
                            + ", or impute the median of the training rows.");
            case DROP -> {
                droppedRows = badRows;
                notes.add(
                        0,
                        found + " "
                                + (badRows == 1 ? "That row was" : "Those " + Sentences.count(badRows) + " rows were")
                                + " dropped.");
                RowBlock kept = rows.select(
                        IntStream.range(0, bad.length).filter(i -> !bad[i]).toArray());
                if (kept.count() == 0) {
                    throw new DataFormatException(
                            file, found + " Every row has one, so dropping leaves none. Impute instead.");
                }
                return kept;
            }
            default -> {
                notes.add(0, found + " They are filled with the median of the training rows.");
                return rows;
            }
        }
    }

    private RowBlock withoutUnlabelled(RowBlock kept) {
        if (kept.labels() == null || Arrays.stream(kept.labels()).noneMatch(String::isEmpty)) {
            return kept;
        }
        int[] labelled = IntStream.range(0, kept.count())
                .filter(i -> !kept.labels()[i].isEmpty())
                .toArray();
        if (labelled.length == 0) {
            throw new DataFormatException(
                    file, "The label of " + file.getFileName() + " has no value in any row. Choose another label.");
        }
        int gone = kept.count() - labelled.length;
        droppedRows += gone;
        notes.add(
                0,
                Sentences.count(gone, "row") + " without a label value " + (gone == 1 ? "was" : "were") + " dropped.");
        return kept.select(labelled);
    }

    /** Closes the report without a look at the data set as a whole. */
    ImportReport plain() {
        return new ImportReport(notes, droppedRows, missing, infinite, 0, List.of());
    }

    /** Notes what the finished data set shows, and closes the report. */
    ImportReport report(Dataset dataset) {
        if (dataset.rows() < FEW_ROWS) {
            notes.add("The data set has only " + Sentences.count(dataset.rows(), "row")
                    + "; results will vary strongly with the seed.");
        }
        int d = dataset.features();
        double[] min = new double[d];
        double[] max = new double[d];
        range(dataset, null, min, max);
        List<String> constant = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            if (min[j] == max[j]) {
                constant.add(dataset.featureNames().get(j));
            }
        }
        noteMerged(dataset, min, max);
        if (!constant.isEmpty()) {
            notes.add(Sentences.count(constant.size(), "feature")
                    + (constant.size() == 1
                            ? " has a single value and carries no information: "
                            : " have a single value and carry no information: ")
                    + Sentences.list(constant, 10) + ".");
        }
        int duplicates = duplicates(dataset);
        noteLabels(dataset);
        return new ImportReport(notes, droppedRows, missing, infinite, duplicates, constant);
    }

    private void noteLabels(Dataset dataset) {
        boolean[] labels = dataset.labels().orElse(null);
        int anomalies = dataset.anomalies();
        if (labels == null || anomalies == 0 || anomalies == labels.length) {
            return;
        }
        if (anomalies > MANY_ANOMALIES * labels.length) {
            notes.add(Sentences.percent(anomalies, labels.length)
                    + " of the rows are anomalies; check that the label values are not swapped.");
        }
        int d = dataset.features();
        double[] normalMin = new double[d];
        double[] normalMax = new double[d];
        double[] anomalyMin = new double[d];
        double[] anomalyMax = new double[d];
        range(dataset, i -> !labels[i], normalMin, normalMax);
        range(dataset, i -> labels[i], anomalyMin, anomalyMax);
        List<String> separating = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            boolean known = anomalyMin[j] <= anomalyMax[j] && normalMin[j] <= normalMax[j];
            if (known && (anomalyMin[j] > normalMax[j] || anomalyMax[j] < normalMin[j])) {
                separating.add(dataset.featureNames().get(j));
            }
        }
        if (separating.size() == 1) {
            notes.add(
                    "Feature " + separating.get(0) + " alone separates anomalies from normal rows without error; check"
                            + " that it is not made from the label.");
        } else if (!separating.isEmpty()) {
            notes.add(
                    "Each of the features " + Sentences.list(separating, 10) + " alone separates anomalies from normal"
                            + " rows without error; check that they are not made from the label.");
        }
    }

    /** Double precision has steps too: of 256 at 1.7e18, where clocks count nanoseconds. */
    private void noteMerged(Dataset dataset, double[] min, double[] max) {
        for (int j = 0; j < min.length; j++) {
            double step = Math.ulp(Math.max(Math.abs(min[j]), Math.abs(max[j])));
            boolean coarse = max[j] > min[j] ? max[j] - min[j] < LEAST_STEPS * step : step > 1;
            if (coarse && Double.isFinite(step)) {
                notes.add("Column '" + dataset.featureNames().get(j) + "' has values around " + LabelText.of(max[j])
                        + ", which double precision tells apart in steps of " + LabelText.of(step)
                        + " only, so different values of the file may have become equal. Subtract an offset from them in"
                        + " the file.");
            }
        }
    }

    private static void range(Dataset dataset, IntPredicate which, double[] min, double[] max) {
        int d = dataset.features();
        RowValues values = dataset.values();
        Arrays.fill(min, Double.POSITIVE_INFINITY);
        Arrays.fill(max, Double.NEGATIVE_INFINITY);
        for (int i = 0; i < dataset.rows(); i++) {
            if (which != null && !which.test(i)) {
                continue;
            }
            for (int j = 0; j < d; j++) {
                double value = values.get(i * d + j);
                if (value < min[j]) {
                    min[j] = value;
                }
                if (value > max[j]) {
                    max[j] = value;
                }
            }
        }
    }

    /** Counts rows equal to an earlier one by a 64-bit hash of their bits. */
    private int duplicates(Dataset dataset) {
        int n = dataset.rows();
        long[] hashes = new long[n];
        for (int i = 0; i < n; i++) {
            hashes[i] = hash(dataset, i);
        }
        noteShared(dataset, hashes);
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        int equal = 0;
        for (int i = 1; i < n; i++) {
            equal += sorted[i] == sorted[i - 1] ? 1 : 0;
        }
        if (equal > 0) {
            notes.add(Sentences.count(equal, "row") + (equal == 1 ? " equals" : " equal")
                    + " an earlier row; duplicates are kept.");
        }
        return equal;
    }

    private void noteShared(Dataset dataset, long[] hashes) {
        Part[] parts = dataset.ownSplit().orElse(null);
        if (parts == null) {
            return;
        }
        long[] train = IntStream.range(0, hashes.length)
                .filter(i -> parts[i] != Part.TEST)
                .mapToLong(i -> hashes[i])
                .sorted()
                .toArray();
        long shared = IntStream.range(0, hashes.length)
                .filter(i -> parts[i] == Part.TEST && Arrays.binarySearch(train, hashes[i]) >= 0)
                .count();
        if (shared > 0) {
            notes.add(Sentences.count(shared, "test row") + (shared == 1 ? " equals" : " equal")
                    + " a training row; test results may look better than they are.");
        }
    }

    private static long hash(Dataset dataset, int row) {
        int d = dataset.features();
        long hash = 1125899906842597L;
        for (int j = 0; j < d; j++) {
            double value = dataset.values().get(row * d + j);
            hash = (hash ^ Double.doubleToLongBits(value == 0 ? 0.0 : value)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}

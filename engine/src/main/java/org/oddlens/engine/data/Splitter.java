package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Draws a {@link Split} by a protocol.
 *
 * <p>{@code normal-split} follows ireydiak/anomaly_detection_NRCAN: one permutation of the N normal rows, the last
 * N - floor(N / 2) of it train, the others and all anomalies test. Where we differ: {@code rho} has an effect (there it
 * is printed only) and held-out anomalies leave the test rows, as in its successor robeval.
 */
public final class Splitter {

    private final Dataset dataset;
    private final ProtocolSpec spec;
    private final RandomGenerator random;
    private final List<String> notes = new ArrayList<>();
    private boolean[] labels;
    private int[] train = {};
    private int[] validation = {};
    private int[] test = {};

    private Splitter(Dataset dataset, ProtocolSpec spec, RandomGenerator random) {
        this.dataset = dataset;
        this.spec = spec;
        this.random = random;
    }

    /**
     * Splits.
     *
     * @param random source of the permutations; the same state gives the same split
     * @throws DataFormatException if the data set does not offer what the protocol needs
     */
    public static Split split(Dataset dataset, ProtocolSpec spec, RandomGenerator random) {
        return new Splitter(dataset, spec, random).draw();
    }

    private Split draw() {
        labels = ClassProtocol.labels(dataset, spec, notes);
        int[] kept = kept();
        switch (spec.id()) {
            case ProtocolSpec.NORMAL_SPLIT -> normalSplit(kept);
            case ProtocolSpec.HALF_SPLIT -> halfSplit(kept);
            case ProtocolSpec.ALTERNATE -> alternate(kept);
            case ProtocolSpec.TRANSDUCTIVE -> transductive(kept);
            case ProtocolSpec.OWN_SPLIT -> ownSplit(kept, false);
            default -> {
                if (dataset.ownSplit().isPresent()) {
                    ownSplit(kept, true);
                } else {
                    normalSplit(kept);
                }
            }
        }
        takeValidation();
        if (train.length == 0) {
            throw refused("leaves no training rows. Use more rows, another protocol, or a smaller validation share.");
        }
        if (test.length == 0) {
            throw refused("leaves no test rows. Use more rows or another protocol.");
        }
        return new Split(train, validation, test, leftOut(), labels, notes);
    }

    private DataFormatException refused(String what) {
        return new DataFormatException(
                dataset.source().toString().isEmpty() ? null : dataset.source(),
                "The protocol " + spec.id() + " " + what);
    }

    /** Rows that are used at all, ascending: the first floor(n share) of a shuffle of each class, anomalies first. */
    private int[] kept() {
        if (spec.keep() == 1 && spec.normalShare() == 1) {
            return IntStream.range(0, dataset.rows()).toArray();
        }
        int[] anomalies = share(where(all(), this::isAnomaly), spec.keep());
        int[] normals = share(where(all(), i -> !isAnomaly(i)), spec.keep() * spec.normalShare());
        notes.add("Of " + Sentences.count(dataset.rows(), "row") + ", "
                + Sentences.count(anomalies.length + normals.length) + " are used (keep " + spec.keep()
                + (spec.normalShare() < 1 ? ", of the normal rows " + spec.normalShare() : "") + ").");
        int[] kept = concat(anomalies, normals);
        Arrays.sort(kept);
        return kept;
    }

    private int[] share(int[] rows, double share) {
        shuffle(rows);
        return Arrays.copyOf(rows, (int) Math.floor(rows.length * share));
    }

    private void normalSplit(int[] kept) {
        requireLabels();
        int[] normals = where(kept, i -> !isAnomaly(i));
        int[] anomalies = where(kept, this::isAnomaly);
        shuffle(normals);
        int testNormals = normals.length / 2;
        train = Arrays.copyOfRange(normals, testNormals, normals.length);
        contaminate(Arrays.copyOf(normals, testNormals), anomalies);
    }

    private void alternate(int[] kept) {
        requireLabels();
        int[] normals = where(kept, i -> !isAnomaly(i));
        int[] even = IntStream.range(0, normals.length)
                .filter(p -> p % 2 == 0)
                .map(p -> normals[p])
                .toArray();
        int[] odd = IntStream.range(0, normals.length)
                .filter(p -> p % 2 == 1)
                .map(p -> normals[p])
                .toArray();
        train = even;
        contaminate(odd, where(kept, this::isAnomaly));
    }

    /** Test rows are the given normals and all anomalies but those held out, of which rho's share joins training. */
    private void contaminate(int[] testNormals, int[] anomalies) {
        int injected = injected(train.length);
        int held = spec.holdOut() > 0 ? (int) Math.floor(spec.holdOut() * anomalies.length) : injected;
        if (injected > held || held > anomalies.length) {
            throw refused("with rho " + spec.rho() + " needs " + Sentences.count(injected) + " held-out anomalies, but "
                    + Sentences.count(Math.min(held, anomalies.length)) + " of " + Sentences.count(anomalies.length)
                    + " can be held out. Choose a smaller rho or a larger held-out share.");
        }
        if (held == 0) {
            test = concat(testNormals, anomalies);
            return;
        }
        int[] shuffled = anomalies.clone();
        shuffle(shuffled);
        train = concat(train, Arrays.copyOf(shuffled, injected));
        int[] tested = Arrays.copyOfRange(shuffled, held, shuffled.length);
        Arrays.sort(tested);
        test = concat(testNormals, tested);
        notes.add((held == 1 ? "1 anomaly is" : Sentences.count(held) + " anomalies are")
                + " held out of the test rows; " + Sentences.count(injected) + " of them "
                + (injected == 1 ? "joins" : "join") + " the training rows (rho " + spec.rho() + ").");
    }

    private int injected(int normals) {
        return (int) Math.floor(normals * spec.rho() / (1 - spec.rho()));
    }

    private void halfSplit(int[] kept) {
        requireLabels();
        int[] rows = kept.clone();
        shuffle(rows);
        int half = rows.length - rows.length / 2;
        int[] first = Arrays.copyOf(rows, half);
        int[] anomalies = where(first, this::isAnomaly);
        train = where(first, i -> !isAnomaly(i));
        int injected = injected(train.length);
        if (injected > anomalies.length) {
            throw refused("with rho " + spec.rho() + " needs " + Sentences.count(injected)
                    + " anomalies in the training half, but it has " + Sentences.count(anomalies.length)
                    + ". Choose a smaller rho.");
        }
        train = concat(train, Arrays.copyOf(anomalies, injected));
        test = Arrays.copyOfRange(rows, half, rows.length);
        if (anomalies.length > injected) {
            notes.add("The training half also holds "
                    + (anomalies.length == 1
                            ? "1 anomaly; it is left out."
                            : Sentences.count(anomalies.length) + " anomalies; " + Sentences.count(injected)
                                    + " of them train, the others are left out."));
        }
    }

    private void transductive(int[] kept) {
        refuseRho();
        train = kept;
        test = kept.clone();
        notes.add("All rows are trained on and scored; labels, if there are any, are used for evaluation only.");
    }

    private void refuseRho() {
        if (spec.rho() > 0 || spec.holdOut() > 0) {
            throw refused("takes its training rows as they are, so rho and the held-out share must be 0.");
        }
    }

    /** The file's own parts; {@code normalOnly} leaves labelled anomalies out of training. */
    private void ownSplit(int[] kept, boolean normalOnly) {
        refuseRho();
        Part[] parts = dataset.ownSplit()
                .orElseThrow(() -> refused("needs a file that brings its own split: a second file with the test rows, a"
                        + " split array, or x_train and x_test in one file. Choose normal-split instead."));
        IntPredicate fits = i -> !normalOnly || !isAnomaly(i);
        train = where(kept, i -> parts[i] == Part.TRAIN && fits.test(i));
        validation = where(kept, i -> parts[i] == Part.VALIDATION && fits.test(i));
        test = where(kept, i -> parts[i] == Part.TEST);
    }

    private void takeValidation() {
        int wanted = (int) Math.floor(spec.validationShare() * train.length);
        if (wanted == 0) {
            return;
        }
        int[] rows = train.clone();
        shuffle(rows);
        int[] taken = Arrays.copyOf(rows, wanted);
        Arrays.sort(taken);
        train = where(train, i -> Arrays.binarySearch(taken, i) < 0);
        validation = concat(validation, taken);
    }

    private int[] leftOut() {
        boolean[] seen = new boolean[dataset.rows()];
        for (int[] role : List.of(train, validation, test)) {
            for (int row : role) {
                seen[row] = true;
            }
        }
        return where(all(), i -> !seen[i]);
    }

    private void requireLabels() {
        if (labels == null) {
            throw refused("needs labels, and this data set has none. Choose transductive, or a label column.");
        }
    }

    private boolean isAnomaly(int row) {
        return labels != null && labels[row];
    }

    private int[] all() {
        return IntStream.range(0, dataset.rows()).toArray();
    }

    private static int[] where(int[] rows, IntPredicate condition) {
        return Arrays.stream(rows).filter(condition).toArray();
    }

    private static int[] concat(int[] a, int[] b) {
        int[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    private void shuffle(int[] rows) {
        for (int i = rows.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = rows[i];
            rows[i] = rows[j];
            rows[j] = swap;
        }
    }
}

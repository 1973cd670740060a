package org.oddlens.engine.study;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Optional;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.metric.RankingMetrics;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.threshold.Threshold;
import org.oddlens.engine.threshold.ThresholdException;
import org.oddlens.engine.threshold.ThresholdSpec;

/** Looks at the tracked rows while training goes on, as {@link SnapshotSchedule} says, and writes what it sees. */
final class Telemetry {

    /** So many training rows tell where the threshold stands while training. */
    private static final int THRESHOLD_ROWS = 1_000;

    /**
     * What a look has shown.
     *
     * @param auroc     AUROC of the tracked rows, null without labels of both kinds
     * @param threshold the run's threshold by the scores of (at most 1,000 of) the training rows; null where its method
     *                  uses labels or does not fit these scores
     */
    record Seen(Double auroc, Double threshold) {}

    private final RunFolder run;
    private final int[] tracked;
    private final float[] rows;
    /** Place among the tracked rows of each training row that tells the threshold, −1 where it is not tracked. */
    private final int[] trainingPlaces;
    /** The training rows that are not tracked, scaled. */
    private final float[] otherTrainingRows;

    private final ThresholdSpec method;
    private final Optional<boolean[]> labels;
    private final Snapshots wanted;
    private final SnapshotSchedule schedule;
    private int lastEpoch = -1;

    /**
     * @param numbersPerRow float numbers a snapshot holds per row
     * @param epochs        epochs planned
     */
    Telemetry(RunFolder run, RunPlan plan, FittedScaler scaler, int numbersPerRow, int epochs, Snapshots wanted)
            throws IOException {
        Split split = plan.split();
        RandomStreams streams = new RandomStreams(plan.spec().seed());
        Dataset dataset = plan.imported().dataset();
        this.run = run;
        this.tracked = TrackedRows.of(split, numbersPerRow, streams.stream("tracked rows"));
        this.rows = scaler.transform(dataset, tracked);
        this.labels = split.labels(tracked).filter(Telemetry::bothClasses);
        this.method = ThresholdSpec.parse(plan.spec().threshold());
        int[] train = split.train();
        int[] telling = train.length <= THRESHOLD_ROWS
                ? train
                : RowSample.of(train, null, 0, THRESHOLD_ROWS, streams.stream("threshold rows"));
        this.trainingPlaces = Arrays.stream(telling)
                .map(row -> Math.max(-1, Arrays.binarySearch(tracked, row)))
                .toArray();
        this.otherTrainingRows = scaler.transform(
                dataset,
                Arrays.stream(telling)
                        .filter(row -> Arrays.binarySearch(tracked, row) < 0)
                        .toArray());
        this.wanted = wanted;
        this.schedule = new SnapshotSchedule(wanted, epochs, run.snapshots());
    }

    /** Indices of the tracked rows, ascending. */
    int[] tracked() {
        return tracked;
    }

    /** The last epoch looked at, −1 before the first. */
    int lastEpoch() {
        return lastEpoch;
    }

    /** Whether it looks at all. */
    boolean isOn() {
        return wanted != Snapshots.NONE;
    }

    /** Whether this epoch is to be recorded. */
    boolean due(int epoch, double trainingSeconds) {
        return schedule.due(epoch, trainingSeconds, now());
    }

    /**
     * Records the rows as the detector sees them now.
     *
     * @param spareSeconds time in which the run would wait anyway, so that it costs nothing
     */
    Seen snapshot(FittedDetector detector, int epoch, double trainingSeconds, double spareSeconds) throws IOException {
        double start = ownSeconds();
        Observation seen = detector.observe(rows);
        run.writeSnapshot(epoch, seen.scores(), seen.codes(), seen.anatomy());
        Double auroc = labels.map(
                        known -> RankingMetrics.of(seen.scores(), known).auroc().orNaN())
                .orElse(null);
        Seen result = new Seen(auroc, threshold(detector, seen.scores()));
        lastEpoch = epoch;
        double cost = Math.max(0, ownSeconds() - start - spareSeconds);
        for (int superfluous : schedule.recorded(epoch, cost, trainingSeconds, now())) {
            run.removeSnapshot(superfluous);
        }
        return result;
    }

    private Double threshold(FittedDetector detector, double[] trackedScores) {
        if (method.usesLabels()) {
            return null;
        }
        double[] others = otherTrainingRows.length == 0 ? new double[0] : detector.score(otherTrainingRows);
        double[] scores = new double[trainingPlaces.length];
        int next = 0;
        for (int i = 0; i < scores.length; i++) {
            scores[i] = trainingPlaces[i] < 0 ? others[next++] : trackedScores[trainingPlaces[i]];
        }
        if (Arrays.stream(scores).anyMatch(score -> !Double.isFinite(score))) {
            return null;
        }
        try {
            double threshold = Threshold.of(method, scores, null);
            return Double.isFinite(threshold) ? (Double) threshold : null;
        } catch (ThresholdException doesNotFit) {
            return null; // the end of the run says so, with its reason
        }
    }

    /** Processor time of this thread where the machine tells it, so that other programs' work is no cost of a look. */
    private static double ownSeconds() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long nanos = threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : -1;
        return nanos < 0 ? now() : nanos / 1e9;
    }

    private static double now() {
        return System.nanoTime() / 1e9;
    }

    static boolean bothClasses(boolean[] labels) {
        boolean anomaly = false;
        boolean normal = false;
        for (boolean label : labels) {
            anomaly |= label;
            normal |= !label;
        }
        return anomaly && normal;
    }
}

package org.oddlens.engine.study;

import java.io.IOException;
import java.util.Optional;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.metric.RankingMetrics;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunFolder;

/**
 * Looks at the tracked rows while training goes on and writes what it sees into the run folder. Epochs 0, 1 and the last
 * are always recorded; between them telemetry takes at most 2 % of the training time, but is never older than 2 s. What a
 * long run gathers so is thinned out again.
 */
final class Telemetry {

    private static final double SHARE = 0.02;
    private static final long OLDEST_NANOS = 2_000_000_000L;

    private final RunFolder run;
    private final int[] tracked;
    private final float[] rows;
    private final Optional<boolean[]> labels;
    private final SnapshotThinning thinning;
    private final Snapshots wanted;
    private double seconds;
    private long lastNanos;
    private int lastEpoch = -1;

    /** @param numbersPerRow float numbers a snapshot holds per row */
    Telemetry(RunFolder run, RunPlan plan, FittedScaler scaler, int numbersPerRow, Snapshots wanted)
            throws IOException {
        Split split = plan.split();
        this.run = run;
        this.tracked = TrackedRows.of(
                split, numbersPerRow, new RandomStreams(plan.spec().seed()).stream("tracked rows"));
        this.rows = scaler.transform(plan.imported().dataset(), tracked);
        this.labels = split.labels(tracked).filter(Telemetry::bothClasses);
        this.wanted = wanted;
        this.thinning = new SnapshotThinning(run.snapshots());
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
        return wanted == Snapshots.REGULAR;
    }

    /** Whether another look is within the budget, or overdue. */
    boolean due(int epoch, double trainingSeconds) {
        return epoch <= 1 || seconds <= SHARE * trainingSeconds || System.nanoTime() - lastNanos >= OLDEST_NANOS;
    }

    /**
     * Records the rows as the detector sees them now.
     *
     * @return AUROC of the tracked rows, null without labels of both kinds
     */
    Double snapshot(FittedDetector detector, int epoch) throws IOException {
        long start = System.nanoTime();
        Observation seen = detector.observe(rows);
        run.writeSnapshot(epoch, seen.scores(), seen.codes(), seen.anatomy());
        for (int superfluous : thinning.add(epoch)) {
            run.removeSnapshot(superfluous);
        }
        Double auroc = labels.map(
                        known -> RankingMetrics.of(seen.scores(), known).auroc().orNaN())
                .orElse(null);
        lastEpoch = epoch;
        lastNanos = System.nanoTime();
        if (epoch > 0) {
            seconds += (lastNanos - start) / 1e9;
        }
        return auroc;
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

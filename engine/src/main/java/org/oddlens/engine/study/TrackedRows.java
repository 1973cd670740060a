package org.oddlens.engine.study;

import org.oddlens.engine.data.Split;
import org.oddlens.engine.run.CounterRandom;

/**
 * The evaluated rows whose codes and scores are recorded while training goes on: at most 2,000 labelled anomalies and
 * 10,000 others, fewer where 200 snapshots would pass 64 MiB, drawn once per run, in the order of the file.
 */
final class TrackedRows {

    private static final int MAX_ANOMALIES = 2_000;
    private static final int MAX_OTHERS = 10_000;
    private static final long BUDGET_BYTES = 64L << 20;
    private static final int SNAPSHOTS = 200;

    private TrackedRows() {}

    /**
     * @param numbersPerRow float numbers a snapshot holds per row
     * @return row indices of the data set, ascending
     */
    static int[] of(Split split, int numbersPerRow, CounterRandom random) {
        int affordable = (int) Math.max(100, BUDGET_BYTES / SNAPSHOTS / (4L * numbersPerRow));
        int anomalies = Math.min(MAX_ANOMALIES, affordable / 2);
        return RowSample.of(
                split.test(),
                split.labels(split.test()).orElse(null),
                anomalies,
                Math.min(MAX_OTHERS, affordable - anomalies),
                random);
    }
}

package org.oddlens.engine.study;

import java.util.Arrays;
import java.util.Optional;
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
        int[] evaluated = split.test();
        int affordable = (int) Math.max(100, BUDGET_BYTES / SNAPSHOTS / (4L * numbersPerRow));
        Optional<boolean[]> labels = split.labels(evaluated);
        int[] anomalies = pick(evaluated, labels, true);
        int[] others = pick(evaluated, labels, false);
        int[] kept = sample(anomalies, Math.min(MAX_ANOMALIES, affordable / 2), random);
        int[] rest = sample(others, Math.min(MAX_OTHERS, affordable - kept.length), random);
        int[] tracked = Arrays.copyOf(kept, kept.length + rest.length);
        System.arraycopy(rest, 0, tracked, kept.length, rest.length);
        Arrays.sort(tracked);
        return tracked;
    }

    private static int[] pick(int[] rows, Optional<boolean[]> labels, boolean anomalous) {
        int[] picked = new int[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if ((labels.isPresent() && labels.get()[i]) == anomalous) {
                picked[count++] = rows[i];
            }
        }
        return Arrays.copyOf(picked, count);
    }

    private static int[] sample(int[] rows, int size, CounterRandom random) {
        if (rows.length <= size) {
            return rows;
        }
        int[] shuffled = rows.clone();
        random.shuffle(shuffled);
        return Arrays.copyOf(shuffled, size);
    }
}

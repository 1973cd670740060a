package org.oddlens.engine.study;

import java.util.Arrays;
import org.oddlens.engine.run.CounterRandom;

/** A sample of rows for a picture that keeps labelled anomalies before all others. */
final class RowSample {

    private RowSample() {}

    /**
     * Draws without replacement.
     *
     * @param rows         row indices to choose from
     * @param labels       label of each of them, null without labels
     * @param maxAnomalies labelled anomalies at most
     * @param maxOthers    other rows at most
     * @return the chosen indices, ascending
     */
    static int[] of(int[] rows, boolean[] labels, int maxAnomalies, int maxOthers, CounterRandom random) {
        int[] anomalies = draw(pick(rows, labels, true), maxAnomalies, random);
        int[] others = draw(pick(rows, labels, false), maxOthers, random);
        int[] sample = Arrays.copyOf(anomalies, anomalies.length + others.length);
        System.arraycopy(others, 0, sample, anomalies.length, others.length);
        Arrays.sort(sample);
        return sample;
    }

    private static int[] pick(int[] rows, boolean[] labels, boolean anomalous) {
        int[] picked = new int[rows.length];
        int count = 0;
        for (int i = 0; i < rows.length; i++) {
            if ((labels != null && labels[i]) == anomalous) {
                picked[count++] = rows[i];
            }
        }
        return Arrays.copyOf(picked, count);
    }

    private static int[] draw(int[] rows, int size, CounterRandom random) {
        if (rows.length <= size) {
            return rows;
        }
        int[] shuffled = rows.clone();
        random.shuffle(shuffled);
        return Arrays.copyOf(shuffled, size);
    }
}

package org.oddlens.app.chart;

import java.util.Arrays;
import java.util.BitSet;
import java.util.PriorityQueue;

/**
 * A frame with what drawing and pointing need, computed once off the UI thread.
 *
 * @param frame     the rows
 * @param box       around all placed rows and points of the anatomy
 * @param index     for hover, lasso and walking
 * @param scale     of the score colours
 * @param byScore   row positions, lowest score first; by position when there are no scores
 * @param anomalous positions of the labelled anomalies, in the same order
 * @param top       positions of the rows with the highest scores
 */
record PreparedFrame(
        ScatterFrame frame, DataBox box, GridIndex index, ScoreScale scale, int[] byScore, int[] anomalous, int[] top) {

    /** Rows with the highest scores that stay visible as shapes above a density picture. */
    static final int TOP = 200;

    static PreparedFrame of(ScatterFrame frame) {
        ScoreScale scale = ScoreScale.of(frame.score());
        int[] byScore = ordered(frame, scale);
        return new PreparedFrame(
                frame,
                box(frame),
                new GridIndex(frame.x(), frame.y()),
                scale,
                byScore,
                Arrays.stream(byScore).filter(i -> frame.label()[i] == 1).toArray(),
                top(frame.score(), TOP));
    }

    /** Around rows and points of the anatomy: an item far from all rows is worth seeing. Lines may run out of the picture. */
    private static DataBox box(ScatterFrame frame) {
        DataBox rows = DataBox.around(frame.x(), frame.y());
        DataBox box = rows;
        for (AnatomyLayer layer : frame.anatomy()) {
            if (layer.size() > 0) {
                float[] heights = frame.strip() ? new float[layer.size()] : layer.y();
                if (frame.strip()) {
                    Arrays.fill(heights, (float) rows.centreY()); // a strip has no second coordinate
                }
                box = box.with(DataBox.around(layer.x(), heights));
            }
        }
        return box;
    }

    /** Sorts by colour step only (counting sort): within one colour the order cannot be seen. */
    private static int[] ordered(ScatterFrame frame, ScoreScale scale) {
        int n = frame.size();
        int[] order = new int[n];
        if (!frame.scored()) {
            for (int i = 0; i < n; i++) {
                order[i] = i;
            }
            return order;
        }
        int[] start = new int[257];
        byte[] step = new byte[n];
        for (int i = 0; i < n; i++) {
            step[i] = (byte) Math.round(255 * scale.place(frame.score()[i]));
            start[(step[i] & 255) + 1]++;
        }
        for (int k = 0; k < 256; k++) {
            start[k + 1] += start[k];
        }
        for (int i = 0; i < n; i++) {
            order[start[step[i] & 255]++] = i;
        }
        return order;
    }

    private static int[] top(double[] score, int wanted) {
        PriorityQueue<Integer> best = new PriorityQueue<>((a, b) -> Double.compare(score[a], score[b]));
        for (int i = 0; i < score.length; i++) {
            if (Double.isNaN(score[i])) {
                continue;
            }
            if (best.size() < wanted) {
                best.add(i);
            } else if (score[i] > score[best.peek()]) {
                best.poll();
                best.add(i);
            }
        }
        return best.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Positions of the chosen rows. */
    BitSet positions(RowSelection selection) {
        BitSet found = new BitSet(frame.size());
        if (!selection.isEmpty()) {
            int[] ids = frame.rowIds();
            for (int i = 0; i < ids.length; i++) {
                if (selection.contains(ids[i])) {
                    found.set(i);
                }
            }
        }
        return found;
    }

    /** Row numbers at positions. */
    BitSet rowIds(BitSet positions) {
        BitSet ids = new BitSet();
        positions.stream().forEach(i -> ids.set(frame.rowIds()[i]));
        return ids;
    }

    /** "; 215 selected, 3 of them not among the 2,251 tracked rows, so without a place in the picture". */
    String selectedInWords(RowSelection selection) {
        int chosen = selection.size();
        if (chosen == 0) {
            return "";
        }
        int missing = chosen - positions(selection).cardinality();
        String tracked = " not among the " + NumberText.count(frame.size()) + " tracked rows, so ";
        if (missing == 0) {
            return "; " + NumberText.count(chosen) + " selected";
        }
        return chosen == 1
                ? "; the row selected is" + tracked + "it has no place in the picture"
                : "; " + NumberText.count(chosen) + " selected, " + NumberText.count(missing) + " of them" + tracked
                        + "without a place in the picture";
    }

    /** One row in words, as spoken and as shown beside the pointer. */
    String describe(int i) {
        String label = frame.label()[i] == 1 ? ", anomaly" : frame.label()[i] == 0 ? ", normal" : "";
        String score = frame.scored() ? ", score " + NumberText.score(frame.score()[i]) : "";
        return "Row " + frame.name(i) + label + score;
    }
}

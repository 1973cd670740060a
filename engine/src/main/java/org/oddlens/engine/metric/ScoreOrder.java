package org.oddlens.engine.metric;

/** Checks scores and orders rows by them. */
final class ScoreOrder {

    private ScoreOrder() {}

    /** @throws ScoreException if there are no rows, the lengths differ, or a score is not finite */
    static void check(double[] scores, boolean[] labels) {
        if (scores.length == 0) {
            throw new ScoreException("There are no scores to evaluate.");
        }
        if (labels != null && labels.length != scores.length) {
            throw new ScoreException(
                    "There are " + scores.length + " scores but " + labels.length + " labels; they must be as many.");
        }
        for (int i = 0; i < scores.length; i++) {
            if (!Double.isFinite(scores[i])) {
                throw new ScoreException(
                        "The score of row " + i + " is " + scores[i]
                                + ", so the rows cannot be ranked. Look for missing values in that row, or for a diverged run.");
            }
        }
    }

    /** Row numbers by descending score; equal scores (0 and -0 included) keep the order of the rows. */
    static int[] descending(double[] scores) {
        int n = scores.length;
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        int[] spare = new int[n];
        for (int width = 1; width < n && width > 0; width *= 2) {
            for (int low = 0; low < n; low += 2 * width) {
                merge(scores, order, spare, low, Math.min(low + width, n), Math.min(low + 2 * width, n));
            }
            int[] swap = order;
            order = spare;
            spare = swap;
        }
        return order;
    }

    private static void merge(double[] scores, int[] from, int[] to, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            if (left < middle && (right >= high || scores[from[left]] >= scores[from[right]])) {
                to[i] = from[left++];
            } else {
                to[i] = from[right++];
            }
        }
    }
}

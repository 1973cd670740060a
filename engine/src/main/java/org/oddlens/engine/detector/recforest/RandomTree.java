package org.oddlens.engine.detector.recforest;

import java.util.Arrays;
import org.oddlens.engine.run.CounterRandom;

/**
 * A completely random tree: nodes in the order they are made, the root first.
 *
 * @param feature   feature a node splits, −1 in a leaf
 * @param threshold {@code x ≤ threshold} goes left; 0 in a leaf
 * @param left      index of the left child, −1 in a leaf; the right child is the next node
 */
record RandomTree(int[] feature, float[] threshold, int[] left) {

    /**
     * Grows a tree on all rows: each node picks one of the features that vary in it and a threshold uniformly between
     * their extremes, until it holds one row, only copies, or lies at {@code depth}.
     *
     * @param rows   {@code [n, features]} row-major
     * @param depth  largest depth, the root's is 0
     * @param random all its draws
     */
    static RandomTree grow(float[] rows, int features, int depth, CounterRandom random) {
        return new Growth(rows, features, depth, random).tree();
    }

    /** Narrows a box to the leaf a row falls into. */
    void narrow(double[] row, double[] lower, double[] upper) {
        int node = 0;
        while (feature[node] >= 0) {
            int j = feature[node];
            if (row[j] <= threshold[node]) {
                upper[j] = Math.min(upper[j], threshold[node]);
                node = left[node];
            } else {
                lower[j] = Math.max(lower[j], threshold[node]);
                node = left[node] + 1;
            }
        }
    }

    int nodes() {
        return feature.length;
    }

    /** The state of growing: rows are rearranged so that those of a node lie together. */
    private static final class Growth {

        private final float[] rows;
        private final int features;
        private final int deepest;
        private final CounterRandom random;
        private final int[] order;
        private final float[] least;
        private final float[] greatest;
        private final int[] varying;
        private int[] feature = new int[64];
        private float[] threshold = new float[64];
        private int[] left = new int[64];
        private int[] from = new int[64];
        private int[] to = new int[64];
        private int[] depth = new int[64];
        private int count;

        Growth(float[] rows, int features, int deepest, CounterRandom random) {
            this.rows = rows;
            this.features = features;
            this.deepest = deepest;
            this.random = random;
            order = new int[rows.length / features];
            Arrays.setAll(order, i -> i);
            least = new float[features];
            greatest = new float[features];
            varying = new int[features];
        }

        RandomTree tree() {
            add(0, order.length, 0);
            for (int node = 0; node < count; node++) { // children are added behind: no recursion, however deep
                split(node);
            }
            return new RandomTree(
                    Arrays.copyOf(feature, count), Arrays.copyOf(threshold, count), Arrays.copyOf(left, count));
        }

        private void add(int first, int end, int level) {
            if (count == feature.length) {
                enlarge(2 * count);
            }
            feature[count] = -1;
            left[count] = -1;
            from[count] = first;
            to[count] = end;
            depth[count++] = level;
        }

        private void enlarge(int size) {
            feature = Arrays.copyOf(feature, size);
            threshold = Arrays.copyOf(threshold, size);
            left = Arrays.copyOf(left, size);
            from = Arrays.copyOf(from, size);
            to = Arrays.copyOf(to, size);
            depth = Arrays.copyOf(depth, size);
        }

        private void split(int node) {
            int choices = depth[node] < deepest && to[node] - from[node] > 1 ? varyingFeatures(node) : 0;
            if (choices == 0) {
                return;
            }
            int j = varying[random.nextInt(choices)];
            float at = between(least[j], greatest[j]);
            int middle = partition(node, j, at);
            feature[node] = j;
            threshold[node] = at;
            left[node] = count;
            add(from[node], middle, depth[node] + 1);
            add(middle, to[node], depth[node] + 1);
        }

        private int varyingFeatures(int node) {
            Arrays.fill(least, Float.POSITIVE_INFINITY);
            Arrays.fill(greatest, Float.NEGATIVE_INFINITY);
            for (int i = from[node]; i < to[node]; i++) {
                for (int j = 0, at = order[i] * features; j < features; j++, at++) {
                    least[j] = Math.min(least[j], rows[at]);
                    greatest[j] = Math.max(greatest[j], rows[at]);
                }
            }
            int choices = 0;
            for (int j = 0; j < features; j++) {
                if (least[j] < greatest[j]) {
                    varying[choices++] = j;
                }
            }
            return choices;
        }

        /** In [least, greatest): the greatest itself would send every row to the left. */
        private float between(float low, float high) {
            float drawn = (float) (low + random.nextDouble() * ((double) high - low));
            return drawn < high ? drawn : low;
        }

        private int partition(int node, int j, float at) {
            int low = from[node];
            int high = to[node] - 1;
            while (low <= high) {
                if (rows[order[low] * features + j] <= at) {
                    low++;
                } else {
                    int kept = order[low];
                    order[low] = order[high];
                    order[high--] = kept;
                }
            }
            return low;
        }
    }
}

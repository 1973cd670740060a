package org.oddlens.engine.detector.lof;

import java.util.Arrays;

/**
 * Rows in nested boxes, each halved at the median of its widest feature. A box is opened if it may hold a row that is
 * nearer, or equally near with a smaller index; so it finds what reading every row finds.
 *
 * <p>Bentley, "Multidimensional binary search trees used for associative searching", CACM 18(9), 1975,
 * doi:10.1145/361002.361007.
 */
final class KdTree implements NearestRows {

    private static final int LEAF = 16;

    private final int features;
    private final Distance distance;
    private final int[] order;
    private final double[] points;
    private final double[] lower;
    private final double[] upper;
    private final int[] smallest;
    private final int leaves;

    KdTree(double[] rows, int features, Distance distance) {
        this.features = features;
        this.distance = distance;
        int count = rows.length / features;
        order = new int[count];
        Arrays.setAll(order, i -> i);
        int depth = 0;
        while (count >> depth > LEAF) {
            depth++;
        }
        leaves = 1 << depth;
        lower = new double[2 * leaves * features];
        upper = new double[2 * leaves * features];
        smallest = new int[2 * leaves];
        build(rows, 1, 0, count);
        points = new double[rows.length];
        for (int i = 0; i < count; i++) {
            System.arraycopy(rows, order[i] * features, points, i * features, features);
        }
    }

    /** Nodes lie as in a heap: the root is 1, its children 2 and 3; a node's rows follow from its path. */
    private void build(double[] rows, int node, int from, int to) {
        bound(rows, node, from, to);
        if (node >= leaves) {
            return;
        }
        int middle = (from + to) >>> 1;
        new MedianSplit(rows, features, widest(node)).split(order, from, to, middle);
        build(rows, 2 * node, from, middle);
        build(rows, 2 * node + 1, middle, to);
    }

    private void bound(double[] rows, int node, int from, int to) {
        int at = node * features;
        Arrays.fill(lower, at, at + features, Double.POSITIVE_INFINITY);
        Arrays.fill(upper, at, at + features, Double.NEGATIVE_INFINITY);
        smallest[node] = Integer.MAX_VALUE;
        for (int i = from; i < to; i++) {
            smallest[node] = Math.min(smallest[node], order[i]);
            for (int j = 0; j < features; j++) {
                double value = rows[order[i] * features + j];
                lower[at + j] = Math.min(lower[at + j], value);
                upper[at + j] = Math.max(upper[at + j], value);
            }
        }
    }

    private int widest(int node) {
        int widest = 0;
        for (int j = 1; j < features; j++) {
            if (width(node, j) > width(node, widest)) {
                widest = j;
            }
        }
        return widest;
    }

    private double width(int node, int feature) {
        return upper[node * features + feature] - lower[node * features + feature];
    }

    @Override
    public Neighbours nearest(double[] row, int k, int left) {
        Neighbours nearest = new Neighbours(k);
        visit(1, 0, order.length, bound(1, row), row, left, nearest);
        nearest.sort();
        return nearest;
    }

    private double bound(int node, double[] row) {
        return distance.toBox(lower, upper, node * features, row);
    }

    private void visit(int node, int from, int to, double bound, double[] row, int left, Neighbours nearest) {
        if (from == to || !nearest.admits(bound, smallest[node])) {
            return;
        }
        if (node >= leaves) {
            read(from, to, row, left, nearest);
            return;
        }
        int middle = (from + to) >>> 1;
        int first = 2 * node;
        double one = bound(first, row);
        double other = bound(first + 1, row);
        if (one < other || one == other && smallest[first] < smallest[first + 1]) {
            visit(first, from, middle, one, row, left, nearest);
            visit(first + 1, middle, to, other, row, left, nearest);
        } else {
            visit(first + 1, middle, to, other, row, left, nearest);
            visit(first, from, middle, one, row, left, nearest);
        }
    }

    private void read(int from, int to, double[] row, int left, Neighbours nearest) {
        for (int i = from; i < to; i++) {
            if (order[i] != left) {
                nearest.offer(distance.between(points, i * features, row, nearest.limit()), order[i]);
            }
        }
    }
}

package org.oddlens.engine.detector.lof;

/** The k nearest rows seen so far, ordered by distance and, where equal, by index: a heap with the farthest on top. */
final class Neighbours {

    private final int[] indices;
    private final double[] distances;
    private int size;

    Neighbours(int k) {
        indices = new int[k];
        distances = new double[k];
    }

    /** Reduced distance a row must not exceed to matter; infinite until k rows are there. */
    double limit() {
        return size < indices.length ? Double.POSITIVE_INFINITY : distances[0];
    }

    /** Whether a row at this distance, none with a smaller index than this, could still come in. */
    boolean admits(double distance, int index) {
        return size < indices.length || before(distance, index, distances[0], indices[0]);
    }

    void offer(double distance, int index) {
        if (!admits(distance, index)) {
            return;
        }
        if (size < indices.length) {
            up(size++, distance, index);
        } else {
            down(0, size, distance, index);
        }
    }

    private static boolean before(double d, int i, double otherD, int otherI) {
        return d < otherD || d == otherD && i < otherI;
    }

    private void up(int start, double distance, int index) {
        int at = start;
        while (at > 0 && before(distances[(at - 1) / 2], indices[(at - 1) / 2], distance, index)) {
            set(at, distances[(at - 1) / 2], indices[(at - 1) / 2]);
            at = (at - 1) / 2;
        }
        set(at, distance, index);
    }

    private void down(int start, int end, double distance, int index) {
        int at = start;
        for (int child = 2 * at + 1; child < end; child = 2 * at + 1) {
            if (child + 1 < end && before(distances[child], indices[child], distances[child + 1], indices[child + 1])) {
                child++;
            }
            if (!before(distance, index, distances[child], indices[child])) {
                break;
            }
            set(at, distances[child], indices[child]);
            at = child;
        }
        set(at, distance, index);
    }

    private void set(int at, double distance, int index) {
        distances[at] = distance;
        indices[at] = index;
    }

    /** Orders them, nearest first; nothing can be offered afterwards. */
    void sort() {
        for (int end = size - 1; end > 0; end--) {
            double distance = distances[end];
            int index = indices[end];
            set(end, distances[0], indices[0]);
            down(0, end, distance, index);
        }
    }

    int index(int rank) {
        return indices[rank];
    }

    /** Reduced distance. */
    double distance(int rank) {
        return distances[rank];
    }
}

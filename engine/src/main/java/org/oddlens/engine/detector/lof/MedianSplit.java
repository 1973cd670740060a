package org.oddlens.engine.detector.lof;

/** Puts the smaller half of some rows first, by one feature and, where equal, by index (Hoare's quickselect). */
record MedianSplit(double[] rows, int features, int feature) {

    /** Rearranges {@code order[from, to)} so that none before {@code middle} comes after one behind it. */
    void split(int[] order, int from, int to, int middle) {
        int low = from;
        int high = to - 1;
        while (low < high) {
            int pivot = order[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (before(order[i], pivot)) {
                    i++;
                }
                while (before(pivot, order[j])) {
                    j--;
                }
                if (i <= j) {
                    int kept = order[i];
                    order[i++] = order[j];
                    order[j--] = kept;
                }
            }
            if (middle <= j) {
                high = j;
            } else if (middle >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private boolean before(int a, int b) {
        double one = rows[a * features + feature];
        double other = rows[b * features + feature];
        return one < other || one == other && a < b;
    }
}

package org.oddlens.engine.detector.lof;

/** Exact search for the nearest of some rows. */
interface NearestRows {

    /** No row is left out. */
    int NONE = -1;

    /** Above this, the boxes of a k-d tree overlap so much that reading all rows is faster. */
    int TREE_FEATURES = 15;

    /**
     * The k nearest rows, by distance and then by index.
     *
     * @param row  prepared by the distance
     * @param left a row that is left out, or {@link #NONE}
     */
    Neighbours nearest(double[] row, int k, int left);

    /** A k-d tree for few features, otherwise one row after another. */
    static NearestRows of(double[] rows, int features, Distance distance) {
        return features <= TREE_FEATURES && distance.bounded()
                ? new KdTree(rows, features, distance)
                : new EveryRow(rows, features, distance);
    }

    /** Looks at every row. */
    record EveryRow(double[] rows, int features, Distance distance) implements NearestRows {

        @Override
        public Neighbours nearest(double[] row, int k, int left) {
            Neighbours nearest = new Neighbours(k);
            for (int i = 0, at = 0; at < rows.length; i++, at += features) {
                if (i != left) {
                    nearest.offer(distance.between(rows, at, row, nearest.limit()), i);
                }
            }
            nearest.sort();
            return nearest;
        }
    }
}

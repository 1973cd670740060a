package org.oddlens.engine.detector;

/**
 * An object of the detector's own that can be drawn in latent space.
 *
 * @param id    key of the array in {@code anatomy/*.npz}; {@code id-use} holds its sizes, if any
 * @param label words of the interface
 * @param kind  how it is drawn
 */
public record AnatomyObject(String id, String label, Kind kind) {

    /**
     * Generic shapes; the window knows these and nothing about single detectors. Places are in the main latent space, of
     * width k.
     */
    public enum Kind {
        /** Points {@code [items, k]}, sized by {@code id-use} {@code [items]} in [0, 1] of the total. */
        ITEMS,
        /** Points {@code [n, k]}: generated, adversarial, rejected rows. */
        POINTS,
        /** A centre {@code [1, k]} with {@code id-radius} {@code [1]}, 0 for none. */
        SPHERE,
        /**
         * Gaussians: means {@code [m, k]}, {@code id-covariance} {@code [m, k, k]}, {@code id-use} {@code [m]} in [0, 1]; drawn
         * at one standard deviation.
         */
        ELLIPSES,
        /**
         * A grid of units {@code [rows · columns, k]}, row by row, {@code id-shape} {@code [2]} rows and columns, {@code id-use}
         * {@code [rows · columns]} the share of rows each unit wins. With {@code id-hits} {@code [rows · columns]}, how many
         * rows that is, and {@code id-score} {@code [rows · columns]}, the mean score of these rows, it is drawn as a heat map
         * too. Where a unit wins no row, {@code id-hits} is 0 and {@code id-score} is 0 and means nothing.
         */
        GRID,
        /** Segments {@code [n, 2, k]} between two places. */
        LINKS
    }
}

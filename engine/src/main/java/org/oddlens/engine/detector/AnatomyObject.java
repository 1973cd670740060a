package org.oddlens.engine.detector;

/**
 * An object of the detector's own that can be drawn in latent space.
 *
 * @param id    key of the array in {@code anatomy/*.npz}; {@code id-use} holds its sizes, if any
 * @param label words of the interface
 * @param kind  how it is drawn
 */
public record AnatomyObject(String id, String label, Kind kind) {

    /** Generic shapes; the window knows these and nothing about single detectors. */
    public enum Kind {
        /** Points {@code [items, k]}, sized by {@code id-use} {@code [items]} in [0, 1] of the total. */
        ITEMS
    }
}

package org.oddlens.engine.detector;

import java.util.List;

/**
 * A space in which a detector places rows.
 *
 * @param id      file and protocol name: {@code code}, {@code read-out}
 * @param label   words of the interface: "Latent code before memory"
 * @param ownAxes whether it is a space of its own rather than the main one seen again; anatomy lies in the main one
 * @param axes    names of its first two axes, which are then drawn as they are; empty to draw the two dimensions, or the two
 *                principal axes of more
 */
public record LatentSpace(String id, String label, boolean ownAxes, List<String> axes) {

    public LatentSpace {
        axes = List.copyOf(axes);
    }

    /** The main space, or another place of rows in it. */
    public LatentSpace(String id, String label) {
        this(id, label, false, List.of());
    }

    /** A space beside the main one, with axes of its own. */
    public static LatentSpace apart(String id, String label) {
        return new LatentSpace(id, label, true, List.of());
    }

    /** The same space, of which the first two axes are drawn under these names. */
    public LatentSpace drawnAlong(String first, String second) {
        return new LatentSpace(id, label, ownAxes, List.of(first, second));
    }
}

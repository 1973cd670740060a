package org.oddlens.engine.picture;

import java.util.List;

/**
 * Objects of a detector's own in the plane of its latent space.
 *
 * @param name   what they are: {@code Memory items}
 * @param points their places, each a diamond; few lines without points are outlines
 * @param lines  outlines, grid lines and links, each as x and y by turns
 */
public record PaintedLayer(String name, LatentPoints points, List<float[]> lines) {

    /** A copy of the list is kept. */
    public PaintedLayer {
        lines = List.copyOf(lines);
    }
}

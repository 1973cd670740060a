package org.oddlens.engine.study;

import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.projection.Pca;

/**
 * Axes along which one latent space is drawn; principal ones are turned to agree with those of the snapshot before, so that a
 * moving picture does not flip.
 */
final class SteadyAxes {

    private double[][] before;

    /** The plane of codes {@code [rows, width]}, width at least 2. */
    LatentPlane of(LatentSpace space, float[] codes, int rows, int width) {
        if (!space.axes().isEmpty()) {
            return LatentPlane.ofFirstTwo(
                    width, space.axes().get(0), space.axes().get(1));
        }
        if (width == 2) {
            return LatentPlane.ofFirstTwo(width, "code 1", "code 2");
        }
        Pca pca = Pca.fit(codes, rows, width, 2);
        double[] turns = {1, 1};
        for (int a = 0; a < 2 && before != null; a++) {
            double along = 0;
            for (int j = 0; j < width; j++) {
                along += pca.axes()[a][j] * before[a][j];
            }
            turns[a] = along < 0 ? -1 : 1;
        }
        LatentPlane plane = LatentPlane.ofPrincipal(width, pca, turns);
        before = plane.axes();
        return plane;
    }
}

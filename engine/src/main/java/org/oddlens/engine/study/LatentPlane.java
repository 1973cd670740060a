package org.oddlens.engine.study;

import java.util.Locale;
import org.oddlens.engine.projection.Pca;

/** The plane in which a latent space of at least two dimensions is drawn: its first two axes, or its two principal ones. */
final class LatentPlane {

    private final int width;
    private final Pca pca;
    private final double[][] axes;
    private final double[] turns;
    private final String[] titles;

    private LatentPlane(int width, Pca pca, double[] turns, String... titles) {
        this.width = width;
        this.pca = pca;
        this.titles = titles;
        this.turns = turns.clone();
        this.axes = pca == null ? new double[][] {unit(0), unit(1)} : turned(pca.axes());
    }

    /** The first two axes. */
    static LatentPlane ofFirstTwo(int width, String first, String second) {
        return new LatentPlane(width, null, new double[] {1, 1}, first, second);
    }

    /** @param turns 1 or −1 for each of the two axes */
    static LatentPlane ofPrincipal(int width, Pca pca, double[] turns) {
        return new LatentPlane(width, pca, turns, title(pca, 0), title(pca, 1));
    }

    private static String title(Pca pca, int axis) {
        return String.format(
                Locale.ROOT, "principal axis %d (%.0f %% of variance)", axis + 1, 100 * pca.explainedShare()[axis]);
    }

    private double[] unit(int axis) {
        double[] unit = new double[width];
        unit[axis] = 1;
        return unit;
    }

    private double[][] turned(double[][] given) {
        double[][] turned = new double[2][width];
        for (int a = 0; a < 2; a++) {
            for (int j = 0; j < width; j++) {
                turned[a][j] = turns[a] * given[a][j];
            }
        }
        return turned;
    }

    /** The two axes, turned. */
    double[][] axes() {
        return axes;
    }

    /** Coordinates of points {@code [count, width]} as x and y. */
    float[][] place(float[] points, int count) {
        float[] plane = pca == null ? points : pca.project(points, count);
        int step = pca == null ? width : 2;
        float[] x = new float[count];
        float[] y = new float[count];
        for (int i = 0; i < count; i++) {
            x[i] = (float) (plane[step * i] * turns[0]);
            y[i] = (float) (plane[step * i + 1] * turns[1]);
        }
        return new float[][] {x, y};
    }

    /** The shadow of a covariance {@code [width, width]} in the plane: xx, xy, yy. */
    double[] shadow(float[] covariance, int offset) {
        double[] shadow = new double[3];
        for (int i = 0; i < width; i++) {
            for (int j = 0; j < width; j++) {
                double value = covariance[offset + i * width + j];
                shadow[0] += axes[0][i] * value * axes[0][j];
                shadow[1] += axes[0][i] * value * axes[1][j];
                shadow[2] += axes[1][i] * value * axes[1][j];
            }
        }
        return shadow;
    }

    /** What the abscissa (0) or the ordinate (1) is. */
    String title(int axis) {
        return titles[axis];
    }
}

package org.oddlens.engine.detector.oneclass;

import java.util.Arrays;

/**
 * The sphere of Deep SVDD: where its centre lies, and how large it has to be to hold a share of the rows.
 *
 * <p>Ruff et al., ICML 2018, section 3.2 and their program: components of the centre close to 0 are pushed away from it, because
 * a network without biases maps to 0 by its weights alone. The program leaves a component of exactly 0 there; here it becomes
 * positive.
 */
final class Sphere {

    /** No component of the centre is closer to 0. */
    static final double LEAST = 0.1;

    private Sphere() {}

    /**
     * The mean of the rows, pushed away from 0.
     *
     * @param codes {@code [rows, width]} row-major, at least one row
     */
    static double[] centre(double[] codes, int width) {
        double[] mean = new double[width];
        for (int i = 0; i < codes.length; i++) {
            mean[i % width] += codes[i];
        }
        int rows = codes.length / width;
        for (int j = 0; j < width; j++) {
            mean[j] = pushed(mean[j] / rows);
        }
        return mean;
    }

    static double pushed(double component) {
        if (Math.abs(component) >= LEAST) {
            return component;
        }
        return component < 0 ? -LEAST : LEAST;
    }

    /**
     * The radius that leaves the share ν of the rows outside: the (1 − ν)-quantile of their distances, linearly
     * interpolated.
     *
     * @param squaredDistances of the rows from the centre, at least one
     */
    static double radius(double[] squaredDistances, double nu) {
        double[] distances =
                Arrays.stream(squaredDistances).map(Math::sqrt).sorted().toArray();
        double place = (distances.length - 1) * (1 - nu);
        int below = (int) Math.floor(place);
        int above = Math.min(distances.length - 1, below + 1);
        return distances[below] + (place - below) * (distances[above] - distances[below]);
    }
}

package org.oddlens.engine.detector.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mixture of five rows whose memberships are given; expected values were computed with NumPy: 1e-6 in double, 1e-4 in
 * single precision.
 */
class MixtureEnergyTest {

    private static final double[][] Z = {{0, 0}, {1, 0}, {0, 2}, {2, 1}, {3, 3}};
    private static final double[][] GAMMA = {{.9, .1}, {.7, .3}, {.6, .4}, {.3, .7}, {.1, .9}};
    private static final double[] ENERGIES = {2.4930747794, 2.4198009739, 3.4438514091, 2.6035068013, 3.3312907442};
    private static final double RIDGE = 1e-6;

    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void describesTheRowsByMixtureEnergyAndPenalty(DataType type) {
        double tolerance = type == DataType.DOUBLE ? 1e-6 : 1e-4;
        SameDiff graph = SameDiff.create();
        MixtureEnergy block = new MixtureEnergy(graph, variable(graph, "z", Z, type), 2, 2);
        MixtureEnergy.Statistics mixture = block.ofRows(variable(graph, "gamma", GAMMA, type), RIDGE);

        assertThat(numbers(graph.math().exp(mixture.logWeights())))
                .containsExactly(new double[] {.52, .48}, within(tolerance));
        assertThat(numbers(mixture.means().get(0)))
                .containsExactly(new double[] {.6153846154, 1.8333333333}, within(tolerance));
        assertThat(numbers(mixture.means().get(1)))
                .containsExactly(new double[] {.6923076923, 1.75}, within(tolerance));
        assertThat(numbers(block.of(mixture))).containsExactly(ENERGIES, within(tolerance * 3));
        assertThat(numbers(mixture.penalty())[0]).isCloseTo(4.0896167688, within(tolerance * 4));
    }

    /** A program that floors the density at 1e-12 says 27.63 here. */
    @ParameterizedTest
    @EnumSource(names = {"FLOAT", "DOUBLE"})
    void tellsFarRowsApart(DataType type) {
        double[] energies = fixed(type, new double[][] {{100, 100}, {200, 200}, {1e6, 1e6}});

        assertThat(energies[0]).isCloseTo(4736.118023, within(type == DataType.DOUBLE ? 1e-5 : 0.5));
        assertThat(energies[1]).isGreaterThan(energies[0]);
        assertThat(energies[2]).isGreaterThan(energies[1]).isFinite();
    }

    @Test
    void risesAlongEveryRayThatLeavesTheMeans() {
        for (double angle = 0; angle < 2 * Math.PI; angle += 0.3) {
            double[][] ray = new double[12][];
            for (int i = 0; i < ray.length; i++) {
                double radius = 8 * Math.pow(1.7, i);
                ray[i] = new double[] {1.2 + radius * Math.cos(angle), 1.2 + radius * Math.sin(angle)};
            }
            assertThat(fixed(DataType.DOUBLE, ray)).isSorted();
        }
    }

    private static double[] fixed(DataType type, double[][] rows) {
        GaussianMixture mixture = GaussianMixture.ofMemberships(flat(Z), flat(GAMMA), 2, RIDGE);
        SameDiff graph = SameDiff.create();
        MixtureEnergy block = new MixtureEnergy(graph, variable(graph, "z", rows, type), 2, 2);
        return numbers(block.of(block.fixed(
                graph.var("phi", Nd4j.createFromArray(mixture.weights()).castTo(type)),
                graph.var(
                        "mu",
                        Nd4j.createFromArray(mixture.means()).reshape('c', 2, 2).castTo(type)),
                graph.var(
                        "factors",
                        Nd4j.createFromArray(mixture.factors())
                                .reshape('c', 2, 4)
                                .castTo(type)))));
    }

    private static SDVariable variable(SameDiff graph, String name, double[][] values, DataType type) {
        return graph.var(name, Nd4j.createFromArray(values).castTo(type));
    }

    private static double[] numbers(SDVariable variable) {
        INDArray value = variable.eval();
        return value.dup('c').castTo(DataType.DOUBLE).data().asDouble();
    }

    private static double[] flat(double[][] rows) {
        return java.util.Arrays.stream(rows)
                .flatMapToDouble(java.util.Arrays::stream)
                .toArray();
    }
}

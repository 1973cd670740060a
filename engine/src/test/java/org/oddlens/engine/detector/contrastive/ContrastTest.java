package org.oddlens.engine.detector.contrastive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** The loss alone, for codes that are given, in double precision. */
class ContrastTest {

    private static final double[] CODE = {1, 0};
    private static final double[][] VIEWS = {{1, 1}, {0, 1}, {-1, 1}};

    /** Worked out for z = (1,0), z_k = (1,1), (0,1), (−1,1), τ = 0.1; computed with NumPy, not with this code. */
    @Test
    void givesTheWorkedExample() {
        assertThat(sum(CODE, VIEWS, 0.1)).isCloseTo(22.60119662810702, within(1e-10));
    }

    /** Every similarity is 1 then, so each view is one of K that look the same: K · ln K. */
    @ParameterizedTest
    @CsvSource({"2, 1.3862943611198906", "3, 3.295836866004329", "11, 26.376848000782076"})
    void givesKLnKWhenAllCodesCoincide(int views, double expected) {
        double[][] same = new double[views][];
        Arrays.fill(same, new double[] {0.6, -0.2});

        assertThat(sum(new double[] {0.6, -0.2}, same, 0.1)).isCloseTo(expected, within(1e-9));
    }

    @Test
    void comparesDirectionsNotLengths() {
        double[][] longer = Arrays.stream(VIEWS)
                .map(view -> Arrays.stream(view).map(v -> 5 * v).toArray())
                .toArray(double[][]::new);

        assertThat(sum(new double[] {5, 0}, longer, 0.1)).isCloseTo(sum(CODE, VIEWS, 0.1), within(1e-9));
    }

    @Test
    void doesNotCareAboutTheOrderOfTheViews() {
        assertThat(sum(CODE, new double[][] {VIEWS[2], VIEWS[0], VIEWS[1]}, 0.1))
                .isCloseTo(sum(CODE, VIEWS, 0.1), within(1e-12));
    }

    /** Opposite to the row and equal to each other: 2/τ + ln K each, the most there can be (here less ln 2 of 3). */
    @ParameterizedTest
    @CsvSource({"0.01", "0.1", "1"})
    void staysFiniteAndBelowItsBoundAtAnyTemperature(double temperature) {
        double[][] opposite = {{-1, 0}, {-1, 0}, {-1, 0}};

        double sum = sum(CODE, opposite, temperature);

        assertThat(sum).isBetween(0.0, 3 * (2 / temperature + Math.log(3)));
        assertThat(sum).isCloseTo(3 * Math.log(2 * Math.exp(2 / temperature) + 1), within(1e-6));
    }

    @Test
    void takesACodeOfZeroForUnlikeEverything() {
        assertThat(sum(new double[] {0, 0}, new double[][] {{0, 0}, {0, 0}}, 0.1))
                .isCloseTo(2 * Math.log(2), within(1e-9));
    }

    private static double sum(double[] code, double[][] views, double temperature) {
        SameDiff graph = SameDiff.create();
        Contrast contrast = new Contrast(graph, DataType.DOUBLE, views.length, code.length);
        String sum = contrast.losses(
                        graph.constant(Nd4j.createFromArray(new double[][] {code})),
                        graph.constant(Nd4j.createFromArray(views)),
                        temperature)
                .sum()
                .name();
        return graph.output(Map.of(), List.of(sum)).get(sum).getDouble(0);
    }
}

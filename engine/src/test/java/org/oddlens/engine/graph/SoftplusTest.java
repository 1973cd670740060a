package org.oddlens.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Values by hand: for large |a| the function is a or 0 up to {@code exp(−|a|)}, at 0 it is ln 2; its derivative is σ(a). */
class SoftplusTest {

    @ParameterizedTest
    @CsvSource({"0, 0.6931471805599453", "200, 200", "-200, 0", "1, 1.3132616875182228", "-1, 0.31326168751822286"})
    void staysFiniteWhereTheExponentialDoesNot(double a, double expected) {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            double tolerance = type == DataType.FLOAT ? 2e-7 : 1e-15;
            assertThat(value(type, a, 0)).isCloseTo(expected, within(tolerance * Math.max(1, Math.abs(a))));
        }
    }

    /** Cross entropy of the logit 2 is ln(1 + e²) against 0 and ln(1 + e⁻²) against 1. */
    @Test
    void givesTheCrossEntropyOfALogit() {
        assertThat(value(DataType.DOUBLE, 2, 1)).isCloseTo(2.1269280110429727, within(1e-15));
        assertThat(value(DataType.DOUBLE, 2, 2)).isCloseTo(0.1269280110429726, within(1e-15));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5", "200, 1", "-200, 0", "1, 0.7310585786300049", "-1, 0.2689414213699951"})
    void hasTheSigmoidAsItsDerivative(double a, double expected) {
        SameDiff graph = SameDiff.create();
        SDVariable in = graph.var("in", Nd4j.createFromArray(new double[] {a, a}));
        SDVariable loss = new Softplus(graph).of(in).sum();
        loss.markAsLoss();

        double derivative = graph.calculateGradients(Map.of(), "in").get("in").getDouble(0);

        assertThat(derivative).isCloseTo(expected, within(1e-15));
    }

    private static double value(DataType type, double a, int which) {
        SameDiff graph = SameDiff.create();
        SDVariable in =
                graph.constant("in", Nd4j.createFromArray(new double[] {a, a}).castTo(type));
        Softplus softplus = new Softplus(graph);
        SDVariable out = List.of(softplus.of(in), softplus.againstZero(in), softplus.againstOne(in))
                .get(which);
        return out.eval().getDouble(0);
    }
}

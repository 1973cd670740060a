package org.oddlens.engine.detector.energy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.GoldenNetwork;
import org.oddlens.engine.detector.NetworkDetector;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;

/**
 * The whole network of the detector against golden file 06, made in double precision with PyTorch's derivative of the energy,
 * and against the published fixture. Tolerances are those of the file.
 */
class DsebmGoldenTest {

    @Test
    void hasTheReferencesEnergySlopeAndCodes() {
        Golden golden = Golden.open("06_dsebm.npz");

        network(golden, "e").assertOutput("energy", NetworkDetector.SCORE);
        GoldenNetwork network = network(golden, "r");
        network.assertOutput("score_r", NetworkDetector.SCORE);
        double[] slope = golden.values("grad_energy");
        double[] squares = network.output(NetworkDetector.ERROR).dup('c').data().asDouble();
        for (int i = 0; i < slope.length; i++) {
            double expected = slope[i] * slope[i];
            assertThat(squares[i]).isCloseTo(expected, within(2e-9 * expected + 1e-12));
        }
    }

    @Test
    void learnsAsTheReference() {
        Golden golden = Golden.open("06_dsebm.npz");
        GoldenNetwork network = network(golden, "r");
        network.input(DenoisingRule.NOISE, golden.array("noise"));

        network.assertLoss("loss");
        keys().forEach((name, key) -> network.assertGradient("grad_" + key, name));
    }

    /** Two features, three and two units; energy, length of its gradient. */
    @ParameterizedTest
    @CsvSource({
        "0.3, 0.8, -0.9832232849, 1.1705900196",
        "1, -1, -1.1553159189, 1.0118747220",
        "0, 0, -1.5754341297, 0.4261394022"
    })
    void givesTheEnergyAndSlopeOfTheFixture(double first, double second, double energy, double slope) {
        assertThat(fixture("e", first, second)).isCloseTo(energy, within(1e-8));
        assertThat(fixture("r", first, second)).isCloseTo(slope, within(1e-8));
    }

    /** The slope is that of the energy: central differences. */
    @Test
    void hasTheSlopeOfItsEnergy() {
        double step = 1e-5;
        double alongFirst = (fixture("e", 0.3 + step, 0.8) - fixture("e", 0.3 - step, 0.8)) / (2 * step);
        double alongSecond = (fixture("e", 0.3, 0.8 + step) - fixture("e", 0.3, 0.8 - step)) / (2 * step);

        assertThat(Math.hypot(alongFirst, alongSecond)).isCloseTo(fixture("r", 0.3, 0.8), within(1e-6));
    }

    private static double fixture(String score, double first, double second) {
        Map<String, double[]> arrays = Map.of(
                "layer-1/weights",
                new double[] {.5, -.3, .2, .1, .4, -.6},
                "layer-2/weights",
                new double[] {.7, -.2, .3, .5, -.4, .6},
                "layer-1/bias",
                new double[] {.1, 0, -.1},
                "layer-2/bias",
                new double[] {.05, -.05},
                "layer-2/inverse-bias",
                new double[] {0, .1, .2},
                "layer-1/inverse-bias",
                new double[] {-.1, .3},
                "visible-bias",
                new double[] {.2, -.4});
        Dsebm detector = new Dsebm();
        Values values = Values.parse(
                detector.descriptor().hyperparameters(), Map.of("hidden", "3", "latent-size", "2", "score", score));
        Network network = detector.network(
                values,
                new DataShape(new int[] {2}, "none", 2),
                org.nd4j.linalg.api.buffer.DataType.DOUBLE,
                new RandomStreams(1));
        arrays.forEach((name, numbers) -> {
            INDArray array = network.graph().getVariable(name).getArr();
            array.assign(Nd4j.createFromArray(numbers).reshape('c', array.shape()));
        });
        INDArray rows = Nd4j.createFromArray(new double[][] {{first, second}, {first, second}});
        String variable = network.outputs().get(NetworkDetector.SCORE).variable();
        return network.graph().output(Map.of("x", rows), variable).get(variable).getDouble(0);
    }

    private static GoldenNetwork network(Golden golden, String score) {
        Map<String, String> settings = Map.of(
                "hidden",
                String.valueOf(golden.shape("K1")[1]),
                "latent-size",
                String.valueOf(golden.shape("K2")[1]),
                "score",
                score);
        return new GoldenNetwork(golden, new Dsebm(), "x", settings, keys());
    }

    private static Map<String, String> keys() {
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("layer-1/weights", "K1");
        keys.put("layer-1/bias", "b1");
        keys.put("layer-1/inverse-bias", "c2");
        keys.put("layer-2/weights", "K2");
        keys.put("layer-2/bias", "b2");
        keys.put("layer-2/inverse-bias", "c1");
        keys.put("visible-bias", "b_visible");
        return keys;
    }
}

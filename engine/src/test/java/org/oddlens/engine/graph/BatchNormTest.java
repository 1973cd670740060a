package org.oddlens.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.run.RandomStreams;

/**
 * Against PyTorch 1.13 in double precision, to 1e-12 of the size of the numbers:
 *
 * <pre>
 * a = torch.tensor(ROWS, requires_grad=True)
 * norm = torch.nn.BatchNorm1d(2)
 * norm.weight.data, norm.bias.data = torch.tensor([1.5, -0.5]), torch.tensor([0.25, 1.0])
 * y = norm(a)                                                     # TRAINED
 * (torch.arange(1.0, 13.0).reshape(6, 2) * y * y).sum().backward()
 * a.grad, norm.weight.grad, norm.bias.grad                        # BY_ROWS, BY_SCALE, BY_SHIFT
 * norm.eval()
 * norm.running_mean, norm.running_var = torch.tensor([0.75, -0.25]), torch.tensor([2.0, 1e-4])
 * norm(a)                                                         # SCORED
 * </pre>
 */
class BatchNormTest {

    private static final double[][] ROWS = {{1, -2}, {0.5, 3}, {-1.5, 0.25}, {4, 1}, {2, -0.75}, {0, 2.5}};

    private static final double[] TRAINED = {
        0.25,
        1.765382536134778,
        -0.18915427999157663,
        0.33029028088206946,
        -1.9457713999578832,
        1.1195910212710591,
        2.88492567994946,
        0.9043271829831528,
        1.1283085599831533,
        1.4066094723216007,
        -0.6283085599831533,
        0.4737995064073403
    };

    private static final double[] BY_ROWS = {
        -3.4814812775240176,
        3.0258455863681255,
        0.21463860722271932,
        1.7369365155363763,
        4.649933200863398,
        0.04572918727980692,
        0.7607986907962714,
        -0.6346843322056478,
        3.6532414313575954,
        -3.661148228184242,
        -5.797130652715972,
        -0.512678728794417
    };

    private static final double[] BY_SCALE = {119.74915633605626, -18.625753571998523};
    private static final double[] BY_SHIFT = {26.783085599831534, 77.11155717478701};

    private static final double[] SCORED = {
        0.5151643800348339,
        84.42797655898933,
        -0.01516438003483389,
        -153.93767075240876,
        -2.136479420313505,
        -22.83656473113981,
        3.6971369404528405,
        -58.59141182784953,
        1.5758219001741693,
        24.83656473113981,
        -0.5454931401045017,
        -130.10110602126895
    };

    private final NetworkBuilder net = new NetworkBuilder(DataType.DOUBLE, new RandomStreams(1));
    private final BatchNorm norm = norm();

    private BatchNorm norm() {
        BatchNorm made = new BatchNorm(net, "layer", 2);
        net.graph().getVariable("layer/scale").getArr().assign(Nd4j.createFromArray(1.5, -0.5));
        net.graph().getVariable("layer/shift").getArr().assign(Nd4j.createFromArray(0.25, 1.0));
        return made;
    }

    private SDVariable rows(String name, int from, int to) {
        return net.graph().var(name, Nd4j.createFromArray(Arrays.copyOfRange(ROWS, from, to)));
    }

    @Test
    void normalisesByTheBatchInTraining() {
        assertNear(TRAINED, norm.byBatch(rows("rows", 0, 6)).eval());
    }

    @Test
    void sendsTheGradientThroughTheStatistics() {
        SDVariable y = norm.byBatch(rows("rows", 0, 6));
        y.mul(y).mul(weights(1, 13)).sum().markAsLoss();
        Map<String, INDArray> gradients =
                net.graph().calculateGradients(Map.of(), "rows", "layer/scale", "layer/shift");

        assertNear(BY_ROWS, gradients.get("rows"));
        assertNear(BY_SCALE, gradients.get("layer/scale"));
        assertNear(BY_SHIFT, gradients.get("layer/shift"));
    }

    /** Two rows and twice as many: one batch of six. */
    @Test
    void normalisesTwoBlocksAsIfOneLayBelowTheOther() {
        List<SDVariable> both = norm.byBatch(rows("first", 0, 2), rows("second", 2, 6), 2);

        assertNear(Arrays.copyOfRange(TRAINED, 0, 4), both.get(0).eval());
        assertNear(Arrays.copyOfRange(TRAINED, 4, 12), both.get(1).eval());
        both.get(0)
                .mul(both.get(0))
                .mul(weights(1, 5))
                .sum()
                .add(both.get(1).mul(both.get(1)).mul(weights(5, 13)).sum())
                .markAsLoss();
        Map<String, INDArray> gradients =
                net.graph().calculateGradients(Map.of(), "first", "second", "layer/scale", "layer/shift");

        assertNear(Arrays.copyOfRange(BY_ROWS, 0, 4), gradients.get("first"));
        assertNear(Arrays.copyOfRange(BY_ROWS, 4, 12), gradients.get("second"));
        assertNear(BY_SCALE, gradients.get("layer/scale"));
        assertNear(BY_SHIFT, gradients.get("layer/shift"));
    }

    @Test
    void normalisesByGivenStatisticsInScoring() {
        SDVariable mean = net.graph().var("mean", Nd4j.createFromArray(0.75, -0.25));
        SDVariable variance = net.graph().var("variance", Nd4j.createFromArray(2.0, 1e-4));

        assertNear(SCORED, norm.by(rows("rows", 0, 6), mean, variance).eval());
    }

    /** Scale 1.5 and -0.5, shift 0.25 and 1 taken back from the reference. */
    @Test
    void withoutScaleAndShiftIsTheStandardScore() {
        double[] plain = new double[TRAINED.length];
        for (int i = 0; i < plain.length; i++) {
            plain[i] = i % 2 == 0 ? (TRAINED[i] - 0.25) / 1.5 : (TRAINED[i] - 1) / -0.5;
        }

        assertNear(plain, BatchNorm.plain().byBatch(rows("rows", 0, 6)).eval());
    }

    private SDVariable weights(int from, int to) {
        return net.graph()
                .constant(Nd4j.arange(from, to).castTo(DataType.DOUBLE).reshape((to - from) / 2, 2));
    }

    private static void assertNear(double[] expected, INDArray actual) {
        double[] numbers = actual.dup('c').data().asDouble();
        assertThat(numbers).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(numbers[i]).isCloseTo(expected[i], within(1e-12 * Math.max(1, Math.abs(expected[i]))));
        }
    }
}

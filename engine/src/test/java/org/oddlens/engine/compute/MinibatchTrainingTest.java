package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.RandomStreams;

/** Batches and their losses on a network whose loss of a row can be told in the head. */
class MinibatchTrainingTest {

    /** Row i of {@code rows} rows has the one feature i and, as long as the weight is 1, the loss i². */
    private static MinibatchTraining training(int rows, MinibatchTraining.Settings settings, List<Integer> batches) {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(1));
        SDVariable x = net.input(NetworkBuilder.FEATURES, 1);
        SDVariable weight = net.parameter("weight", new float[] {1}, 1, 1);
        SDVariable product = x.mmul(weight);
        net.term("square", net.graph().reshape(product.mul(product), -1));
        float[] values = new float[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = i;
        }
        return new MinibatchTraining(
                new CompiledExecutor(net.build()),
                List.of(new Sgd(new Sgd.Settings(0, false, 0, Optimiser.Decay.L2), ParameterGroups.all(1))),
                settings,
                (batch, objective, epoch, step) -> batches.add(batch.rows()),
                values,
                1,
                new RandomStreams(3),
                () -> true);
    }

    private static MinibatchTraining.EpochSums still(MinibatchTraining training, int number) {
        return training.epoch(MinibatchTraining.Epoch.plain(number, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "8, false, 2, '4 4'",
        "9, false, 1, '4 4 1'",
        "9, false, 2, '4 4'",
        "10, false, 2, '4 4 2'",
        "10, false, 3, '4 4'",
        "11, false, 3, '4 4 3'",
        "11, true, 1, '4 4'",
        "3, true, 1, '3'",
        "3, false, 4, '3'"
    })
    void usesAShortLastBatchFromItsSmallestSizeOn(int rows, boolean dropLast, int smallest, String sizes) {
        List<Integer> batches = new ArrayList<>();
        MinibatchTraining training =
                training(rows, new MinibatchTraining.Settings(4, dropLast, smallest, 0), batches);

        int steps = still(training, 1).steps();

        assertThat(batches).map(String::valueOf).containsExactly(sizes.split(" "));
        assertThat(steps).isEqualTo(batches.size());
    }

    /** 0² to 9² have the mean 28.5, whichever rows are left for the last batch of two. */
    @Test
    void weighsAShortBatchByItsRows() {
        MinibatchTraining training = training(10, new MinibatchTraining.Settings(4, false, 1, 0), new ArrayList<>());

        for (int epoch = 1; epoch <= 5; epoch++) {
            assertThat(still(training, epoch).terms()[0]).isCloseTo(28.5, within(1e-5));
        }
    }

    /** One row left over, of a thousand: as good as nothing, not a half. */
    @Test
    void hardlyHearsASingleRowBehindALargeBatch() {
        MinibatchTraining training =
                training(1001, new MinibatchTraining.Settings(1000, false, 1, 0), new ArrayList<>());

        assertThat(still(training, 1).terms()[0]).isCloseTo(1000 * 2001 / 6.0, within(0.5));
    }

    @Test
    void startsItsSumsAgainWithEveryEpoch() {
        MinibatchTraining training = training(7, new MinibatchTraining.Settings(3, false, 1, 0), new ArrayList<>());
        double first = still(training, 1).terms()[0];
        assertThat(first).isCloseTo(91 / 7.0, within(1e-5));
        assertThat(still(training, 2).terms()[0]).isCloseTo(first, within(1e-5));
        assertThat(training.progress().epoch()).isZero();
    }

    /** Norm 5 over what two ranges hold: 3 and 4. The 12 between them is another player's. */
    @Test
    void clipsByTheNormOfAllRangesThatAreMoved() {
        ParameterLayout layout = new ParameterLayout(List.of(
                new ParameterLayout.Entry("a/first", new int[] {1}, 0, 1),
                new ParameterLayout.Entry("b", new int[] {1}, 1, 1),
                new ParameterLayout.Entry("a/last", new int[] {1}, 2, 1)));
        ParameterGroups groups = ParameterGroups.of(layout, name -> name.startsWith("a") ? 1 : 0);
        float[] gradients = {3, 12, -4};

        double norm = Optimiser.clip(gradients, 1, groups);

        assertThat(norm).isEqualTo(5);
        assertThat(gradients).containsExactly(new float[] {0.6f, 12, -0.8f}, within(1e-6f));
        assertThat(Optimiser.clip(gradients, 2, groups)).isCloseTo(1, within(1e-6));
        assertThat(gradients).as("short enough").containsExactly(new float[] {0.6f, 12, -0.8f}, within(1e-6f));
    }
}

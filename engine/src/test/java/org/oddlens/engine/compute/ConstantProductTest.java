package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.RandomStreams;

/** A constant that is one number everywhere is kept once; a product needs it whole. */
class ConstantProductTest {

    /** The loss is the mean over rows of Σⱼ (x·W)ⱼ, so each gradient of W is the mean of its feature: 2 and 5. */
    @Test
    void multipliesByAMatrixOfEqualConstants() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(1));
        SDVariable x = net.input(NetworkBuilder.FEATURES, 2);
        net.term("sum", x.mmul(net.parameter("weights", 0.5, 2, 3)).sum(1));
        Network network = net.build();
        try (CompiledExecutor executor = new CompiledExecutor(network)) {
            Batch batch = executor.batch(4);
            System.arraycopy(new float[] {1, 4, 2, 5, 3, 6, 2, 5}, 0, batch.features(), 0, 8);
            float[] gradients = new float[6];
            executor.gradients(batch, gradients, new double[1]);

            assertThat(gradients).containsExactly(new float[] {2, 2, 2, 5, 5, 5}, within(1e-6f));
        }
    }
}

package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.graph.Network;

class BackendTrialTest {

    /** The test's machine has ND4J's CPU backend only; what the trial compares must agree there. */
    @Test
    void findsInterpreterAndCompiledStepEqualOnTheCpu() {
        BackendTrial.Result result = BackendTrial.run();

        assertThat(result.backend()).isEqualTo("CpuBackend");
        assertThat(result.onCard()).isFalse();
        assertThat(result.largestDifference()).isLessThan(1e-5);
        assertThat(result.agrees()).isTrue();
    }

    @Test
    void findsAWrongGradient() {
        try (GraphExecutor wrong = new Lying(false);
                GraphExecutor reference = new CompiledExecutor(BackendTrial.network())) {
            assertThat(BackendTrial.compare(wrong, reference)).isGreaterThan(BackendTrial.TOLERANCE);
        }
    }

    /** A device that keeps the first weights has the right gradient once. */
    @Test
    void findsADeviceThatDoesNotSeeChangedWeights() {
        try (GraphExecutor deaf = new Lying(true);
                GraphExecutor reference = new CompiledExecutor(BackendTrial.network())) {
            assertThat(BackendTrial.compare(deaf, reference)).isGreaterThan(BackendTrial.TOLERANCE);
        }
    }

    /** Forgets changes of the weights, or gets the gradient wrong by a thousandth. */
    private static final class Lying implements GraphExecutor {

        private final GraphExecutor honest = new SameDiffExecutor(BackendTrial.network());
        private final boolean deaf;

        Lying(boolean deaf) {
            this.deaf = deaf;
        }

        @Override
        public Network network() {
            return honest.network();
        }

        @Override
        public float[] parameters() {
            return honest.parameters();
        }

        @Override
        public void parametersChanged() {
            if (!deaf) {
                honest.parametersChanged();
            }
        }

        @Override
        public void gradients(int objective, Batch batch, float[] gradients, double[] termMeans) {
            honest.gradients(objective, batch, gradients, termMeans);
            for (int i = 0; i < gradients.length; i++) {
                gradients[i] *= deaf ? 1 : 1.001f;
            }
        }

        @Override
        public void forward(Batch batch, List<String> variables, float[][] out) {
            honest.forward(batch, variables, out);
        }

        @Override
        public void close() {
            honest.close();
        }
    }
}

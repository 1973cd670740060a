package org.oddlens.engine.detector.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.Golden;
import org.oddlens.engine.graph.ReconstructionFeatures;

/**
 * Features, mixture and energy against golden file 04, made in double precision with PyTorch. Tolerances are those of the
 * golden files: 1e-9 for values, 1e-8 for gradients; in the ill-conditioned case 1e-6, and 1e-5 of the largest gradient.
 */
class MixtureEnergyGoldenTest {

    private static final double VALUE = 1e-9;
    private static final double GRADIENT = 1e-8;

    private final Golden golden = Golden.open("04_dagmm.npz");
    private final int width = golden.shape("z")[1];

    @RepeatedTest(2)
    void buildsTheReferencesFeaturesAndTheirGradients() {
        Inputs in = new Inputs();
        SDVariable loss = in.z.mul(in.constant("z_upstream")).sum();

        golden.assertEquals("z", in.z.eval(), VALUE, 1e-12);
        in.graph.setLossVariables(loss);
        assertGradients(in.graph, "feature_grad_", "xhat", "code");
    }

    @RepeatedTest(2)
    void findsTheReferencesMixtureEnergiesAndPenalty() {
        SameDiff graph = SameDiff.create();
        Fit fit = new Fit(graph, graph.var("z", golden.array("z")), graph.var("logits", golden.array("gamma_logits")));

        golden.assertEquals("gamma", fit.gamma.eval(), VALUE, 1e-12);
        golden.assertEquals("phi", graph.math().exp(fit.mixture.logWeights()).eval(), VALUE, 1e-12);
        golden.assertEquals("energy", fit.energy.eval(), VALUE, 1e-12);
        golden.assertEquals("penalty", fit.mixture.penalty().eval().reshape(1), VALUE, 1e-12);
        golden.assertEquals("mixture_loss", fit.loss.eval().reshape(1), VALUE, 1e-12);
        graph.setLossVariables(fit.loss);
        assertGradients(graph, "mixture_grad_", "z", "logits");
    }

    @RepeatedTest(2)
    void sendsTheReferencesGradientsThroughTheWholeLoss() {
        for (boolean sum : new boolean[] {false, true}) {
            Inputs in = new Inputs();
            Fit fit = new Fit(in.graph, in.z, in.graph.var("logits", golden.array("gamma_logits")));
            SDVariable squares = in.graph.math().squaredDifference(in.x, in.rebuilt);
            SDVariable reconstruction = sum ? squares.sum(1).mean() : squares.mean();
            SDVariable loss = reconstruction.add(fit.loss);
            String prefix = sum ? "sum_" : "";

            golden.assertEquals(prefix + "recon", reconstruction.eval().reshape(1), VALUE, 1e-12);
            golden.assertEquals(prefix + "loss", loss.eval().reshape(1), VALUE, 1e-12);
            in.graph.setLossVariables(loss);
            assertGradients(in.graph, prefix + "grad_", "xhat", "code", "logits");
        }
    }

    @Test
    void scoresNewRowsWithAFixedMixtureWithoutSaturating() {
        for (String ridge : List.of("", "_1e12")) {
            double epsilon = ridge.isEmpty() ? golden.scalar("epsilon") : 1e-12;
            GaussianMixture mixture = new GaussianMixture(
                    golden.values("phi"), golden.values("mu"), ridged(golden.values("sigma"), width, epsilon));
            int components = mixture.components();
            SameDiff graph = SameDiff.create();
            MixtureEnergy energy = new MixtureEnergy(graph, graph.var("z", golden.array("test_z")), components, width);
            MixtureEnergy.Statistics fixed = energy.fixed(
                    graph.var("phi", Nd4j.createFromArray(mixture.weights())),
                    graph.var("mu", Nd4j.createFromArray(mixture.means()).reshape('c', components, width)),
                    graph.var(
                            "factors",
                            Nd4j.createFromArray(mixture.factors()).reshape('c', components, (long) width * width)));

            golden.assertEquals("test_energy" + ridge, energy.of(fixed).eval(), VALUE, 1e-12);
            if (ridge.isEmpty()) {
                golden.assertEquals("penalty", fixed.penalty().eval().reshape(1), VALUE, 1e-12);
            }
        }
    }

    /** The program floors the sum of exponentials; the reference shows where that ends. */
    @Test
    void farRowsDoNotShareOneEnergy() {
        double[] program = golden.values("test_repo_energy_1e12");
        double[] ours = golden.values("test_energy_1e12");
        int last = program.length - 1;

        assertThat(program[last]).isEqualTo(program[last - 1]);
        assertThat(ours[last]).isNotEqualTo(ours[last - 1]);
    }

    @Test
    void isTheNegativeLogDensityOfOneGaussianForOneComponent() {
        SameDiff graph = SameDiff.create();
        INDArray logits = Nd4j.zeros(org.nd4j.linalg.api.buffer.DataType.DOUBLE, golden.shape("z")[0], 1);
        Fit fit = new Fit(graph, graph.var("z", golden.array("z")), graph.var("logits", logits));

        golden.assertEquals("k1_energy", fit.energy.eval(), VALUE, 1e-11);
        golden.assertEquals("k1_penalty", fit.mixture.penalty().eval().reshape(1), VALUE, 1e-12);
    }

    @RepeatedTest(2)
    void keepsItsDigitsWhereOnlyTheRidgeHoldsTheCovariance() {
        SameDiff graph = SameDiff.create();
        Fit fit =
                new Fit(graph, graph.var("z", golden.array("ill_z")), graph.var("logits", golden.array("ill_logits")));

        golden.assertEquals("ill_energy", fit.energy.eval(), 1e-6, 0);
        golden.assertEquals("ill_penalty", fit.mixture.penalty().eval().reshape(1), 1e-6, 0);
        golden.assertEquals("ill_loss", fit.loss.eval().reshape(1), 1e-6, 0);
        graph.setLossVariables(fit.loss);
        Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), List.of("z", "logits"));
        gradients.forEach((name, gradient) -> {
            double[] expected = golden.values("ill_grad_" + name);
            double largest = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            golden.assertEquals("ill_grad_" + name, gradient, 0, 1e-5 * largest);
        });
    }

    @Test
    void fitsTheSameMixtureOutsideTheGraph() {
        double epsilon = golden.scalar("epsilon");
        int components = golden.shape("gamma")[1];
        GaussianMixture mixture =
                GaussianMixture.ofMemberships(golden.values("z"), golden.values("gamma"), components, epsilon);
        double[] shares = new double[golden.values("gamma").length];
        double[] energies = Arrays.stream(mixture.memberships(golden.values("z"), shares))
                .map(likelihood -> -likelihood)
                .toArray();

        golden.assertEquals("phi", mixture.weights(), VALUE, 1e-12);
        golden.assertEquals("mu", mixture.means(), VALUE, 1e-12);
        golden.assertEquals("sigma", ridged(mixture.covariances(), width, -epsilon), VALUE, 1e-12);
        golden.assertEquals("energy", energies, VALUE, 1e-12);
    }

    private static double[] ridged(double[] covariances, int width, double ridge) {
        double[] sum = covariances.clone();
        for (int i = 0; i < sum.length; i++) {
            int inside = i % (width * width);
            sum[i] += inside / width == inside % width ? ridge : 0;
        }
        return sum;
    }

    private void assertGradients(SameDiff graph, String prefix, String... names) {
        Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), names);
        for (String name : names) {
            golden.assertEquals(prefix + name, gradients.get(name), GRADIENT, 1e-10);
        }
    }

    /** Rows, reconstructions and codes, and the features made of them. */
    private final class Inputs {

        private final SameDiff graph = SameDiff.create();
        private final SDVariable x = constant("x");
        private final SDVariable rebuilt = graph.var("xhat", golden.array("xhat"));
        private final SDVariable z;

        Inputs() {
            ReconstructionFeatures features = new ReconstructionFeatures(graph, x, rebuilt);
            SDVariable code = graph.var("code", golden.array("code"));
            z = graph.concat(1, code, features.relativeDistance(), features.cosine());
        }

        SDVariable constant(String key) {
            return graph.constant(golden.array(key));
        }
    }

    /** A mixture of some rows, and the part of the loss that comes of it. */
    private final class Fit {

        private final SDVariable gamma;
        private final MixtureEnergy.Statistics mixture;
        private final SDVariable energy;
        private final SDVariable loss;

        Fit(SameDiff graph, SDVariable z, SDVariable logits) {
            gamma = graph.nn().softmax(logits, 1);
            MixtureEnergy block = new MixtureEnergy(graph, z, width(logits), width(z));
            mixture = block.ofRows(gamma, golden.scalar("epsilon"));
            energy = block.of(mixture);
            loss = energy.mean()
                    .mul(golden.scalar("lambda1"))
                    .add(mixture.penalty().mul(golden.scalar("lambda2")));
        }

        private static int width(SDVariable matrix) {
            return (int) matrix.eval().size(1);
        }
    }
}

package org.oddlens.engine.detector.duad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.mixture.GaussianMixture;
import org.oddlens.engine.graph.ReconstructionFeatures;

/**
 * Expectation and maximisation, selection and loss against golden file 10, made with scikit-learn and PyTorch. Tolerances
 * are those of the file: 1e-8 for the mixture, 1e-9 for values, 1e-8 for gradients.
 */
class DuadGoldenTest {

    private static final double EM = 1e-8;

    private final Golden golden = Golden.open("10_duad.npz");
    private final double[] rows = golden.values("X");
    private final int clusters = golden.values("em_weights0").length;

    @Test
    void expectsAndMaximisesAsTheReferenceDoes() {
        GaussianMixture mixture =
                new GaussianMixture(golden.values("em_weights0"), golden.values("em_means0"), golden.values("em_cov0"));
        double[] shares = new double[golden.shape("X")[0] * clusters];
        double[] likelihoods = new double[(int) golden.scalar("em_iterations")];
        for (int iteration = 0; iteration < likelihoods.length; iteration++) {
            likelihoods[iteration] = mean(mixture.memberships(rows, shares));
            mixture = GaussianMixture.ofMemberships(rows, shares, clusters, 1e-6);
        }

        golden.assertEquals("em_mean_loglik", likelihoods, EM, 1e-10);
        assertThat(likelihoods).isSorted();
        golden.assertEquals("em_weights", mixture.weights(), EM, 1e-10);
        golden.assertEquals("em_means", mixture.means(), EM, 1e-10);
        golden.assertEquals("em_cov", mixture.covariances(), EM, 1e-10);
        golden.assertEquals("em_row_loglik", mixture.memberships(rows, shares), EM, 1e-10);
        golden.assertEquals("em_labels", doubles(DistributionClustering.labels(mixture, rows)), 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {35, 30, 0, 60})
    void keepsTheRowsTheReferenceKeeps(int rejected) {
        TightClusters selection =
                new TightClusters(rows, golden.values("em_means"), ints(golden.values("em_labels")), clusters);

        golden.assertEquals("component_variance", selection.variances(), 1e-9, 1e-12);
        golden.assertEquals(
                "select_p" + rejected + "_threshold", new double[] {selection.threshold(rejected)}, 1e-9, 1e-12);
        golden.assertEquals("select_p" + rejected + "_keep", mask(selection.kept(rejected, 0)), 0, 0);
    }

    /** The program takes the percentile of NaN and keeps nothing. */
    @Test
    void leavesAClusterWithoutRowsOutOfThePercentile() {
        TightClusters selection =
                new TightClusters(rows, golden.values("em_means"), ints(golden.values("empty_labels")), clusters);
        double[] expected = golden.values("empty_variance");
        for (int c = 0; c < clusters; c++) {
            if (Double.isNaN(expected[c])) {
                assertThat(selection.variances()[c]).isNaN();
            } else {
                assertThat(selection.variances()[c])
                        .isCloseTo(expected[c], org.assertj.core.api.Assertions.within(1e-9 * expected[c]));
            }
        }

        assertThat(Arrays.stream(expected).filter(Double::isNaN).count()).isOne();
        golden.assertEquals("empty_threshold", new double[] {selection.threshold(35)}, 1e-9, 1e-12);
        golden.assertEquals("empty_keep", mask(selection.kept(35, 0)), 0, 0);
    }

    @RepeatedTest(2)
    void sendsTheReferencesGradients() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.constant(golden.array("x"));
        SDVariable rebuilt = graph.var("xhat", golden.array("xhat"));
        SDVariable code = graph.var("code", golden.array("code"));
        SDVariable cosine = new ReconstructionFeatures(graph, x, rebuilt).cosine();
        SDVariable space = Duad.widened(graph, code, cosine, golden.shape("code")[1]);
        SDVariable score = graph.math().squaredDifference(x, rebuilt).sum(1);
        SDVariable loss = score.mean().add(Duad.norm(graph, space).mean().mul(0.5));

        golden.assertEquals("Z", space.eval(), 1e-9, 1e-12);
        golden.assertEquals("score", score.eval(), 1e-9, 1e-12);
        golden.assertEquals("loss", loss.eval().reshape(1), 1e-9, 1e-12);
        graph.setLossVariables(loss);
        Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), List.of("xhat", "code"));
        golden.assertEquals("grad_xhat", gradients.get("xhat"), 1e-8, 1e-10);
        golden.assertEquals("grad_code", gradients.get("code"), 1e-8, 1e-10);
    }

    private double[] mask(int[] kept) {
        double[] mask = new double[golden.shape("X")[0]];
        Arrays.stream(kept).forEach(row -> mask[row] = 1);
        return mask;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static int[] ints(double[] values) {
        return Arrays.stream(values).mapToInt(value -> (int) value).toArray();
    }

    private static double[] doubles(int[] values) {
        return Arrays.stream(values).asDoubleStream().toArray();
    }
}

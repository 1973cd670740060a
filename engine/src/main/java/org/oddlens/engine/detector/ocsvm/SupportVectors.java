package org.oddlens.engine.detector.ocsvm;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.oddlens.engine.detector.solved.ExactNumbers;
import org.oddlens.engine.detector.solved.FeaturePlane;
import org.oddlens.engine.detector.solved.Solution;
import org.oddlens.engine.detector.solved.TrainSample;
import org.oddlens.engine.run.Tensor;

/**
 * Decision of a solved machine: f(q) = Σ α k(x, q) − ρ over its support vectors; the score is −f(q).
 *
 * @param kernel    similarity
 * @param vectors   {@code [m, features]} row-major
 * @param doubles   the same in double precision
 * @param alpha     weight of each vector, in (0, 1]
 * @param rho       offset
 * @param objective ½ Σ Σ α α' k per training row
 */
record SupportVectors(Kernel kernel, float[] vectors, double[] doubles, double[] alpha, double rho, double objective)
        implements Solution {

    static final String ANATOMY = "support-vectors";

    private static final String VECTORS = "vectors";
    private static final String ALPHA = "alpha";
    private static final String NUMBERS = "rho-gamma";
    private static final int DRAWN = 2000;

    static SupportVectors of(Kernel kernel, float[] vectors, double[] alpha, double rho) {
        return new SupportVectors(
                new Kernel(
                        kernel.kind(),
                        ExactNumbers.rounded(new double[] {kernel.gamma()})[0],
                        kernel.coef0(),
                        kernel.degree()),
                vectors,
                TrainSample.doubles(vectors),
                ExactNumbers.rounded(alpha),
                ExactNumbers.rounded(new double[] {rho})[0],
                Double.NaN);
    }

    SupportVectors withObjective(double found) {
        return new SupportVectors(kernel, vectors, doubles, alpha, rho, found);
    }

    /** Reads {@link #weights()} back; the kernel's γ is taken from there, as it may have come from training rows. */
    static SupportVectors of(Kernel kernel, Map<String, Tensor> weights, int features) {
        Tensor vectors = weights.get(VECTORS);
        if (vectors == null || vectors.shape().length != 2 || vectors.shape()[1] != features) {
            throw new IllegalArgumentException("The model has no '" + VECTORS + "' of " + features
                    + " features; it was made by another detector.");
        }
        double[] numbers = ExactNumbers.read(weights.get(NUMBERS));
        return of(
                new Kernel(kernel.kind(), numbers[1], kernel.coef0(), kernel.degree()),
                vectors.values(),
                ExactNumbers.read(weights.get(ALPHA)),
                numbers[0]);
    }

    /** f(q): above 0 inside, below 0 outside. */
    double decision(double[] row) {
        double sum = 0;
        for (int i = 0; i < alpha.length; i++) {
            sum += alpha[i] * kernel.of(doubles, i * row.length, row);
        }
        return sum - rho;
    }

    @Override
    public double score(double[] row) {
        return -decision(row);
    }

    @Override
    public Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put(VECTORS, Tensor.of(vectors.clone(), alpha.length, vectors.length / alpha.length));
        weights.put(ALPHA, ExactNumbers.write(alpha));
        weights.put(NUMBERS, ExactNumbers.write(new double[] {rho, kernel.gamma()}));
        return weights;
    }

    @Override
    public Map<String, Double> loss() {
        return Map.of(OcSvm.OBJECTIVE, objective);
    }

    /** The heaviest support vectors, sized by their share of all weight. */
    @Override
    public Map<String, Tensor> anatomy(FeaturePlane plane) {
        int features = vectors.length / alpha.length;
        int[] heaviest = IntStream.range(0, alpha.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> -alpha[i]).thenComparing(i -> i))
                .limit(DRAWN)
                .mapToInt(i -> i)
                .toArray();
        double all = 0;
        for (double weight : alpha) {
            all += weight;
        }
        float[] rows = new float[heaviest.length * features];
        float[] shares = new float[heaviest.length];
        for (int i = 0; i < heaviest.length; i++) {
            System.arraycopy(vectors, heaviest[i] * features, rows, i * features, features);
            shares[i] = (float) (alpha[heaviest[i]] / all);
        }
        return Map.of(
                ANATOMY,
                Tensor.of(plane.place(rows), heaviest.length, plane.width()),
                ANATOMY + "-use",
                Tensor.of(shares, heaviest.length));
    }
}

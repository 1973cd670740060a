package org.oddlens.engine.detector.lof;

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
 * Training rows with their densities.
 *
 * @param rows     {@code [n, features]} row-major as given, before the distance prepared them
 * @param density  found on them
 * @param inSample whether a row that equals a training row is taken for it
 * @param mean     mean factor of the training rows
 */
record LofSolution(float[] rows, LocalDensity density, boolean inSample, double mean) implements Solution {

    /** Name of the links in the anatomy. */
    static final String LINKS = "k-distance-links";

    /** Links drawn; more would hide the rows. */
    private static final int MOST_LINKS = 60;

    private static final String ROWS = "rows";
    private static final String REACH = "reach";
    private static final String DENSITY = "density";

    /** Reads {@link #weights()} back. */
    static LofSolution of(
            Map<String, Tensor> weights, int features, Distance distance, int neighbours, boolean inSample) {
        Tensor rows = weights.get(ROWS);
        if (rows == null || rows.shape().length != 2 || rows.shape()[1] != features) {
            throw new IllegalArgumentException(
                    "The model has no '" + ROWS + "' of " + features + " features; it was made by another detector.");
        }
        int k = Math.max(1, Math.min(neighbours, rows.shape()[0] - 1));
        LocalDensity density = LocalDensity.of(
                TrainSample.doubles(rows.values()),
                features,
                distance,
                k,
                ExactNumbers.read(weights.get(REACH)),
                ExactNumbers.read(weights.get(DENSITY)));
        return new LofSolution(rows.values(), density, inSample, Double.NaN);
    }

    @Override
    public double score(double[] row) {
        return inSample ? density.inSample(row) : density.novelty(row);
    }

    @Override
    public Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put(ROWS, Tensor.of(rows.clone(), density.size(), rows.length / density.size()));
        weights.put(REACH, ExactNumbers.write(density.reach()));
        weights.put(DENSITY, ExactNumbers.write(density.density()));
        return weights;
    }

    /** From the sparsest training rows to their k-th neighbours: how far they must reach for company. */
    @Override
    public Map<String, Tensor> anatomy(FeaturePlane plane) {
        double[] densities = density.density();
        int[] sparsest = IntStream.range(0, densities.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> densities[i]))
                .limit(MOST_LINKS)
                .mapToInt(Integer::intValue)
                .toArray();
        int features = plane.features();
        float[] ends = new float[2 * sparsest.length * features];
        for (int i = 0; i < sparsest.length; i++) {
            int other = density.size() > 1 ? density.lastNeighbour(sparsest[i]) : sparsest[i];
            System.arraycopy(rows, sparsest[i] * features, ends, 2 * i * features, features);
            System.arraycopy(rows, other * features, ends, (2 * i + 1) * features, features);
        }
        return Map.of(LINKS, Tensor.of(plane.place(ends), sparsest.length, 2, plane.width()));
    }

    @Override
    public Map<String, Double> loss() {
        return Map.of(Lof.MEAN_FACTOR, mean);
    }
}

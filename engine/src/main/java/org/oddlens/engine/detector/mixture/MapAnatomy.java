package org.oddlens.engine.detector.mixture;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.run.Tensor;

/**
 * A self-organising map as a grid of units in the space of the mixture: where each lies, how many rows it wins and how they
 * score. A unit lies where the rows it won lie on average; one without rows at its coordinates and the mean of the rest.
 */
final class MapAnatomy {

    static final String ID = "map";

    private final int side;
    private final int rows;
    private final int dimensions;
    private final int[] hits;
    private final double[] places;
    private final double[] scores;
    private final double[] mean;

    /**
     * @param side       units along a side
     * @param space      where rows lie, {@code [rows, dimensions]}, coordinates on this map in [0, 1] first
     * @param rowScores  {@code [rows]}
     */
    MapAnatomy(int side, float[] space, float[] rowScores, int dimensions) {
        this.side = side;
        this.rows = rowScores.length;
        this.dimensions = dimensions;
        this.hits = new int[side * side];
        this.places = new double[hits.length * dimensions];
        this.scores = new double[hits.length];
        this.mean = new double[dimensions];
        for (int i = 0; i < rows; i++) {
            int unit = unit(space[i * dimensions], space[i * dimensions + 1]);
            hits[unit]++;
            scores[unit] += rowScores[i];
            for (int a = 0; a < dimensions; a++) {
                places[unit * dimensions + a] += space[i * dimensions + a];
                mean[a] += space[i * dimensions + a] / (double) rows;
            }
        }
    }

    private int unit(float row, float column) {
        return Math.round(row * (side - 1)) * side + Math.round(column * (side - 1));
    }

    /** The arrays of a {@link org.oddlens.engine.detector.AnatomyObject.Kind#GRID}. */
    Map<String, Tensor> arrays() {
        int units = hits.length;
        float[] drawn = new float[units * dimensions];
        float[] use = new float[units];
        float[] counts = new float[units];
        float[] means = new float[units];
        for (int u = 0; u < units; u++) {
            for (int a = 0; a < dimensions; a++) {
                drawn[u * dimensions + a] = (float) (hits[u] > 0 ? places[u * dimensions + a] / hits[u] : mean[a]);
            }
            drawn[u * dimensions] = (float) (u / side) / (side - 1);
            drawn[u * dimensions + 1] = (float) (u % side) / (side - 1);
            use[u] = hits[u] / (float) Math.max(1, rows);
            counts[u] = hits[u];
            means[u] = hits[u] > 0 ? (float) (scores[u] / hits[u]) : 0;
        }
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put(ID, Tensor.of(drawn, units, dimensions));
        arrays.put(ID + "-shape", Tensor.of(new float[] {side, side}, 2));
        arrays.put(ID + "-use", Tensor.of(use, units));
        arrays.put(ID + "-hits", Tensor.of(counts, units));
        arrays.put(ID + "-score", Tensor.of(means, units));
        return arrays;
    }
}

package org.oddlens.engine.detector.adversarial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.oddlens.engine.detector.LiveNetwork;

/**
 * Turns the frozen vectors of spectral layers towards the singular vectors of the largest singular value, by one step of
 * power iteration: {@code v ← W u / ‖W u‖, u ← Wᵀ v / ‖Wᵀ v‖}.
 */
final class SpectralNorms {

    /** A layer and its weights, one array for each joined input. */
    private record Spectral(String name, List<String> weights) {}

    private final List<Spectral> layers = new ArrayList<>();

    /** Adds a layer. */
    void add(String name, List<String> weights) {
        layers.add(new Spectral(name, weights));
    }

    /** One step for every layer. */
    void iterate(LiveNetwork net) {
        layers.forEach(layer -> iterate(net, layer));
    }

    private static void iterate(LiveNetwork net, Spectral layer) {
        float[] right = net.parameter(layer.name + Layers.RIGHT);
        List<float[]> parts = layer.weights.stream()
                .map(name -> net.parameter(layer.name + "/" + name))
                .toList();
        List<float[]> left = iterate(parts, right);
        net.set(layer.name + Layers.RIGHT, right);
        for (int i = 0; i < left.size(); i++) {
            net.set(layer.name + Layers.LEFT + "-" + (i + 1), left.get(i));
        }
    }

    /**
     * One step for a matrix in parts, one below the other.
     *
     * @param parts row-major, as many columns as {@code right} is long
     * @param right u, replaced
     * @return v in parts
     */
    static List<float[]> iterate(List<float[]> parts, float[] right) {
        List<float[]> left =
                parts.stream().map(part -> timesColumn(part, right)).toList();
        normalise(left);
        Arrays.fill(right, 0);
        for (int i = 0; i < parts.size(); i++) {
            addTransposed(parts.get(i), left.get(i), right);
        }
        normalise(List.of(right));
        return left;
    }

    private static float[] timesColumn(float[] matrix, float[] column) {
        int columns = column.length;
        float[] product = new float[matrix.length / columns];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < columns; j++) {
                product[i] += matrix[i * columns + j] * column[j];
            }
        }
        return product;
    }

    private static void addTransposed(float[] matrix, float[] row, float[] sum) {
        for (int i = 0; i < row.length; i++) {
            for (int j = 0; j < sum.length; j++) {
                sum[j] += matrix[i * sum.length + j] * row[i];
            }
        }
    }

    /** To a common length of 1; vectors of zero stay as they are. */
    private static void normalise(List<float[]> vectors) {
        double squares = 0;
        for (float[] vector : vectors) {
            for (float v : vector) {
                squares += (double) v * v;
            }
        }
        float inverse = (float) (1 / Math.max(1e-12, Math.sqrt(squares)));
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= inverse;
            }
        }
    }
}

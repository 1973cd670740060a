package org.oddlens.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;

/** A file of golden vectors: inputs and expected results that were computed without any of our code. */
public final class Golden {

    private final Map<String, NpyArray> arrays;

    private Golden(Map<String, NpyArray> arrays) {
        this.arrays = arrays;
    }

    /** Opens a file of the golden folder; skips the running test if there is no shared folder. */
    public static Golden open(String file) {
        return new Golden(NpyReader.readAll(SharedFolder.require("golden/" + file)));
    }

    public double[] values(String key) {
        return entry(key).doubles();
    }

    public int[] shape(String key) {
        return entry(key).shape();
    }

    public double scalar(String key) {
        return values(key)[0];
    }

    public float[] floats(String key) {
        return entry(key).floats();
    }

    /** Row {@code row} of a matrix, in single precision. */
    public float[] row(String key, int row) {
        int width = shape(key)[1];
        return Arrays.copyOfRange(floats(key), row * width, (row + 1) * width);
    }

    /** The array in double precision, with its shape. */
    public INDArray array(String key) {
        long[] shape = Arrays.stream(shape(key)).asLongStream().toArray();
        return Nd4j.createFromArray(values(key)).reshape('c', shape);
    }

    private NpyArray entry(String key) {
        assertThat(arrays).containsKey(key);
        return arrays.get(key);
    }

    /** Compares in the sense of the golden files: {@code |actual − expected| ≤ relative·|expected| + absolute}. */
    public void assertEquals(String key, double[] actual, double relative, double absolute) {
        double[] expected = values(key);
        assertThat(actual).as(key).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i])
                    .as(key + "[" + i + "]")
                    .isCloseTo(expected[i], within(relative * Math.abs(expected[i]) + absolute));
        }
    }

    /** The same for an array on the native heap, whatever its memory order. */
    public void assertEquals(String key, INDArray actual, double relative, double absolute) {
        assertEquals(key, actual.dup('c').data().asDouble(), relative, absolute);
    }
}

package org.oddlens.engine.run;

import java.util.Arrays;

/**
 * A plain array with its shape, row-major: how numbers leave the compute packages. The array is shared, not copied.
 *
 * @param values product of the dimensions many numbers
 * @param shape  dimensions
 */
public record Tensor(float[] values, int[] shape) {

    public Tensor {
        int length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (length != values.length) {
            throw new IllegalArgumentException(
                    "shape " + Arrays.toString(shape) + " needs " + length + " values, not " + values.length);
        }
    }

    /** A tensor of the given shape. */
    public static Tensor of(float[] values, int... shape) {
        return new Tensor(values, shape);
    }
}

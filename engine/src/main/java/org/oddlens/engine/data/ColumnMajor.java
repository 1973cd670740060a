package org.oddlens.engine.data;

/** Walks an array stored with its first index fastest (Fortran, MATLAB) and tells each value's row-major position. */
final class ColumnMajor {

    private final int[] shape;
    private final int[] stride;
    private final int[] index;
    private int position;

    ColumnMajor(int... shape) {
        this.shape = shape;
        stride = new int[shape.length];
        index = new int[shape.length];
        int step = 1;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            stride[axis] = step;
            step *= shape[axis];
        }
    }

    /** The row-major position of the current value; moves to the next. */
    int next() {
        int here = position;
        for (int axis = 0; axis < shape.length; axis++) {
            position += stride[axis];
            if (++index[axis] < shape[axis]) {
                return here;
            }
            position -= stride[axis] * shape[axis];
            index[axis] = 0;
        }
        return here;
    }
}

package org.oddlens.engine.compute;

import java.util.List;

/** Softmax along each row, or its way back: {@code s · (g − Σ s·g)} with {@code s} computed anew from the input. */
final class Softmax implements Instruction {

    private final Matrix in;
    private final Matrix gradient;
    private final Matrix out;

    /** @param gradient gradient of the result for the way back, null forward */
    Softmax(Matrix in, Matrix gradient, Matrix out) {
        this.in = in;
        this.gradient = gradient;
        this.out = out;
    }

    @Override
    public void run() {
        float[] o = out.values;
        for (int row = 0; row < in.rows; row++) {
            int from = in.offset + row * in.columns;
            int to = out.offset + row * in.columns;
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = 0; i < in.columns; i++) {
                largest = Math.max(largest, in.values[from + i]);
            }
            float sum = 0;
            for (int i = 0; i < in.columns; i++) {
                float e = FastMath.exp(in.values[from + i] - largest);
                o[to + i] = e;
                sum += e;
            }
            float scale = 1 / sum;
            for (int i = 0; i < in.columns; i++) {
                o[to + i] *= scale;
            }
            if (gradient != null) {
                back(to, gradient.offset + row * in.columns);
            }
        }
        out.written();
    }

    private void back(int to, int from) {
        float along = 0;
        for (int i = 0; i < in.columns; i++) {
            along += out.values[to + i] * gradient.values[from + i];
        }
        for (int i = 0; i < in.columns; i++) {
            out.values[to + i] *= gradient.values[from + i] - along;
        }
    }

    @Override
    public Matrix result() {
        return out;
    }

    @Override
    public List<Matrix> operands() {
        return gradient == null ? List.of(in) : List.of(in, gradient);
    }

    @Override
    public String text() {
        return out + (gradient == null ? " = softmax(" + in + ")" : " = softmax_bp(" + in + ", " + gradient + ")");
    }
}

package org.oddlens.engine.compute;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Element by element over one, two or three inputs; an input with one row or one column is repeated along the missing
 * direction.
 */
final class ElementWise implements Instruction {

    /**
     * What is computed from the inputs a, b, c and the constant k. The names that end in BP are the way back: of a
     * function of a with the gradient b, or of a function of a and b with the gradient c, towards A or B.
     */
    enum Op {
        COPY,
        ADD,
        SUB,
        MUL,
        DIV,
        SQUARED_DIFFERENCE,
        POW,
        POW_K,
        ADD_K,
        MUL_K,
        DIV_K,
        K_MINUS,
        GREATER_K,
        NEG,
        SQRT,
        LOG,
        EXP,
        RELU,
        LEAKY_RELU,
        TANH,
        SIGMOID,
        RELU_BP,
        LEAKY_RELU_BP,
        TANH_BP,
        SIGMOID_BP,
        SQUARED_DIFFERENCE_BP_A,
        SQUARED_DIFFERENCE_BP_B,
        SUB_BP_A,
        SUB_BP_B,
        MUL_BP_A,
        MUL_BP_B,
        DIV_BP_A,
        DIV_BP_B
    }

    private final Op op;
    private final float k;
    private final Matrix out;
    private final Matrix[] in;
    private final boolean flat;
    private final float[][] rowsOfOne;

    ElementWise(Op op, float k, Matrix out, Matrix... in) {
        this.op = op;
        this.k = k;
        this.out = out;
        this.in = in;
        this.rowsOfOne = new float[in.length][];
        boolean same = true;
        for (int i = 0; i < in.length; i++) {
            same &= in[i].sameShape(out);
            if (in[i].rows != out.rows && in[i].rows != 1 || in[i].columns != out.columns && in[i].columns != 1) {
                throw new UnsupportedPlanException(op + " cannot repeat " + in[i] + " to " + out);
            }
            rowsOfOne[i] = in[i].columns == out.columns ? null : new float[out.columns];
        }
        this.flat = same;
    }

    @Override
    public void run() {
        Matrix a = in[0];
        Matrix b = in[in.length > 1 ? 1 : 0];
        Matrix c = in[in.length > 2 ? 2 : 0];
        if (flat) {
            loop(out.values, out.offset, a.values, a.offset, b.values, b.offset, c.values, c.offset, out.length());
        } else {
            for (int row = 0; row < out.rows; row++) {
                for (int i = 0; i < in.length; i++) {
                    if (rowsOfOne[i] != null) {
                        Arrays.fill(rowsOfOne[i], in[i].values[in[i].offset + (in[i].rows == 1 ? 0 : row)]);
                    }
                }
                loop(
                        out.values,
                        out.offset + row * out.columns,
                        array(0),
                        place(0, row),
                        array(in.length > 1 ? 1 : 0),
                        place(in.length > 1 ? 1 : 0, row),
                        array(in.length > 2 ? 2 : 0),
                        place(in.length > 2 ? 2 : 0, row),
                        out.columns);
            }
        }
        out.written();
    }

    private float[] array(int input) {
        return rowsOfOne[input] == null ? in[input].values : rowsOfOne[input];
    }

    private int place(int input, int row) {
        return rowsOfOne[input] == null ? in[input].offset + (in[input].rows == 1 ? 0 : row * out.columns) : 0;
    }

    /** One loop for each op, so that the compiler can turn it into vector instructions. */
    private void loop(float[] o, int oo, float[] a, int ao, float[] b, int bo, float[] c, int co, int n) {
        switch (op) {
            case COPY -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i];
                }
            }
            case ADD -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] + b[bo + i];
                }
            }
            case SUB -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] - b[bo + i];
                }
            }
            case MUL -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] * b[bo + i];
                }
            }
            case DIV -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] / b[bo + i];
                }
            }
            case SQUARED_DIFFERENCE -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = (a[ao + i] - b[bo + i]) * (a[ao + i] - b[bo + i]);
                }
            }
            case POW -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = (float) Math.pow(a[ao + i], b[bo + i]);
                }
            }
            case POW_K -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = (float) Math.pow(a[ao + i], k);
                }
            }
            case ADD_K -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] + k;
                }
            }
            case MUL_K -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] * k;
                }
            }
            case DIV_K -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] / k;
                }
            }
            case K_MINUS -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = k - a[ao + i];
                }
            }
            case GREATER_K -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] > k ? 1 : 0;
                }
            }
            case NEG -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = -a[ao + i];
                }
            }
            case SQRT -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = (float) Math.sqrt(a[ao + i]);
                }
            }
            case LOG -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = FastMath.log(a[ao + i]);
                }
            }
            case EXP -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = FastMath.exp(a[ao + i]);
                }
            }
            case RELU -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = Math.max(0, a[ao + i]);
                }
            }
            case LEAKY_RELU -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] < 0 ? k * a[ao + i] : a[ao + i];
                }
            }
            case TANH -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = FastMath.tanh(a[ao + i]);
                }
            }
            case SIGMOID -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = FastMath.sigmoid(a[ao + i]);
                }
            }
            case RELU_BP -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] > k ? b[bo + i] : 0;
                }
            }
            case LEAKY_RELU_BP -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = a[ao + i] < 0 ? k * b[bo + i] : b[bo + i];
                }
            }
            case TANH_BP -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = FastMath.tanhSlope(a[ao + i]) * b[bo + i];
                }
            }
            case SIGMOID_BP -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = FastMath.sigmoidSlope(a[ao + i]) * b[bo + i];
                }
            }
            case SQUARED_DIFFERENCE_BP_A -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = 2 * (a[ao + i] - b[bo + i]) * c[co + i];
                }
            }
            case SQUARED_DIFFERENCE_BP_B -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = 2 * (b[bo + i] - a[ao + i]) * c[co + i];
                }
            }
            case SUB_BP_A -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = c[co + i];
                }
            }
            case SUB_BP_B -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = -c[co + i];
                }
            }
            case MUL_BP_A -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = c[co + i] * b[bo + i];
                }
            }
            case MUL_BP_B -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = c[co + i] * a[ao + i];
                }
            }
            case DIV_BP_A -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = c[co + i] / b[bo + i];
                }
            }
            case DIV_BP_B -> {
                for (int i = 0; i < n; i++) {
                    o[oo + i] = -c[co + i] * a[ao + i] / (b[bo + i] * b[bo + i]);
                }
            }
        }
    }

    @Override
    public Matrix result() {
        return out;
    }

    @Override
    public List<Matrix> operands() {
        return List.of(in);
    }

    @Override
    public String text() {
        return out + " = " + op.name().toLowerCase(Locale.ROOT) + "("
                + Arrays.stream(in).map(Matrix::toString).collect(Collectors.joining(", "))
                + (op.name().contains("_K") || op.name().contains("RELU") || op == Op.K_MINUS ? ", k=" + k : "") + ")";
    }
}

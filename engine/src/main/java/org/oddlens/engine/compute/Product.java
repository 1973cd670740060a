package org.oddlens.engine.compute;

import java.util.List;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * A matrix product {@code out = op(a) · op(b)} with a row added to each row of the result if asked. Small ones run in
 * Java, where a call into BLAS would cost more than the arithmetic; large ones in {@code cblas_sgemm}, which takes
 * transposes as flags.
 */
final class Product implements Instruction {

    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    /** Multiplications up to which Java is faster; measured on products of 16 to 256 rows. */
    private static final long JAVA_LIMIT = 40_000;

    private final Matrix a;
    private final Matrix b;
    private final Matrix bias;
    private final Matrix out;
    private final boolean transposeA;
    private final boolean transposeB;
    private final int inner;

    /** @param bias a row, or null */
    Product(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix bias, Matrix out) {
        this.a = a;
        this.b = b;
        this.bias = bias;
        this.out = out;
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.inner = transposeA ? a.rows : a.columns;
        int rows = transposeA ? a.columns : a.rows;
        int columns = transposeB ? b.rows : b.columns;
        int innerB = transposeB ? b.columns : b.rows;
        if (rows != out.rows || columns != out.columns || inner != innerB) {
            throw new UnsupportedPlanException("product of " + a + " and " + b + " to " + out);
        }
    }

    @Override
    public void run() {
        if ((long) out.length() * inner <= JAVA_LIMIT) {
            inJava();
            out.written();
        } else {
            openblas_nolapack.cblas_sgemm(
                    ROW_MAJOR,
                    transposeA ? TRANSPOSED : PLAIN,
                    transposeB ? TRANSPOSED : PLAIN,
                    out.rows,
                    out.columns,
                    inner,
                    1,
                    a.storage.toBlas(),
                    a.columns,
                    b.storage.toBlas(),
                    b.columns,
                    0,
                    out.storage.blas(),
                    out.columns);
            out.storage.fromBlas();
            if (bias != null) {
                addBias();
                out.written();
            }
        }
    }

    private void addBias() {
        for (int row = 0; row < out.rows; row++) {
            int to = out.offset + row * out.columns;
            for (int column = 0; column < out.columns; column++) {
                out.values[to + column] += bias.values[bias.offset + column];
            }
        }
    }

    private void inJava() {
        int n = out.columns;
        float[] o = out.values;
        for (int row = 0; row < out.rows; row++) {
            int to = out.offset + row * n;
            if (bias == null) {
                java.util.Arrays.fill(o, to, to + n, 0);
            } else {
                System.arraycopy(bias.values, bias.offset, o, to, n);
            }
            if (transposeB) {
                dotProducts(row, to);
            } else {
                scaledRows(row, to);
            }
        }
    }

    /** out[row] += Σ a[row, i] · b[i]: runs along rows of b. */
    private void scaledRows(int row, int to) {
        int n = out.columns;
        float[] o = out.values;
        float[] bv = b.values;
        for (int i = 0; i < inner; i++) {
            float factor = a.values[a.offset + (transposeA ? i * a.columns + row : row * a.columns + i)];
            int from = b.offset + i * n;
            for (int column = 0; column < n; column++) {
                o[to + column] += factor * bv[from + column];
            }
        }
    }

    /** out[row, j] += a[row] · b[j]: runs along rows of both. */
    private void dotProducts(int row, int to) {
        for (int column = 0; column < out.columns; column++) {
            float sum = 0;
            int from = b.offset + column * b.columns;
            for (int i = 0; i < inner; i++) {
                sum += a.values[a.offset + (transposeA ? i * a.columns + row : row * a.columns + i)]
                        * b.values[from + i];
            }
            out.values[to + column] += sum;
        }
    }

    @Override
    public Matrix result() {
        return out;
    }

    @Override
    public List<Matrix> operands() {
        return bias == null ? List.of(a, b) : List.of(a, b, bias);
    }

    @Override
    public String text() {
        return out + " = " + a + (transposeA ? "ᵀ" : "") + " · " + b + (transposeB ? "ᵀ" : "")
                + (bias == null ? "" : " + " + bias);
    }
}

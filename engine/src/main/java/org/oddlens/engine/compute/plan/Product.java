package org.oddlens.engine.compute.plan;

import java.util.List;
import org.bytedeco.openblas.global.openblas_nolapack;

/** A matrix product {@code out = op(a) · op(b)} by {@code cblas_sgemm}, which takes transposes as flags. */
final class Product implements Instruction {

    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private final Matrix a;
    private final Matrix b;
    private final Matrix out;
    private final boolean transposeA;
    private final boolean transposeB;
    private final int inner;

    Product(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix out) {
        this.a = a;
        this.b = b;
        this.out = out;
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.inner = transposeA ? a.rows() : a.columns();
        int rows = transposeA ? a.columns() : a.rows();
        int columns = transposeB ? b.rows() : b.columns();
        int innerB = transposeB ? b.columns() : b.rows();
        if (rows != out.rows() || columns != out.columns() || inner != innerB) {
            throw new UnsupportedPlanException("product of " + a + " and " + b + " to " + out);
        }
    }

    @Override
    public void run() {
        openblas_nolapack.cblas_sgemm(
                ROW_MAJOR,
                transposeA ? TRANSPOSED : PLAIN,
                transposeB ? TRANSPOSED : PLAIN,
                out.rows(),
                out.columns(),
                inner,
                1,
                a.storage().pointer(),
                a.columns(),
                b.storage().pointer(),
                b.columns(),
                0,
                out.storage().pointer(),
                out.columns());
    }

    @Override
    public List<Matrix> reads() {
        return List.of(a, b);
    }

    @Override
    public List<Matrix> writes() {
        return List.of(out);
    }

    @Override
    public String text() {
        return out + " = product(" + a + (transposeA ? "ᵀ" : "") + ", " + b + (transposeB ? "ᵀ" : "") + ")";
    }
}

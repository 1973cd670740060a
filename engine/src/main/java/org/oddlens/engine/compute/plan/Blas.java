package org.oddlens.engine.compute.plan;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS's products of matrices that lie row by row, each taken as it lies or transposed. */
final class Blas {

    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    private Blas() {}

    /**
     * {@code out = op(a) · op(b) + before · out} with {@code out [rows, columns]}, by {@code cblas_sgemm}.
     *
     * @param inner columns of {@code op(a)}, rows of {@code op(b)}
     * @param strideA numbers from one stored row of {@code a} to the next; likewise the others
     */
    static void product(
            boolean transposeA,
            boolean transposeB,
            int rows,
            int columns,
            int inner,
            FloatPointer a,
            int strideA,
            FloatPointer b,
            int strideB,
            float before,
            FloatPointer out,
            int strideOut) {
        openblas_nolapack.cblas_sgemm(
                ROW_MAJOR,
                transposeA ? TRANSPOSED : PLAIN,
                transposeB ? TRANSPOSED : PLAIN,
                rows,
                columns,
                inner,
                1,
                a,
                strideA,
                b,
                strideB,
                before,
                out,
                strideOut);
    }

    /**
     * {@code out = factor · op(a) · vector + before · out} with {@code a [rows, columns]}, vectors without gaps, by
     * {@code cblas_sgemv}.
     */
    static void productWithVector(
            boolean transpose,
            int rows,
            int columns,
            float factor,
            FloatPointer a,
            FloatPointer vector,
            float before,
            FloatPointer out) {
        openblas_nolapack.cblas_sgemv(
                ROW_MAJOR,
                transpose ? TRANSPOSED : PLAIN,
                rows,
                columns,
                factor,
                a,
                columns,
                vector,
                1,
                before,
                out,
                1);
    }
}

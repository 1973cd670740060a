package org.oddlens.engine.compute.plan;

import java.util.List;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * A matrix product {@code out = op(a) · op(b)} by {@code cblas_sgemm}, which takes transposes as flags.
 *
 * <p>A large product is done in blocks of rows or of columns of the result. How many follows from the shape alone, so that
 * the bits of the result do not depend on how many threads share the blocks; OpenBLAS itself always runs on one. For
 * scoring, where equal rows have to get equal bits, the blocks may have to be very small ({@link AlikeRows}).
 */
final class Product implements Instruction {

    /** Multiplications of a block: enough to be worth the hand-over to another thread. */
    private static final long BLOCK_WORK = 4_000_000;

    private static final int MOST_BLOCKS = 8;

    /** Rows or columns of a block are a multiple of this, so that no kernel meets a ragged edge inside. */
    private static final int GRAIN = 32;

    private final Matrix a;
    private final Matrix b;
    private final Matrix out;
    private final boolean transposeA;
    private final boolean transposeB;
    private final int inner;
    private final boolean byRows;
    private final int blocks;
    private final int blockSize;
    private final Workers workers;
    private FloatPointer[] aBlocks;
    private FloatPointer[] bBlocks;
    private FloatPointer[] outBlocks;
    private final IntConsumer piece = this::block;

    /** @param rowsAtOnce rows of the result that BLAS may be given together; {@link AlikeRows#ALL} for no limit */
    Product(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix out, int rowsAtOnce, Workers workers) {
        this.a = a;
        this.b = b;
        this.out = out;
        this.transposeA = transposeA;
        this.transposeB = transposeB;
        this.workers = workers;
        this.inner = transposeA ? a.rows() : a.columns();
        int rows = transposeA ? a.columns() : a.rows();
        int columns = transposeB ? b.rows() : b.columns();
        int innerB = transposeB ? b.columns() : b.rows();
        if (rows != out.rows() || columns != out.columns() || inner != innerB) {
            throw new UnsupportedPlanException("product of " + a + " and " + b + " to " + out);
        }
        boolean limited = rowsAtOnce < rows;
        this.byRows = limited || rows >= columns;
        int longer = limited ? rows : Math.max(rows, columns);
        long wanted = Math.min(MOST_BLOCKS, (long) rows * columns * inner / BLOCK_WORK);
        int size = (int) (wanted < 2 ? longer : (longer / wanted + GRAIN - 1) / GRAIN * GRAIN);
        this.blockSize = limited ? rowsAtOnce : Math.min(longer, Math.max(GRAIN, size));
        this.blocks = (longer + blockSize - 1) / blockSize;
    }

    @Override
    public void run() {
        if (aBlocks == null) {
            lookUp();
        }
        if (blocks == 1) {
            block(0);
        } else {
            workers.run(blocks, piece);
        }
    }

    private void lookUp() {
        aBlocks = new FloatPointer[blocks];
        bBlocks = new FloatPointer[blocks];
        outBlocks = new FloatPointer[blocks];
        for (int i = 0; i < blocks; i++) {
            int from = i * blockSize;
            aBlocks[i] = at(a, byRows ? (transposeA ? from : from * a.columns()) : 0);
            bBlocks[i] = at(b, byRows ? 0 : (transposeB ? from * b.columns() : from));
            outBlocks[i] = at(out, byRows ? from * out.columns() : from);
        }
    }

    private static FloatPointer at(Matrix matrix, int from) {
        FloatPointer start = matrix.storage().pointer();
        return new FloatPointer(start).position(start.position() + from);
    }

    private void block(int i) {
        int size = Math.min(blockSize, (byRows ? out.rows() : out.columns()) - i * blockSize);
        Blas.product(
                transposeA,
                transposeB,
                byRows ? size : out.rows(),
                byRows ? out.columns() : size,
                inner,
                aBlocks[i],
                a.columns(),
                bBlocks[i],
                b.columns(),
                0,
                outBlocks[i],
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

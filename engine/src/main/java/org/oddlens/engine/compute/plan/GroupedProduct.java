package org.oddlens.engine.compute.plan;

import java.util.List;
import java.util.function.IntConsumer;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Products of pairs of small matrices that lie one below the other: {@code out_g = op(a_g) · op(b_g)} for each group g, by
 * {@code cblas_sgemm}. All groups have the same shape.
 */
final class GroupedProduct implements Instruction {

    /** Multiplications of a piece: enough to be worth the hand-over to another thread. */
    private static final long PIECE_WORK = 1_000_000;

    private static final int MOST_PIECES = 8;

    private final int groups;
    private final Matrix a;
    private final boolean transposeA;
    private final Matrix b;
    private final boolean transposeB;
    private final Matrix out;
    private final int rowsAtOnce;
    private final Workers workers;
    private final int inner;
    private final int pieces;
    private final IntConsumer piece = this::piece;

    /** Places of the operands and the result, one set for each piece, because pieces run side by side. */
    private FloatPointer[][] places;

    /** @param rowsAtOnce rows of a group's result that BLAS may be given together; {@link AlikeRows#ALL} for no limit */
    GroupedProduct(
            int groups,
            Matrix a,
            boolean transposeA,
            Matrix b,
            boolean transposeB,
            Matrix out,
            int rowsAtOnce,
            Workers workers) {
        this.groups = groups;
        this.a = a;
        this.transposeA = transposeA;
        this.b = b;
        this.transposeB = transposeB;
        this.out = out;
        this.rowsAtOnce = Math.min(rowsAtOnce, out.rows() / groups);
        this.workers = workers;
        this.inner = transposeA ? a.rows() / groups : a.columns();
        int innerB = transposeB ? b.columns() : b.rows() / groups;
        int columns = transposeB ? b.rows() / groups : b.columns();
        int rows = transposeA ? a.columns() : a.rows() / groups;
        if (inner != innerB || rows * groups != out.rows() || columns != out.columns()) {
            throw new UnsupportedPlanException(groups + " products of " + a + " and " + b + " to " + out);
        }
        long wanted = (long) out.length() * inner / PIECE_WORK;
        this.pieces = (int) Math.max(1, Math.min(Math.min(MOST_PIECES, groups), wanted));
    }

    @Override
    public void run() {
        if (places == null) {
            places = new FloatPointer[pieces][];
            for (int i = 0; i < pieces; i++) {
                places[i] = new FloatPointer[] {
                    new FloatPointer(a.storage().pointer()),
                    new FloatPointer(b.storage().pointer()),
                    new FloatPointer(out.storage().pointer())
                };
            }
        }
        if (pieces == 1) {
            piece(0);
        } else {
            workers.run(pieces, piece);
        }
    }

    private void piece(int number) {
        FloatPointer[] place = places[number];
        long startA = a.storage().pointer().position();
        long startB = b.storage().pointer().position();
        long start = out.storage().pointer().position();
        int rows = out.rows() / groups;
        int end = (int) ((long) (number + 1) * groups / pieces);
        for (int g = (int) ((long) number * groups / pieces); g < end; g++) {
            for (int from = 0; from < rows; from += rowsAtOnce) {
                Blas.product(
                        transposeA,
                        transposeB,
                        Math.min(rowsAtOnce, rows - from),
                        out.columns(),
                        inner,
                        place[0].position(
                                startA + (long) g * (a.length() / groups) + (long) from * (transposeA ? 1 : inner)),
                        a.columns(),
                        place[1].position(startB + (long) g * (b.length() / groups)),
                        b.columns(),
                        0,
                        place[2].position(start + ((long) g * rows + from) * out.columns()),
                        out.columns());
            }
        }
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
        return out + " = grouped_product{" + groups + "}(" + a + (transposeA ? "ᵀ" : "") + ", " + b
                + (transposeB ? "ᵀ" : "") + ")";
    }
}

package org.oddlens.engine.compute.plan;

import java.util.List;

/** The first two dimensions of {@code [outer, inner, columns]} exchanged; whole rows move. */
final class SwappedAxes implements Instruction {

    private final int outer;
    private final int inner;
    private final Matrix in;
    private final Matrix out;
    private final float[] from;
    private final float[] to;

    SwappedAxes(int outer, Matrix in, Matrix out) {
        this.outer = outer;
        this.inner = in.rows() / outer;
        this.in = in;
        this.out = out;
        this.from = new float[in.length()];
        this.to = new float[in.length()];
    }

    @Override
    public void run() {
        int columns = in.columns();
        in.storage().read(0, from, 0, from.length);
        for (int i = 0; i < outer; i++) {
            for (int j = 0; j < inner; j++) {
                System.arraycopy(from, (i * inner + j) * columns, to, (j * outer + i) * columns, columns);
            }
        }
        out.storage().write(0, to, 0, to.length);
    }

    @Override
    public List<Matrix> reads() {
        return List.of(in);
    }

    @Override
    public List<Matrix> writes() {
        return List.of(out);
    }

    @Override
    public String text() {
        return out + " = swapped{" + outer + "}(" + in + ")";
    }
}

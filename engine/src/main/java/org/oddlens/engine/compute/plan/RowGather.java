package org.oddlens.engine.compute.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Moves whole rows within groups of rows: row r of a group of the result is row {@code source[r]} of the same group of the
 * operand, zeros where {@code source[r]} is negative; or the way back, where rows that came from one are added up. Pixels
 * of an image are rows and an image is a group: this repeats, crops and pads images.
 */
final class RowGather implements Instruction {

    private final boolean back;
    private final int[] source;
    private final int sourceRows;
    private final Matrix in;
    private final Matrix out;
    private final float[] from;
    private final float[] to;
    private final int groups;
    private final int columns;

    /**
     * @param back       whether this is the way back: the operand has {@code source.length} rows a group
     * @param sourceRows rows of a group on the other side
     */
    RowGather(boolean back, int[] source, int sourceRows, Matrix in, Matrix out) {
        this.back = back;
        this.source = source;
        this.sourceRows = sourceRows;
        this.in = in;
        this.out = out;
        this.columns = in.columns();
        this.groups = in.rows() / (back ? source.length : sourceRows);
        this.from = new float[(back ? source.length : sourceRows) * columns];
        this.to = new float[(back ? sourceRows : source.length) * columns];
    }

    @Override
    public void run() {
        for (int group = 0; group < groups; group++) {
            in.storage().read(group * from.length, from, 0, from.length);
            if (back) {
                addUp();
            } else {
                move();
            }
            out.storage().write(group * to.length, to, 0, to.length);
        }
    }

    private void move() {
        for (int row = 0; row < source.length; row++) {
            if (source[row] < 0) {
                Arrays.fill(to, row * columns, (row + 1) * columns, 0);
            } else {
                System.arraycopy(from, source[row] * columns, to, row * columns, columns);
            }
        }
    }

    private void addUp() {
        Arrays.fill(to, 0);
        for (int row = 0; row < source.length; row++) {
            if (source[row] >= 0) {
                int target = source[row] * columns;
                for (int column = 0; column < columns; column++) {
                    to[target + column] += from[row * columns + column];
                }
            }
        }
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
        return out + " = " + (back ? "add_rows" : "gather_rows") + "{" + sourceRows + " "
                + Arrays.stream(source).mapToObj(Integer::toString).collect(Collectors.joining(" ")) + "}(" + in + ")";
    }
}

package org.oddlens.app.chart;

import java.util.BitSet;

/**
 * Rows chosen by the user. A set of bits, because a lasso may hold a million rows.
 *
 * @param rowIds bit k is set when the row with number k in the data set is chosen
 */
public record RowSelection(BitSet rowIds) {

    /** Keeps its own copy. */
    public RowSelection {
        rowIds = (BitSet) rowIds.clone();
    }

    /** Nothing chosen. */
    public static RowSelection none() {
        return new RowSelection(new BitSet());
    }

    /** These rows. */
    public static RowSelection of(int... ids) {
        BitSet bits = new BitSet();
        for (int id : ids) {
            bits.set(id);
        }
        return new RowSelection(bits);
    }

    @Override
    public BitSet rowIds() {
        return (BitSet) rowIds.clone();
    }

    /** Number of chosen rows. */
    public int size() {
        return rowIds.cardinality();
    }

    /** Whether nothing is chosen. */
    public boolean isEmpty() {
        return rowIds.isEmpty();
    }

    /** Whether one row is chosen. */
    public boolean contains(int rowId) {
        return rowIds.get(rowId);
    }

    /** Row numbers, ascending. */
    public int[] toArray() {
        return rowIds.stream().toArray();
    }

    /** This selection joined with, or without, other rows. */
    RowSelection merged(BitSet others, Merge how) {
        BitSet bits = how == Merge.REPLACE ? new BitSet() : rowIds();
        if (how == Merge.REMOVE) {
            bits.andNot(others);
        } else {
            bits.or(others);
        }
        return new RowSelection(bits);
    }

    /** How newly marked rows change a selection. */
    enum Merge {
        REPLACE,
        ADD,
        REMOVE
    }
}

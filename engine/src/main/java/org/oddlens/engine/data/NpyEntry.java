package org.oddlens.engine.data;

import java.util.List;

/** One array as a NumPy file offers it: stored as such, or made of what is stored (columns of records, sparse parts). */
interface NpyEntry {

    /** Name under which it is offered. */
    String name();

    /** What is known of it; damage is a {@link DataFormatException}. */
    ArrayInfo info();

    double[] doubles();

    float[] floats();

    /** Label texts, see {@link DataFile#texts}. */
    String[] texts();

    /** Texts that keep all digits, see {@link DataFile#cells}. */
    String[] cells();

    /** Names of its columns, or none. */
    default List<String> columnNames() {
        return List.of();
    }
}

package org.oddlens.engine.prepare;

import java.util.List;

/** Puts columns side by side. */
final class NumberTable {

    private NumberTable() {}

    static PreparedTable of(
            String key, List<String> names, List<FloatList> columns, FloatList labels, List<String> notes) {
        int rows = labels.size();
        float[] values = new float[Math.multiplyExact(rows, names.size())];
        int[] marks = new int[rows];
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < names.size(); c++) {
                values[row * names.size() + c] = columns.get(c).get(row);
            }
            marks[row] = (int) labels.get(row);
        }
        return new PreparedTable(key, names, values, marks, notes);
    }
}

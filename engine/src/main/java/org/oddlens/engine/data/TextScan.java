package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the distinct values of a text array, as far as it can be a label. */
final class TextScan {

    private final Map<String, Integer> counts = new TreeMap<>();
    private boolean many;
    private long missing;

    /** Dates are no classes, so their distinct values are not counted. */
    static TextScan ofDates() {
        TextScan scan = new TextScan();
        scan.many = true;
        return scan;
    }

    void add(String value) {
        if (value.isEmpty()) {
            missing++;
        } else if (!many) {
            counts.merge(value, 1, Integer::sum);
            many = counts.size() > ArrayInfo.MAX_DISTINCT;
        }
    }

    List<ValueCount> distinct() {
        List<ValueCount> list = new ArrayList<>();
        if (!many) {
            counts.forEach((value, rows) -> list.add(new ValueCount(value, rows)));
        }
        return list;
    }

    /** A text array can serve as label if it is one-dimensional. */
    ArrayInfo info(String name, List<Integer> shape) {
        ArrayInfo info = new ArrayInfo(name, shape, "text", Double.NaN, Double.NaN, missing, 0, List.of(), true, "");
        if (!info.isVector() || info.size() == 0) {
            return ArrayInfo.unusable(
                    name,
                    shape,
                    "text",
                    "The array '" + name + "' holds text; only a single column of text can be used.");
        }
        return new ArrayInfo(name, shape, "text", Double.NaN, Double.NaN, missing, 0, distinct(), true, "");
    }

    static ArrayInfo info(String name, List<Integer> shape, String[] values) {
        TextScan scan = new TextScan();
        for (String value : values) {
            scan.add(value);
        }
        return scan.info(name, shape);
    }
}

package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects what {@link ArrayInfo} states about a stream of values, in constant memory. */
final class ValueScan {

    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private long missing;
    private long infinite;
    private double[] distinct = new double[0];
    private int[] counts = new int[0];
    private boolean many;

    /** Counts distinct values too; for vectors and columns. */
    ValueScan() {
        this(true);
    }

    ValueScan(boolean countDistinct) {
        many = !countDistinct;
    }

    /** A scan that counts distinct values only where the shape can be a label's. */
    static ValueScan of(List<Integer> shape) {
        return new ValueScan(shape.size() == 1 || shape.size() == 2 && shape.contains(1));
    }

    void add(double value) {
        if (Double.isNaN(value)) {
            missing++;
            return;
        }
        if (Double.isInfinite(value)) {
            infinite++;
            return;
        }
        if (value < min) {
            min = value;
        }
        if (value > max) {
            max = value;
        }
        if (!many) {
            count(value == 0 ? 0.0 : value);
        }
    }

    private void count(double value) {
        int at = Arrays.binarySearch(distinct, value);
        if (at >= 0) {
            counts[at]++;
            return;
        }
        if (distinct.length == ArrayInfo.MAX_DISTINCT) {
            many = true;
            return;
        }
        int insert = -at - 1;
        double[] grown = new double[distinct.length + 1];
        int[] grownCounts = new int[grown.length];
        System.arraycopy(distinct, 0, grown, 0, insert);
        System.arraycopy(counts, 0, grownCounts, 0, insert);
        System.arraycopy(distinct, insert, grown, insert + 1, distinct.length - insert);
        System.arraycopy(counts, insert, grownCounts, insert + 1, counts.length - insert);
        grown[insert] = value;
        grownCounts[insert] = 1;
        distinct = grown;
        counts = grownCounts;
    }

    /** The distinct values, or none if there are too many. */
    List<ValueCount> distinct() {
        List<ValueCount> list = new ArrayList<>();
        for (int i = 0; !many && i < distinct.length; i++) {
            list.add(new ValueCount(LabelText.of(distinct[i]), counts[i]));
        }
        return list;
    }

    ArrayInfo info(String name, List<Integer> shape, String type) {
        boolean none = min > max;
        ArrayInfo plain = new ArrayInfo(
                name,
                shape,
                type,
                none ? Double.NaN : min,
                none ? Double.NaN : max,
                missing,
                infinite,
                List.of(),
                true,
                "");
        if (plain.size() == 0) {
            return ArrayInfo.unusable(name, shape, type, "The array '" + name + "' is empty.");
        }
        return plain.isVector()
                ? new ArrayInfo(name, shape, type, plain.min(), plain.max(), missing, infinite, distinct(), true, "")
                : plain;
    }
}

package org.oddlens.engine.data;

/** Label values as text: the same value reads the same whether a file stored it as integer, float or Boolean. */
final class LabelText {

    private LabelText() {}

    /** Whole numbers without a decimal point, others as Java writes them, NaN as "" (missing). */
    static String of(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return Long.toString((long) value);
        }
        return Double.toString(value);
    }

    static String[] of(double[] values) {
        String[] texts = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = of(values[i]);
        }
        return texts;
    }
}

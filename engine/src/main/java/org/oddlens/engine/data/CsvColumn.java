package org.oddlens.engine.data;

import java.util.List;

/** What is known of one column of a text table after all its cells were seen. */
final class CsvColumn {

    /** A column stays one of numbers as long as it has more than so many numbers for each other cell. */
    private static final int NUMBERS_PER_ODD_CELL = 4;

    private final ValueScan numbers = new ValueScan();
    private final TextScan texts = new TextScan();
    private String name;
    private int numeric;
    private int odd;
    private int missing;
    private String firstOdd;
    private long firstOddLine;
    private boolean countsRows = true;

    CsvColumn(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    void rename(String other) {
        name = other;
    }

    /** Takes note of a cell; {@code number} is NaN where it is none. */
    void add(String cell, double number, long line) {
        if (!Double.isNaN(number)) {
            numeric++;
            countsRows &= number >= 0 && number == Math.rint(number);
            numbers.add(number);
            texts.add(LabelText.of(number));
            return;
        }
        numbers.add(Double.NaN);
        if (CsvNumbers.isMissing(cell)) {
            missing++;
            texts.add("");
            return;
        }
        texts.add(cell);
        if (odd++ == 0) {
            firstOdd = cell;
            firstOddLine = line;
        }
    }

    /** Numbers, perhaps with a few cells that are none and count as missing. */
    boolean isNumber() {
        return numeric > NUMBERS_PER_ODD_CELL * odd;
    }

    boolean isEmpty() {
        return numeric == 0 && odd == 0;
    }

    /** Whole numbers from 0 in every row. */
    boolean countsRows() {
        return countsRows && numeric > 0 && odd == 0 && missing == 0;
    }

    String firstOdd() {
        return firstOdd;
    }

    long firstOddLine() {
        return firstOddLine;
    }

    /** Numbers beside words, as a sentence; "" if the column is of one kind. */
    String mixture() {
        if (odd == 0 || numeric == 0) {
            return "";
        }
        String cells = "Column '" + name + "' holds '" + firstOdd + "' in line " + firstOddLine
                + (odd == 1 ? "" : " and " + Sentences.count(odd - 1, "more such cell"));
        return isNumber()
                ? cells + ", which " + (odd == 1 ? "is" : "are") + " no number and count" + (odd == 1 ? "s" : "")
                        + " as missing."
                : "Column '" + name + "' is taken as text, because line " + firstOddLine + " holds '" + firstOdd + "'.";
    }

    /** Range and counts of a column of numbers. */
    ArrayInfo range(int rows) {
        return numbers.info(name, List.of(rows), "number");
    }

    /** What a label or a column beside the features is chosen by. */
    ArrayInfo info(int rows) {
        ArrayInfo text = texts.info(name, List.of(rows));
        if (!isNumber()) {
            return text;
        }
        ArrayInfo range = range(rows);
        return odd == 0
                ? range
                : new ArrayInfo(
                        name,
                        range.shape(),
                        range.type(),
                        range.min(),
                        range.max(),
                        range.missing(),
                        range.infinite(),
                        text.distinct(),
                        true,
                        "");
    }
}

package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.List;

/** Finds out whether the first row of a text table names its columns. */
final class CsvHeader {

    private static final int FEW = 4;

    private final List<List<String>> rows;
    private final CsvNumbers numbers;

    private CsvHeader(List<List<String>> rows, CsvNumbers numbers) {
        this.rows = rows;
        this.numbers = numbers;
    }

    /**
     * The names, as many as {@code width}; null if the first row holds values.
     *
     * @param rows the first rows, the one in question first
     */
    static List<String> of(List<List<String>> rows, CsvNumbers numbers, int width) {
        if (rows.isEmpty()) {
            return null;
        }
        List<String> first = rows.get(0);
        CsvHeader header = new CsvHeader(rows, numbers);
        if (first.size() == width - 1 && rows.size() > 1 && rows.get(1).size() == width) {
            List<String> names = new ArrayList<>(first);
            boolean trailing = rows.stream()
                    .skip(1)
                    .allMatch(row -> row.size() < width || row.get(width - 1).isEmpty());
            names.add(trailing ? names.size() : 0, "");
            return names;
        }
        return header.isAboveNumbers() || header.counts() || header.isAboveDigits() ? first : null;
    }

    /** A column is text there and numbers below. */
    private boolean isAboveNumbers() {
        List<String> first = rows.get(0);
        for (int column = 0; column < first.size(); column++) {
            if (!isWord(first.get(column))) {
                continue;
            }
            int words = 0;
            int found = 0;
            for (int row = 1; row < rows.size(); row++) {
                String cell = cell(row, column);
                found += numbers.isNumber(cell) ? 1 : 0;
                words += isWord(cell) ? 1 : 0;
            }
            if (found > 0 && (words == 0 || found > FEW * words)) {
                return true;
            }
        }
        return false;
    }

    private boolean isWord(String cell) {
        return !CsvNumbers.isMissing(cell) && !numbers.isNumber(cell);
    }

    private String cell(int row, int column) {
        return column < rows.get(row).size() ? rows.get(row).get(column) : "";
    }

    /** Columns without names are written as 0, 1, 2, … (or 1, 2, 3, …), perhaps beside an empty cell above the index. */
    private boolean counts() {
        List<String> first = rows.get(0);
        int from = first.get(0).isEmpty() ? 1 : 0;
        int columns = first.size() - from;
        if (columns < 2 || rows.size() < 2) {
            return false;
        }
        double start = numbers.number(first.get(from));
        if (start != 0 && start != 1) {
            return false;
        }
        for (int i = 0; i < columns; i++) {
            if (numbers.number(first.get(from + i)) != start + i) {
                return false;
            }
        }
        return columns >= FEW || from == 1 || hasFractions();
    }

    /** With two or three columns 0, 1, 2 may be values, unless all other rows are of another kind. */
    private boolean hasFractions() {
        return rows.stream().skip(1).allMatch(row -> row.stream()
                .anyMatch(cell -> numbers.isNumber(cell) && numbers.number(cell) != Math.rint(numbers.number(cell))));
    }

    /** No cell has a digit, but below them some have: numbers that cannot be read, as it will turn out. */
    private boolean isAboveDigits() {
        List<String> first = rows.get(0);
        return rows.size() > 1
                && first.stream().noneMatch(CsvHeader::hasDigit)
                && rows.stream().skip(1).allMatch(row -> row.stream().anyMatch(CsvHeader::hasDigit));
    }

    private static boolean hasDigit(String cell) {
        return cell.chars().anyMatch(c -> c >= '0' && c <= '9');
    }
}

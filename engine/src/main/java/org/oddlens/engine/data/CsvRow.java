package org.oddlens.engine.data;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Arrays;

/** One row of a text table. The same object is filled again for the next row. */
final class CsvRow {

    /** A table of more columns than this is refused. */
    static final int MAX_COLUMNS = 200_000;

    private static final long MAX_CHARACTERS = 256L << 20;

    private String[] cells = new String[16];
    private int count;
    private long line;

    /** Number of cells. */
    int count() {
        return count;
    }

    /** Where the row begins in the file, from 1. */
    long line() {
        return line;
    }

    /** A cell without white space around it; "" beyond the last. */
    String cell(int column) {
        return column < count ? cells[column] : "";
    }

    /** A copy of all cells. */
    String[] cells() {
        return Arrays.copyOf(cells, count);
    }

    /** Thrown for a row that no table has. */
    static final class TooLong extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final long line;

        TooLong(long line) {
            this.line = line;
        }

        long line() {
            return line;
        }
    }

    /** Fills the row from the parser, which sets no limit to the number of cells itself. */
    static final class Handler extends AbstractBaseCsvCallbackHandler<CsvRow> {

        private final CsvRow row = new CsvRow();
        private final long linesBefore;
        private final boolean runs;
        private long characters;

        /**
         * @param linesBefore lines of the file that the parser does not see
         * @param runs        several delimiters in a row are one, as in tables aligned by spaces
         */
        Handler(long linesBefore, boolean runs) {
            this.linesBefore = linesBefore;
            this.runs = runs;
        }

        @Override
        protected void handleBegin(long startingLineNumber) {
            row.count = 0;
            row.line = startingLineNumber + linesBefore;
            characters = 0;
        }

        @Override
        protected void handleField(int column, char[] buffer, int offset, int length, boolean quoted) {
            characters += length;
            if (runs && length == 0 && !quoted) {
                return;
            }
            int place = runs ? row.count : column;
            if (place >= MAX_COLUMNS || characters > MAX_CHARACTERS) {
                throw new TooLong(row.line);
            }
            if (place == row.cells.length) {
                row.cells = Arrays.copyOf(row.cells, 2 * place);
            }
            row.cells[place] = stripped(buffer, offset, length);
            row.count = place + 1;
        }

        private static String stripped(char[] buffer, int offset, int length) {
            int from = offset;
            int end = offset + length;
            while (from < end && blank(buffer[from])) {
                from++;
            }
            while (end > from && blank(buffer[end - 1])) {
                end--;
            }
            return new String(buffer, from, end - from);
        }

        private static boolean blank(char c) {
            return c <= ' ' || c > 127 && (Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff');
        }

        @Override
        protected CsvRow buildRecord() {
            return row;
        }
    }
}

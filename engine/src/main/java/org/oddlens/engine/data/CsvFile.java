package org.oddlens.engine.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * A text table. Its array {@code table} holds all numeric columns; every column can also be read by its name, as label.
 *
 * <p>The file is read twice, once to look and once for the values, so that only numbers are ever held.
 */
final class CsvFile implements DataFile {

    static final String TABLE = "table";

    private static final int MAX_COLUMNS = 20_000;

    private static final class Column {
        private final String name;
        private final ValueScan numbers = new ValueScan();
        private final TextScan texts = new TextScan();
        private int numeric;
        private String firstText;
        private long firstTextLine;

        Column(String name) {
            this.name = name;
        }

        boolean isText() {
            return firstText != null;
        }

        boolean isEmpty() {
            return firstText == null && numeric == 0;
        }
    }

    private final TextSource source;
    private final CsvDialect dialect;
    private final ReadBudget budget;
    private final List<Column> columns = new ArrayList<>();
    private final Map<String, Integer> numericColumns = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private int rows;

    CsvFile(TextSource source, ReadBudget budget) throws IOException {
        this.source = source;
        this.budget = budget;
        dialect = CsvDialect.guess(source.sample());
        forEachRow(this::look);
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).isText() && !columns.get(i).isEmpty()) {
                numericColumns.put(columns.get(i).name, i);
            }
        }
        if (rows < 2 || numericColumns.isEmpty()) {
            throw new DataFormatException(
                    source.file(),
                    source.file().getFileName() + " holds plain text (" + Sentences.count(rows, "line")
                            + "), but no table of two rows or more with a column of numbers. "
                            + DataFiles.KNOWN_FORMATS);
        }
        long cells = (long) rows * numericColumns.size();
        if (cells > Math.min(Integer.MAX_VALUE - 8, budget.maxBytes() / Float.BYTES)) {
            throw new DataFormatException(
                    source.file(),
                    source.file().getFileName() + " has " + Sentences.count(rows, "row") + " of "
                            + Sentences.count(numericColumns.size(), "number") + ", more than the "
                            + Sentences.bytes(budget.maxBytes()) + " that may be read. Save fewer rows.");
        }
        describe();
    }

    private void look(CsvRecord row, Long line) {
        for (int i = 0; i < columns.size(); i++) {
            Column column = columns.get(i);
            String cell = row.getField(i).strip();
            double number = dialect.number(cell);
            boolean missing = Double.isNaN(number) && CsvDialect.isMissing(cell);
            if (missing) {
                column.texts.add("");
                column.numbers.add(Double.NaN);
            } else {
                column.texts.add(Double.isNaN(number) ? cell : LabelText.of(number));
                if (Double.isNaN(number)) {
                    if (column.firstText == null) {
                        column.firstText = cell;
                        column.firstTextLine = line;
                    }
                } else {
                    column.numeric++;
                    column.numbers.add(number);
                }
            }
        }
        rows++;
    }

    private void describe() {
        notes.add("Read as text table: " + dialect.describe() + ", " + source.charsetName() + ".");
        ValueScan all = new ValueScan();
        long missing = 0;
        long infinite = 0;
        for (int index : numericColumns.values()) {
            ArrayInfo info = columns.get(index).numbers.info("", List.of(rows), "number");
            all.add(info.min());
            all.add(info.max());
            missing += info.missing();
            infinite += info.infinite();
        }
        List<Integer> shape = List.of(rows, numericColumns.size());
        ArrayInfo range = all.info(TABLE, shape, "number");
        arrays.add(new ArrayInfo(
                TABLE, shape, "number", range.min(), range.max(), missing, infinite, List.of(), true, ""));
        List<String> empty = new ArrayList<>();
        for (Column column : columns) {
            if (column.isEmpty()) {
                empty.add(column.name);
            } else if (column.isText()) {
                arrays.add(column.texts.info(column.name, List.of(rows)));
                if (column.numeric > 0) {
                    notes.add("Column '" + column.name + "' is taken as text, because line " + column.firstTextLine
                            + " holds '" + column.firstText + "'.");
                }
            } else {
                ArrayInfo info = column.numbers.info(column.name, List.of(rows), "number");
                if (!info.distinct().isEmpty()) {
                    arrays.add(info);
                }
            }
        }
        if (!empty.isEmpty()) {
            notes.add("Left out, because no row has a value there: " + Sentences.list(empty, 10) + ".");
        }
    }

    /** Passes all rows below the header, after checking that each has as many cells as the first. */
    private void forEachRow(BiConsumer<CsvRecord, Long> sink) throws IOException {
        try (CsvReader<CsvRecord> reader =
                dialect.reader().detectBomHeader(false).ofCsvRecord(source.open())) {
            int expected = -1;
            for (CsvRecord row : reader) {
                if (expected < 0) {
                    expected = row.getFieldCount();
                    if (columns.isEmpty()) {
                        name(row);
                    }
                    if (dialect.header()) {
                        continue;
                    }
                } else if (row.getFieldCount() != expected) {
                    throw new DataFormatException(
                            source.file(),
                            "Line " + row.getStartingLineNumber() + " of "
                                    + source.file().getFileName() + " has "
                                    + Sentences.count(row.getFieldCount(), "cell") + ", but the first line has "
                                    + Sentences.count(expected) + " (" + dialect.describe()
                                    + "). Mend that line and import again.");
                }
                sink.accept(row, row.getStartingLineNumber());
            }
        } catch (CsvParseException | UncheckedIOException unreadable) {
            Throwable cause = unreadable.getCause();
            if (cause instanceof CharacterCodingException coding) {
                throw coding;
            }
            if (cause instanceof IOException io && io.getMessage() != null) {
                throw io;
            }
            throw new DataFormatException(
                    source.file(),
                    source.file().getFileName() + " cannot be read as a table: " + unreadable.getMessage() + ".",
                    unreadable);
        }
    }

    private void name(CsvRecord first) {
        if (first.getFieldCount() > MAX_COLUMNS) {
            throw new DataFormatException(
                    source.file(),
                    source.file().getFileName() + " has " + Sentences.count(first.getFieldCount())
                            + " columns, more than the " + Sentences.count(MAX_COLUMNS) + " allowed.");
        }
        for (int i = 0; i < first.getFieldCount(); i++) {
            String name = dialect.header() ? first.getField(i).strip() : "";
            String base = name.isEmpty() ? "column " + (i + 1) : name.equals(TABLE) ? TABLE + " column" : name;
            String unique = base;
            for (int copy = 2; known(unique); copy++) {
                unique = base + " (" + copy + ")";
            }
            columns.add(new Column(unique));
        }
    }

    private boolean known(String name) {
        return columns.stream().anyMatch(c -> c.name.equals(name));
    }

    @Override
    public boolean namesColumns() {
        return dialect.header();
    }

    @Override
    public double[] doubles(String name) {
        int[] picked = name.equals(TABLE)
                ? numericColumns.values().stream().mapToInt(Integer::intValue).toArray()
                : new int[] {column(name)};
        double[] out = new double[rows * picked.length];
        int[] at = new int[1];
        again((row, line) -> {
            for (int column : picked) {
                out[at[0]++] = dialect.number(row.getField(column).strip());
            }
        });
        return out;
    }

    @Override
    public String[] texts(String name) {
        int column = column(name);
        String[] out = new String[rows];
        int[] at = new int[1];
        Map<String, String> seen = new LinkedHashMap<>();
        again((row, line) -> {
            String cell = row.getField(column).strip();
            double number = dialect.number(cell);
            String text = Double.isNaN(number) ? (CsvDialect.isMissing(cell) ? "" : cell) : LabelText.of(number);
            String known = seen.size() < 1000 ? seen.putIfAbsent(text, text) : seen.get(text);
            out[at[0]++] = known == null ? text : known;
        });
        return out;
    }

    @Override
    public String[][] cells(List<String> names) {
        int[] picked = names.stream().mapToInt(this::column).toArray();
        String[][] out = new String[picked.length][rows];
        if (picked.length == 0) {
            return out;
        }
        int[] at = new int[1];
        Map<String, String> seen = new LinkedHashMap<>();
        again((row, line) -> {
            for (int k = 0; k < picked.length; k++) {
                String cell = row.getField(picked[k]).strip();
                String text = CsvDialect.isMissing(cell) ? "" : cell;
                String known = seen.size() < 1000 ? seen.putIfAbsent(text, text) : seen.get(text);
                out[k][at[0]] = known == null ? text : known;
            }
            at[0]++;
        });
        return out;
    }

    private int column(String name) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name.equals(name)) {
                return i;
            }
        }
        throw new DataFormatException(
                source.file(),
                source.file().getFileName() + " has no column '" + name + "'. It has "
                        + Sentences.list(columns.stream().map(c -> c.name).toList(), 20) + ".");
    }

    private void again(BiConsumer<CsvRecord, Long> sink) {
        try {
            forEachRow(sink);
        } catch (IOException | IndexOutOfBoundsException changed) {
            throw new DataFormatException(
                    source.file(),
                    source.file().getFileName() + " cannot be read again; it may have changed meanwhile.",
                    changed);
        }
    }

    @Override
    public List<String> columnNames(String name) {
        return name.equals(TABLE) ? List.copyOf(numericColumns.keySet()) : List.of();
    }

    @Override
    public List<String> notes() {
        return List.copyOf(notes);
    }

    @Override
    public Path path() {
        return source.file();
    }

    @Override
    public String format() {
        return "Text table (CSV)";
    }

    @Override
    public List<ArrayInfo> arrays() {
        return List.copyOf(arrays);
    }

    @Override
    public void close() {
        // nothing stays open between reads
    }
}

package org.oddlens.engine.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A text table. Its array {@code table} holds all numeric columns; every column can also be read by its name, as label.
 *
 * <p>The file is read twice, once to look and once for the values, so that only numbers are ever held.
 */
final class CsvFile implements DataFile {

    static final String TABLE = "table";

    /** What an unnamed first column is called that counts the rows, as those of pandas and R do. */
    private static final String INDEX = "index";

    private final TextSource source;
    private final CsvDialect dialect;
    private final ReadBudget budget;
    private final List<CsvColumn> columns = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<String, Integer> numericColumns = new LinkedHashMap<>();
    private final Map<String, ArrayInfo> arrays = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Long> repeatedHeaders = new ArrayList<>();
    private int rows;

    CsvFile(TextSource source, ReadBudget budget) throws IOException {
        this.source = source;
        this.budget = budget;
        String sample = source.sample();
        String other = TextFormats.other(sample);
        if (!other.isEmpty()) {
            throw refused("is " + other);
        }
        dialect = CsvDialect.guess(sample);
        name();
        forEachRow(row -> {
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).add(row.cell(i), dialect.numbers(i).number(row.cell(i)), row.line());
            }
            rows++;
        });
        nameIndex();
        for (int i = 0; i < columns.size(); i++) {
            places.put(columns.get(i).name(), i);
            if (columns.get(i).isNumber()) {
                numericColumns.put(columns.get(i).name(), i);
            }
        }
        requireTable();
        describe();
    }

    private DataFormatException refused(String what) {
        return new DataFormatException(source.file(), source.file().getFileName() + " " + what);
    }

    private void requireTable() {
        if (rows == 0 || numericColumns.isEmpty() || rows < 2 && dialect.header() == null) {
            Optional<CsvColumn> words = columns.stream()
                    .filter(c -> c.firstOdd() != null && c.firstOdd().matches(".*\\d.*"))
                    .findFirst();
            if (rows > 1 && columns.size() > 1 && words.isPresent()) {
                throw refused("has no column of numbers: line " + words.get().firstOddLine() + " holds '"
                        + words.get().firstOdd() + "' in column '" + words.get().name() + "' ("
                        + dialect.describe() + "). Write the numbers as 1234.5 and import again.");
            }
            throw refused(
                    dialect.header() != null && rows == 0
                            ? "holds the names of " + Sentences.count(columns.size(), "column") + ", but no row below."
                            : "holds plain text (" + Sentences.count(rows + (dialect.headerInside() ? 1 : 0), "line")
                                    + "), but no table with a column of numbers. " + DataFiles.KNOWN_FORMATS);
        }
        long bytes = (long) rows * numericColumns.size() * Double.BYTES;
        if (bytes > Math.min((Integer.MAX_VALUE - 8L) * Double.BYTES, budget.maxBytes())) {
            throw refused("has " + Sentences.count(rows, "row") + " of "
                    + Sentences.count(numericColumns.size(), "number") + ", which take " + budget.tooMuch(bytes) + ".");
        }
    }

    private void name() {
        Map<String, Integer> copies = new HashMap<>();
        List<String> repeated = new ArrayList<>();
        for (int i = 0; i < dialect.width(); i++) {
            String name = dialect.header() == null ? "" : dialect.header().get(i);
            String base = name.isEmpty() ? "column " + (i + 1) : name.equals(TABLE) ? TABLE + " column" : name;
            String unique = base;
            while (copies.containsKey(unique)) {
                unique = base + " (" + copies.merge(base, 1, Integer::sum) + ")";
            }
            copies.put(unique, 1);
            if (!unique.equals(base)) {
                repeated.add("'" + unique + "'");
            }
            columns.add(new CsvColumn(unique));
        }
        if (!repeated.isEmpty()) {
            notes.add("Names of columns are repeated; the later ones are called " + Sentences.list(repeated, 10) + ".");
        }
    }

    /** A first column without a name that counts the rows is the index that pandas and R write. */
    private void nameIndex() {
        if (dialect.header() != null
                && columns.size() > 1
                && dialect.header().get(0).isEmpty()
                && columns.get(0).countsRows()
                && columns.stream().noneMatch(c -> c.name().equals(INDEX))) {
            columns.get(0).rename(INDEX);
            notes.add("The first column has no name and numbers the rows; it is called '" + INDEX + "'.");
        }
    }

    private void describe() {
        notes.add(0, "Read as text table: " + dialect.describe() + ", " + source.charsetName() + ".");
        noteLeftOut();
        CsvNumbers numbers = dialect.numbers();
        if (numbers.ambiguous() && dialect.delimiter() != ',' || numbers.ambiguous() && numbers.grouped()) {
            notes.add("Every number with a " + (numbers.decimalComma() || numbers.grouped() ? "comma" : "point")
                    + " has exactly three digits behind it, so nothing tells thousands from fractions. They were read"
                    + " as " + (numbers.grouped() ? "thousands" : "fractions") + "; check the range.");
        }
        List<String> unlike = IntStream.range(0, columns.size())
                .filter(i -> dialect.numbers(i).decimalComma() != numbers.decimalComma()
                        && columns.get(i).isNumber())
                .mapToObj(i -> columns.get(i).name())
                .toList();
        if (!unlike.isEmpty()) {
            notes.add("Written with a decimal " + (numbers.decimalComma() ? "point" : "comma") + ", unlike the rest: "
                    + Sentences.list(unlike, 10) + ".");
        }
        ValueScan all = new ValueScan();
        long missing = 0;
        long infinite = 0;
        for (int index : numericColumns.values()) {
            ArrayInfo info = columns.get(index).range(rows);
            all.add(info.min());
            all.add(info.max());
            missing += info.missing();
            infinite += info.infinite();
        }
        List<Integer> shape = List.of(rows, numericColumns.size());
        ArrayInfo range = all.info(TABLE, shape, "number");
        arrays.put(
                TABLE,
                new ArrayInfo(
                        TABLE, shape, "number", range.min(), range.max(), missing, infinite, List.of(), true, ""));
        List<String> empty = new ArrayList<>();
        for (CsvColumn column : columns) {
            if (column.isEmpty()) {
                empty.add(column.name());
                continue;
            }
            ArrayInfo info = column.info(rows);
            if (!column.isNumber() || !info.distinct().isEmpty()) {
                arrays.put(column.name(), info);
            }
            if (!column.mixture().isEmpty()) {
                notes.add(column.mixture());
            }
        }
        if (!empty.isEmpty()) {
            notes.add("Left out, because no row has a value there: " + Sentences.list(empty, 10) + ".");
        }
    }

    private void noteLeftOut() {
        int above = dialect.skipped() - (dialect.header() == null || dialect.headerInside() ? 0 : 1);
        if (above > 0) {
            notes.add("The table begins in line " + (above + 1) + "; "
                    + (above == 1 ? "the line" : "the " + Sentences.count(above) + " lines") + " above it "
                    + (above == 1 ? "was" : "were") + " left out.");
        }
        if (dialect.headerInside() && dialect.header().stream().noneMatch(name -> name.matches(".*\\D.*"))) {
            notes.add("Line " + (dialect.skipped() + 1) + " counts the columns ("
                    + String.join(", ", dialect.header().subList(0, 2))
                    + ", …) and is taken for their names, not for a row.");
        }
        if (dialect.comments() != 0) {
            notes.add("Other lines that begin with " + dialect.comments() + " are left out, too.");
        }
        if (!repeatedHeaders.isEmpty()) {
            boolean one = repeatedHeaders.size() == 1;
            notes.add((one ? "Line " : "Lines ")
                    + Sentences.list(
                            repeatedHeaders.stream().map(String::valueOf).toList(), 5)
                    + (one ? " repeats" : " repeat") + " the column names and " + (one ? "was" : "were")
                    + " left out.");
        }
    }

    @Override
    public List<String> oddCells() {
        return columns.stream()
                .filter(CsvColumn::isNumber)
                .map(CsvColumn::mixture)
                .filter(sentence -> !sentence.isEmpty())
                .toList();
    }

    /** Passes all rows below the header, after checking that each has as many cells as the table has columns. */
    private void forEachRow(Consumer<CsvRow> sink) throws IOException {
        boolean looking = rows == 0;
        try (CsvReader<CsvRow> reader = dialect.rows(source.open())) {
            boolean first = dialect.headerInside();
            for (CsvRow row : reader) {
                if (first) {
                    first = false;
                } else if (isHeader(row)) {
                    if (looking) {
                        repeatedHeaders.add(row.line());
                    }
                } else if (row.count() > 0) {
                    requireWidth(row);
                    sink.accept(row);
                }
            }
        } catch (CsvParseException | UncheckedIOException unreadable) {
            Throwable cause = unreadable.getCause();
            if (cause instanceof CsvRow.TooLong tooLong) {
                throw refused("has more than " + Sentences.count(CsvRow.MAX_COLUMNS) + " cells in line "
                        + tooLong.line() + ", or a line too long to be read.");
            }
            if (cause instanceof DataFormatException sentence) {
                throw sentence;
            }
            if (cause instanceof CharacterCodingException coding) {
                throw coding;
            }
            if (cause instanceof IOException io && !(unreadable instanceof CsvParseException)) {
                throw io;
            }
            throw refused("cannot be read as a table: it has a cell of more than 16 million characters. Perhaps a"
                    + " quotation mark is opened and never closed.");
        }
    }

    private boolean isHeader(CsvRow row) {
        if (dialect.header() == null || row.count() != dialect.header().size() || row.count() < 2) {
            return false;
        }
        for (int i = 0; i < row.count(); i++) {
            if (!row.cell(i).equals(dialect.header().get(i))) {
                return false;
            }
        }
        return true;
    }

    private void requireWidth(CsvRow row) {
        boolean more = row.count() > dialect.width();
        for (int i = dialect.width(); i < row.count() && more; i++) {
            more = row.cell(i).isEmpty(); // delimiters at the end of the line
        }
        if (row.count() == dialect.width() || more) {
            return;
        }
        boolean open = row.cell(row.count() - 1).indexOf('\n') >= 0;
        throw new DataFormatException(
                source.file(),
                "Line " + row.line() + " of " + source.file().getFileName() + " has "
                        + Sentences.count(row.count(), "cell") + ", but the table has "
                        + Sentences.count(dialect.width(), "column") + " (" + dialect.describe() + "). "
                        + (open ? "A quotation mark is opened there and closed in a later line or never. " : "")
                        + "Mend that line and import again.");
    }

    private int[] numericPlaces() {
        return numericColumns.values().stream().mapToInt(Integer::intValue).toArray();
    }

    @Override
    public boolean namesColumns() {
        return dialect.header() != null;
    }

    @Override
    public double[] doubles(String name) {
        int[] picked = name.equals(TABLE) ? numericPlaces() : new int[] {column(name)};
        double[] out = new double[rows * picked.length];
        int[] at = new int[1];
        again(row -> {
            for (int column : picked) {
                out[at[0]++] = dialect.numbers(column).number(row.cell(column));
            }
        });
        return out;
    }

    @Override
    public String[] texts(String name) {
        int column = column(name);
        String[] out = new String[rows];
        int[] at = new int[1];
        Map<String, String> seen = new HashMap<>();
        again(row -> {
            String cell = row.cell(column);
            double number = dialect.numbers(column).number(cell);
            String text = Double.isNaN(number) ? (CsvNumbers.isMissing(cell) ? "" : cell) : LabelText.of(number);
            out[at[0]++] = NpyDecoder.shared(text, seen);
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
        Map<String, String> seen = new HashMap<>();
        again(row -> {
            for (int k = 0; k < picked.length; k++) {
                String cell = row.cell(picked[k]);
                out[k][at[0]] = NpyDecoder.shared(CsvNumbers.isMissing(cell) ? "" : cell, seen);
            }
            at[0]++;
        });
        return out;
    }

    private int column(String name) {
        Integer place = name.equals(TABLE) && numericColumns.size() == 1
                ? Integer.valueOf(numericPlaces()[0])
                : places.get(name);
        if (place == null) {
            throw refused("has no column '" + name + "'. It has "
                    + Sentences.list(columns.stream().map(CsvColumn::name).toList(), 20) + ".");
        }
        return place;
    }

    private void again(Consumer<CsvRow> sink) {
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
        return List.copyOf(arrays.values());
    }

    @Override
    public Optional<ArrayInfo> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    @Override
    public void close() {
        // nothing stays open between reads
    }
}

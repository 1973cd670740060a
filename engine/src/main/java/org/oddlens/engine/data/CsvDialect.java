package org.oddlens.engine.data;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a text table is written, guessed from its beginning.
 *
 * @param delimiter    between cells
 * @param quote        around cells
 * @param spaced       white space stands between a delimiter and a quote
 * @param comments     lines that begin with this mark are left out; 0 if none are
 * @param numbers      how most numbers are written
 * @param columns      how those of each column are
 * @param skipped      lines before the table
 * @param header       names of the columns where the first row holds them, else null
 * @param headerInside the names stand in a row of the table (and not in a comment above it)
 * @param width        cells of a row
 */
record CsvDialect(
        char delimiter,
        char quote,
        boolean spaced,
        char comments,
        CsvNumbers numbers,
        List<CsvNumbers> columns,
        int skipped,
        List<String> header,
        boolean headerInside,
        int width) {

    private static final char[] DELIMITERS = {',', ';', '\t', '|', ' '};
    private static final int SAMPLE_ROWS = 200;
    private static final int SAMPLE_CELLS = 1000;
    private static final int MAX_PREAMBLE = 50;
    private static final Pattern SEPARATOR = Pattern.compile("\\s*\"?sep=(.)\"?\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern SINGLE_QUOTED = Pattern.compile("(^|[,;\\t|\\n])'[^'\\n]*'($|[,;\\t|\\r\\n])");

    private record Line(long number, List<String> cells) {}

    /** Guesses; {@code sample} must end at a line break unless it is the whole text. */
    static CsvDialect guess(String sample) {
        String rest = sample;
        int skipped = 0;
        String delimiters = new String(DELIMITERS);
        String comment = "";
        for (int end = endOfLine(rest); end > 0; end = endOfLine(rest)) {
            String line = rest.substring(0, end).strip();
            Matcher separator = SEPARATOR.matcher(rest.substring(0, end).replaceAll("[\\r\\n]", ""));
            if (separator.matches() && skipped == 0) {
                delimiters = separator.group(1);
            } else if (line.startsWith("#") || line.startsWith("%")) {
                comment = line;
            } else if (!line.isEmpty()) {
                break;
            }
            rest = rest.substring(end);
            skipped++;
        }
        char marks = comment.isEmpty() ? 0 : comment.charAt(0);
        char quote = rest.indexOf('"') < 0 && SINGLE_QUOTED.matcher(rest).find() ? '\'' : '"';
        CsvDialect best = null;
        double bestScore = -1;
        for (char delimiter : delimiters.toCharArray()) {
            CsvDialect candidate = candidate(rest, delimiter, quote, marks, skipped);
            double score = candidate.score(rest);
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best.fitted(rest, comment);
    }

    private static int endOfLine(String text) {
        int feed = text.indexOf('\n');
        int carriage = text.indexOf('\r');
        if (carriage >= 0 && (feed < 0 || carriage < feed - 1)) {
            return carriage + 1;
        }
        return feed + 1;
    }

    private static CsvDialect candidate(String sample, char delimiter, char quote, char comments, int skipped) {
        CsvNumbers plain = new CsvNumbers(false, false, false);
        // Said only where it is so, because the parser then accepts nothing between a quote and the next delimiter.
        boolean spaced = delimiter > ' '
                && Pattern.compile(Pattern.quote("" + delimiter) + "[ \\t]+" + quote)
                        .matcher(sample)
                        .find();
        CsvDialect dialect =
                new CsvDialect(delimiter, quote, spaced, comments, plain, List.of(), skipped, null, false, 0);
        CsvNumbers.Evidence evidence = new CsvNumbers.Evidence();
        dialect.lines(sample).forEach(line -> line.cells.stream()
                .limit(SAMPLE_CELLS)
                .filter(cell -> !cell.isEmpty())
                .forEach(evidence::add));
        return new CsvDialect(delimiter, quote, spaced, comments, evidence.guess(), List.of(), skipped, null, false, 0);
    }

    private static int usual(List<Line> lines) {
        Map<Integer, Integer> widths = new HashMap<>();
        lines.forEach(line -> widths.merge(line.cells.size(), 1, Integer::sum));
        return widths.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse(0);
    }

    /** More than one column, as many cells in every row, many numbers. */
    private double score(String sample) {
        List<Line> lines = lines(sample);
        if (lines.isEmpty()) {
            return 0;
        }
        int usual = usual(lines);
        int agreeing = 0;
        int cells = 0;
        int numbersFound = 0;
        for (Line line : lines) {
            agreeing += line.cells.size() == usual ? 1 : 0;
            for (String cell : line.cells.subList(0, Math.min(SAMPLE_CELLS, line.cells.size()))) {
                cells++;
                numbersFound += numbers.isNumber(cell) ? 1 : 0;
            }
        }
        double share = (double) agreeing / lines.size();
        return (usual > 1 && share >= 0.5 ? 1 : 0) + share + (double) numbersFound / cells;
    }

    /** Finds where the table begins, how wide it is and whether its first row names the columns. */
    private CsvDialect fitted(String sample, String comment) {
        List<Line> lines = lines(sample);
        int usual = usual(lines);
        int first = 0;
        while (first < Math.min(lines.size() - 1, MAX_PREAMBLE)
                && lines.get(first).cells.size() < usual
                && !isHeaderWithoutFirst(lines, first, usual)
                && isPreamble(lines.get(first), usual)) {
            first++;
        }
        if (first > 0 && lines.get(first).cells.size() != usual && !isHeaderWithoutFirst(lines, first, usual)) {
            first = 0;
        }
        int more = first == 0 ? 0 : (int) lines.get(first).number - 1;
        List<Line> table = lines.subList(Math.min(first, lines.size()), lines.size());
        List<String> names = CsvHeader.of(cells(table), numbers, usual);
        boolean inside = names != null;
        if (!inside && comment.startsWith("#")) {
            names = lineOf(comment.substring(1))
                    .filter(n -> n.size() == usual && usual > 1)
                    .orElse(null);
        }
        return new CsvDialect(
                delimiter,
                quote,
                spaced,
                comments,
                numbers,
                byColumn(table, usual),
                skipped + more,
                names,
                inside,
                usual);
    }

    /** Columns that are written unlike the rest, as far as that is certain. */
    private List<CsvNumbers> byColumn(List<Line> table, int usual) {
        List<CsvNumbers> styles = new ArrayList<>();
        for (int column = 0; column < Math.min(usual, SAMPLE_CELLS); column++) {
            CsvNumbers.Evidence evidence = new CsvNumbers.Evidence();
            for (Line line : table) {
                String cell = column < line.cells.size() ? line.cells.get(column) : "";
                if (!cell.isEmpty()) {
                    evidence.add(cell);
                }
            }
            styles.add(evidence.guess(numbers));
        }
        return List.copyOf(styles);
    }

    /** How the numbers of a column are written. */
    CsvNumbers numbers(int column) {
        return column < columns.size() ? columns.get(column) : numbers;
    }

    private Optional<List<String>> lineOf(String text) {
        return lines(text).stream().map(Line::cells).findFirst();
    }

    private static List<List<String>> cells(List<Line> lines) {
        return lines.stream().map(Line::cells).toList();
    }

    /** R writes no name above the column of row names. */
    private boolean isHeaderWithoutFirst(List<Line> lines, int at, int usual) {
        return lines.get(at).cells.size() == usual - 1
                && usual > 2
                && !holdsNumber(lines.get(at))
                && lines.get(at + 1).cells.size() == usual;
    }

    /** Words, or much less than a row with a word in it; a row of too few numbers is a damaged one. */
    private boolean isPreamble(Line line, int usual) {
        boolean words = line.cells.stream().anyMatch(cell -> !CsvNumbers.isMissing(cell) && !numbers.isNumber(cell));
        return !holdsNumber(line) || words && 2 * line.cells.size() <= usual;
    }

    private boolean holdsNumber(Line line) {
        return line.cells.stream().anyMatch(numbers::isNumber);
    }

    /** A parser of the table's rows; {@code text} begins where the file does. */
    CsvReader<CsvRow> rows(Reader text) throws IOException {
        BufferedReader lines = new BufferedReader(text);
        for (int i = 0; i < skipped; i++) {
            lines.readLine();
        }
        return parser(lines, skipped);
    }

    private CsvReader<CsvRow> parser(Reader text, long linesBefore) {
        return CsvReader.builder()
                .fieldSeparator(delimiter)
                .quoteCharacter(quote)
                .commentStrategy(comments == 0 ? CommentStrategy.NONE : CommentStrategy.SKIP)
                .commentCharacter(comments == 0 ? '#' : comments)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .detectBomHeader(false)
                .allowExtraCharsAfterClosingQuote(!spaced)
                .trimWhitespacesAroundQuotes(spaced)
                .build(new CsvRow.Handler(linesBefore, delimiter == ' '), text);
    }

    private List<Line> lines(String sample) {
        List<Line> lines = new ArrayList<>();
        try (CsvReader<CsvRow> reader = parser(new StringReader(sample), 0)) {
            for (CsvRow row : reader) {
                if (row.count() > 0) {
                    lines.add(new Line(row.line(), List.of(row.cells())));
                }
                if (lines.size() == SAMPLE_ROWS) {
                    break;
                }
            }
        } catch (CsvParseException unreadable) {
            return lines;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return lines;
    }

    String describe() {
        String between =
                switch (delimiter) {
                    case '\t' -> "tab";
                    case ' ' -> "space";
                    case ',' -> "comma";
                    case ';' -> "semicolon";
                    case '|' -> "vertical bar";
                    default -> "'" + delimiter + "'";
                };
        String names = header == null
                ? "no column names"
                : headerInside ? "column names in line " + (skipped + 1) : "column names in line " + skipped;
        return between + " between cells, " + numbers.describe() + names;
    }
}

package org.oddlens.engine.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How a text table is written, guessed from its beginning.
 *
 * @param delimiter    between cells
 * @param quote        around cells
 * @param decimalComma numbers are written 1,5
 * @param header       the first line holds column names
 */
record CsvDialect(char delimiter, char quote, boolean decimalComma, boolean header) {

    private static final char[] DELIMITERS = {',', ';', '\t', '|', ' '};
    private static final int SAMPLE_ROWS = 200;
    private static final Set<String> MISSING = Set.of("", "na", "n/a", "nan", "null", "none", "?", "-", "missing");
    private static final Pattern POINT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern COMMA = Pattern.compile("[+-]?(\\d+,?\\d*|,\\d+)([eE][+-]?\\d+)?");

    /** Guesses; {@code sample} must end at a line break unless it is the whole text. */
    static CsvDialect guess(String sample) {
        char quote = sample.indexOf('"') < 0
                        && Pattern.compile("(^|[,;\\t|\\n])'[^'\\n]*'($|[,;\\t|\\r\\n])")
                                .matcher(sample)
                                .find()
                ? '\''
                : '"';
        CsvDialect best = null;
        double bestScore = -1;
        for (char delimiter : DELIMITERS) {
            CsvDialect candidate = candidate(sample, delimiter, quote);
            double score = score(candidate.rows(sample), candidate);
            if (score > bestScore) {
                bestScore = score;
                best = candidate;
            }
        }
        return best.withHeader(best.rows(sample));
    }

    private static CsvDialect candidate(String sample, char delimiter, char quote) {
        CsvDialect plain = new CsvDialect(delimiter, quote, false, false);
        if (delimiter == ',') {
            return plain;
        }
        int commas = 0;
        int points = 0;
        for (List<String> row : plain.rows(sample)) {
            for (String cell : row) {
                commas += cell.indexOf(',') >= 0 && COMMA.matcher(cell).matches() ? 1 : 0;
                points += cell.indexOf('.') >= 0 && POINT.matcher(cell).matches() ? 1 : 0;
            }
        }
        return new CsvDialect(delimiter, quote, commas > points, false);
    }

    /** More than one column, as many cells in every row, many numbers. */
    private static double score(List<List<String>> rows, CsvDialect dialect) {
        if (rows.isEmpty()) {
            return 0;
        }
        Map<Integer, Integer> widths = new HashMap<>();
        int cells = 0;
        int numbers = 0;
        for (List<String> row : rows) {
            widths.merge(row.size(), 1, Integer::sum);
            for (String cell : row) {
                cells++;
                numbers += dialect.isNumber(cell) ? 1 : 0;
            }
        }
        var usual = widths.entrySet().stream()
                .max(Map.Entry.<Integer, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow();
        double agreeing = (double) usual.getValue() / rows.size();
        return (usual.getKey() > 1 && agreeing >= 0.5 ? 1 : 0) + agreeing + (double) numbers / cells;
    }

    /** A first line is a header if a column is text there and numbers below, or if it alone is all text. */
    private CsvDialect withHeader(List<List<String>> rows) {
        boolean header = false;
        if (rows.size() > 1) {
            List<String> first = rows.get(0);
            for (int column = 0; column < first.size() && !header; column++) {
                boolean numbersBelow = !isMissing(first.get(column)) && !isNumber(first.get(column));
                int seen = 0;
                for (int row = 1; row < rows.size() && numbersBelow; row++) {
                    String cell = column < rows.get(row).size() ? rows.get(row).get(column) : "";
                    numbersBelow = isMissing(cell) || isNumber(cell);
                    seen += isNumber(cell) ? 1 : 0;
                }
                header = numbersBelow && seen > 0;
            }
        }
        return new CsvDialect(delimiter, quote, decimalComma, header);
    }

    CsvReader.CsvReaderBuilder reader() {
        return CsvReader.builder().fieldSeparator(delimiter).quoteCharacter(quote);
    }

    private List<List<String>> rows(String sample) {
        List<List<String>> rows = new ArrayList<>();
        try (CsvReader<CsvRecord> reader = reader().ofCsvRecord(sample)) {
            for (CsvRecord row : reader) {
                rows.add(row.getFields().stream().map(String::strip).toList());
                if (rows.size() == SAMPLE_ROWS) {
                    break;
                }
            }
        } catch (CsvParseException unreadable) {
            return rows;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return rows;
    }

    static boolean isMissing(String cell) {
        return cell.isEmpty() || cell.length() <= 7 && MISSING.contains(cell.toLowerCase(Locale.ROOT));
    }

    private boolean isNumber(String cell) {
        return !isMissing(cell) && !Double.isNaN(number(cell));
    }

    /** The number in a stripped cell; NaN if it is missing or no number. */
    double number(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        char last = cell.charAt(cell.length() - 1);
        if (last >= '0' && last <= '9' || last == '.' || last == ',') {
            String text = decimalComma ? cell.replace(',', '.') : cell;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!(c >= '0' && c <= '9' || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E')) {
                    return Double.NaN;
                }
            }
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException words) {
                return Double.NaN;
            }
        }
        return switch (cell.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.NaN;
        };
    }

    String describe() {
        String between =
                switch (delimiter) {
                    case '\t' -> "tab";
                    case ' ' -> "space";
                    case ',' -> "comma";
                    case ';' -> "semicolon";
                    default -> "vertical bar";
                };
        return between + " between cells, " + (decimalComma ? "decimal comma, " : "")
                + (header ? "column names in the first line" : "no column names");
    }
}

package org.oddlens.engine.prepare;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.oddlens.engine.data.DataFormatException;

/** A text file of records, read once from front to back; {@code .gz} is unpacked on the way. */
final class RawTable {

    /** Takes one record at a time. */
    interface Reader {

        /** @param line number of the line it begins on, from 1 */
        void record(String[] fields, long line);
    }

    /** The mark of the byte order in UTF-8, read as Latin 1. */
    private static final String UTF_8_MARK = "\u00ef\u00bb\u00bf";

    private final Path file;
    private final char separator;

    RawTable(Path file, char separator) {
        this.file = file;
        this.separator = separator;
    }

    /**
     * Reads all records; empty lines are skipped, blanks around fields and a mark of the byte order go.
     *
     * @throws DataFormatException if the file breaks off or is not what its ending says
     */
    void read(Reader reader) throws IOException {
        long line = 0;
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .allowExtraCharsAfterClosingQuote(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(new InputStreamReader(open(), StandardCharsets.ISO_8859_1))) {
            for (CsvRecord record : records) {
                String[] fields = record.getFields().toArray(String[]::new);
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = (line == 0 && i == 0 ? withoutMark(fields[i]) : fields[i]).strip();
                }
                line = record.getStartingLineNumber();
                reader.record(fields, line);
            }
        } catch (CsvParseException | UncheckedIOException | EOFException | ZipException e) {
            throw broken(line, e);
        }
    }

    private static String withoutMark(String field) {
        return field.startsWith(UTF_8_MARK) ? field.substring(UTF_8_MARK.length()) : field;
    }

    private DataFormatException broken(long line, Exception e) {
        String why = e instanceof CsvParseException
                ? "what follows is no text in columns"
                : e instanceof ZipException ? "its compression is damaged" : "it ends too early";
        return new DataFormatException(
                file,
                file.getFileName() + " is damaged or incomplete after line " + line + ": " + why + ". Fetch it again.",
                e);
    }

    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    }

    /** A finite number. */
    float number(String field, long line, String column) {
        float value;
        try {
            value = Float.parseFloat(field);
        } catch (NumberFormatException e) {
            value = Float.NaN;
        }
        if (!Float.isFinite(value)) {
            throw unusable(line, column, "'" + field + "' is no finite number");
        }
        return value;
    }

    /** What a field that cannot be used is answered with. */
    DataFormatException unusable(long line, String column, String why) {
        return new DataFormatException(
                file,
                "Line " + line + " of " + file.getFileName() + ", column '" + column + "': " + why
                        + ". Mend or remove the line.");
    }

    /** What a record of another width is answered with. */
    DataFormatException width(int found, int expected, long line) {
        return new DataFormatException(
                file,
                "Line " + line + " of " + file.getFileName() + " has " + found + " fields; files of this kind have "
                        + expected + ". Mend or remove the line.");
    }

    Path file() {
        return file;
    }
}

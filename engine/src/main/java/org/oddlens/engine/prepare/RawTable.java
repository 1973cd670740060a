package org.oddlens.engine.prepare;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.oddlens.engine.data.DataFormatException;

/** A text file of records, read once from front to back; {@code .gz} is unpacked on the way. */
final class RawTable {

    /** Takes one record at a time. */
    interface Reader {

        /** @param line number of the line it begins on, from 1 */
        void record(String[] fields, long line);
    }

    private final Path file;
    private final char separator;

    RawTable(Path file, char separator) {
        this.file = file;
        this.separator = separator;
    }

    /**
     * Reads all records; empty lines are skipped, blanks around fields go.
     *
     * @throws DataFormatException if the file is not text or not what its ending says
     */
    void read(Reader reader) throws IOException {
        try (CsvReader<CsvRecord> records = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(true)
                .ofCsvRecord(new InputStreamReader(open(), StandardCharsets.ISO_8859_1))) {
            for (CsvRecord record : records) {
                String[] fields = record.getFields().toArray(String[]::new);
                for (int i = 0; i < fields.length; i++) {
                    fields[i] = fields[i].strip();
                }
                reader.record(fields, record.getStartingLineNumber());
            }
        }
    }

    private InputStream open() throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    }

    /** A number. */
    float number(String field, long line, String column) {
        try {
            return Float.parseFloat(field);
        } catch (NumberFormatException e) {
            throw new DataFormatException(
                    file, "Line " + line + ", column '" + column + "': '" + field + "' is no number.");
        }
    }

    /** What a record of another width is answered with. */
    DataFormatException width(int found, int expected, long line) {
        return new DataFormatException(
                file, "Line " + line + " has " + found + " fields; files of this kind have " + expected + ".");
    }

    Path file() {
        return file;
    }
}

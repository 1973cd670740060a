package org.oddlens.engine.study;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.SideColumn;
import org.oddlens.engine.run.RunFolder;

/** The ids of a run's rows, in its folder, so that its scores can be read without the data. */
final class RowIds {

    private final Path file;

    RowIds(RunFolder run) {
        file = run.file(RunFolder.IDS);
    }

    /** Writes one line per row where the data have a column with the role id, else nothing. */
    void write(Dataset dataset) throws IOException {
        if (dataset.sideColumns().stream().noneMatch(column -> column.role() == SideColumn.Role.ID)) {
            return;
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try (CsvWriter csv = CsvWriter.builder().build(part)) {
            csv.writeRecord("row", "id");
            for (int i = 0; i < dataset.rows(); i++) {
                csv.writeRecord(Integer.toString(i), dataset.rowId(i));
            }
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The ids of these rows; their numbers where the run has no ids. */
    String[] read(int[] rows) throws IOException {
        String[] found = new String[rows.length];
        if (!Files.exists(file)) {
            for (int i = 0; i < rows.length; i++) {
                found[i] = Integer.toString(rows[i]);
            }
            return found;
        }
        Map<Integer, String> ids = new HashMap<>();
        try (CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord line : csv) {
                ids.put(Integer.valueOf(line.getField("row")), line.getField("id"));
            }
        }
        for (int i = 0; i < rows.length; i++) {
            found[i] = ids.getOrDefault(rows[i], Integer.toString(rows[i]));
        }
        return found;
    }
}

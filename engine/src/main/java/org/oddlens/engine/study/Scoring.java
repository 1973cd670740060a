package org.oddlens.engine.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.SideColumn;
import org.oddlens.engine.run.OutputFile;

/**
 * Scores of a file by a finished run, written as CSV: row, score, decision, then the label, id, time and context that
 * the file has. The name of a context column begins with {@value #CONTEXT}, so that it is never taken for another one.
 */
public final class Scoring {

    static final String CONTEXT = "context_";

    private final RunModel model;

    public Scoring(RunModel model) {
        this.model = model;
    }

    /**
     * Reads another file as the run read its own.
     *
     * @param recorded what the run records about its data
     * @param missing  what happens to missing values; null for what the run did with its own
     * @param id       column that names the rows, {@code none} for none, null to guess
     */
    public static ImportedData read(Path file, DataSpec recorded, MissingPolicy missing, String id) {
        return new NewRows(file, recorded, missing == null ? recorded.missing() : missing, id).load();
    }

    /** Scores of all rows, in their order. */
    public double[] scores(Dataset dataset) {
        return model.score(dataset);
    }

    /** Writes the file; whole or not at all. */
    public void write(Dataset dataset, double[] scores, OutputFile file) throws IOException {
        file.write(part -> write(dataset, scores, part));
    }

    private void write(Dataset dataset, double[] scores, Path part) throws IOException {
        boolean[] labels = dataset.labels().orElse(null);
        try (CsvWriter csv = CsvWriter.builder().build(part)) {
            csv.writeRecord(header(dataset));
            for (int i = 0; i < scores.length; i++) {
                List<String> cells = new ArrayList<>();
                cells.add(Integer.toString(dataset.rowNumber(i)));
                cells.add(Double.toString(scores[i]));
                cells.add(scores[i] >= model.threshold() ? "1" : "0");
                if (labels != null) {
                    cells.add(labels[i] ? "1" : "0");
                }
                for (SideColumn column : dataset.sideColumns()) {
                    cells.add(column.values()[i]);
                }
                csv.writeRecord(cells);
            }
        }
    }

    private static List<String> header(Dataset dataset) {
        List<String> names = new ArrayList<>(List.of("row", "score", "anomaly"));
        if (dataset.labels().isPresent()) {
            names.add("label");
        }
        for (SideColumn column : dataset.sideColumns()) {
            names.add(
                    column.role() == SideColumn.Role.CONTEXT
                            ? CONTEXT + column.name()
                            : column.role().key());
        }
        return names;
    }
}

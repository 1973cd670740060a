package org.oddlens.engine.study;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.oddlens.engine.data.Dataset;

/** Scores of a file by a finished run, written as CSV: row, score, decision, and the label if the file has one. */
public final class Scoring {

    private final RunModel model;

    public Scoring(RunModel model) {
        this.model = model;
    }

    /** Scores of all rows, in their order. */
    public double[] scores(Dataset dataset) {
        return model.score(dataset.values(), dataset.features());
    }

    /** Writes the file; replaced by a rename, so it is whole or absent. */
    public void write(Dataset dataset, double[] scores, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        boolean[] labels = dataset.labels().orElse(null);
        try (CsvWriter csv = CsvWriter.builder().build(part)) {
            if (labels == null) {
                csv.writeRecord("row", "score", "anomaly");
            } else {
                csv.writeRecord("row", "score", "anomaly", "label");
            }
            for (int i = 0; i < scores.length; i++) {
                String row = Integer.toString(dataset.rowId(i));
                String score = Double.toString(scores[i]);
                String anomaly = scores[i] >= model.threshold() ? "1" : "0";
                if (labels == null) {
                    csv.writeRecord(row, score, anomaly);
                } else {
                    csv.writeRecord(row, score, anomaly, labels[i] ? "1" : "0");
                }
            }
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
}

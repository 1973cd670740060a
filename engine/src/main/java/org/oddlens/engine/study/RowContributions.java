package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;

/** What is known about a row: what stands beside its features, and what each feature adds to its score. */
public final class RowContributions {

    /**
     * The answer for one row.
     *
     * @param row      index in the data set
     * @param id       the row's id, or its number in the file
     * @param beside   time and context of the row; the id too if it has one
     * @param score    anomaly score by the run's model, null while the run has none
     * @param names    feature names
     * @param values   the row in original units
     * @param shares   what each feature adds to the score; empty while the run has no model
     * @param method   how that was found; "" likewise
     */
    public record Row(
            int row,
            String id,
            List<Beside> beside,
            Double score,
            List<String> names,
            double[] values,
            float[] shares,
            String method) {

        /** Whether the run's model could be asked. */
        public boolean explained() {
            return score != null;
        }
    }

    /** One value beside the features. */
    public record Beside(String role, String name, String value) {}

    private final DetectorRegistry registry;

    public RowContributions(DetectorRegistry registry) {
        this.registry = registry;
    }

    /** Loads the run's data and model, and looks at one row. */
    public Row of(RunFolder run, int row) throws IOException {
        Dataset dataset = DataImport.load(run.readRecord().spec().data()).dataset();
        if (row < 0 || row >= dataset.rows()) {
            throw new IllegalArgumentException(
                    "There is no row " + row + "; the data set has rows 0 to " + (dataset.rows() - 1) + ".");
        }
        double[] values = dataset.row(row);
        List<Beside> beside = dataset.sideColumns().stream()
                .map(column -> new Beside(column.role().key(), column.name(), column.values()[row]))
                .toList();
        if (!Files.exists(run.file(RunFolder.MODEL))) {
            return new Row(row, dataset.rowId(row), beside, null, dataset.featureNames(), values, new float[0], "");
        }
        Dataset alone = dataset.select(new int[] {row});
        try (RunModel model = RunModel.load(run, registry)) {
            return new Row(
                    row,
                    dataset.rowId(row),
                    beside,
                    model.score(alone)[0],
                    dataset.featureNames(),
                    values,
                    model.contributions(alone),
                    model.contributionMethod());
        }
    }
}

package org.oddlens.engine.study;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;

/** Why a row has its score: what each feature adds to it, by the run's own model. */
public final class RowContributions {

    /**
     * The answer for one row.
     *
     * @param row      index in the data set
     * @param names    feature names
     * @param values   the row in original units
     * @param shares   what each feature adds to the score
     * @param method   how that was found
     */
    public record Row(int row, double score, List<String> names, float[] values, float[] shares, String method) {}

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
        float[] values = Arrays.copyOf(dataset.row(row), dataset.features());
        try (RunModel model = RunModel.load(run, registry)) {
            return new Row(
                    row,
                    model.score(values, dataset.features())[0],
                    dataset.featureNames(),
                    values,
                    model.contributions(values, dataset.features()),
                    model.contributionMethod());
        }
    }
}

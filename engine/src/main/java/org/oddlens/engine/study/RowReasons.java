package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.oddlens.engine.data.Dataset;

/** Why rows of a data set have their scores, by the model of a run: what each feature adds. */
public final class RowReasons {

    /**
     * One row.
     *
     * @param row      number of the row, as in a file of scores
     * @param id       id of the row, or its number
     * @param score    anomaly score
     * @param flagged  whether the score is at or above the run's threshold
     * @param features what each adds, the largest first
     */
    public record Reasoned(int row, String id, double score, boolean flagged, List<Feature> features) {}

    /**
     * One feature of a row.
     *
     * @param name         of the feature
     * @param value        in the units of the data; null where it is missing
     * @param contribution what it adds to the score, in the units of the method
     * @param share        of its magnitude in that of all features together, 0 to 1
     */
    public record Feature(String name, Double value, double contribution, double share) {}

    private final RunModel model;
    private final Dataset dataset;

    /** @param dataset rows in original units, as wide as the run's */
    public RowReasons(RunModel model, Dataset dataset) {
        this.model = model;
        this.dataset = dataset;
    }

    /** Those of these rows with the highest scores, the highest first; equal ones in their order. */
    public int[] highest(int[] among, int count) {
        double[] scores = scores(among);
        return IntStream.range(0, among.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                .limit(count)
                .mapToInt(i -> among[i])
                .toArray();
    }

    private double[] scores(int[] rows) {
        return model.score(dataset.select(rows));
    }

    /** The reasons of these rows, in their order. */
    public List<Reasoned> of(int[] rows) {
        Dataset some = dataset.select(rows);
        double[] scores = model.score(some);
        float[] contributions = model.contributions(some);
        List<Reasoned> reasons = new ArrayList<>();
        for (int i = 0; i < rows.length; i++) {
            reasons.add(new Reasoned(
                    some.rowNumber(i),
                    some.rowId(i),
                    scores[i],
                    scores[i] >= model.threshold(),
                    features(some, i, contributions)));
        }
        return reasons;
    }

    private static List<Feature> features(Dataset rows, int row, float[] contributions) {
        int width = rows.features();
        double all = 0;
        for (int j = 0; j < width; j++) {
            all += Math.abs(contributions[row * width + j]);
        }
        double[] values = rows.row(row);
        List<Feature> features = new ArrayList<>();
        for (int j = 0; j < width; j++) {
            double contribution = contributions[row * width + j];
            double value = values[j];
            features.add(new Feature(
                    rows.featureNames().get(j),
                    Double.isFinite(value) ? (Double) value : null,
                    contribution,
                    all > 0 ? Math.abs(contribution) / all : 0));
        }
        features.sort(Comparator.comparingDouble((Feature feature) -> -feature.share()));
        return features;
    }
}

package org.oddlens.app.run;

import java.util.stream.IntStream;
import org.oddlens.engine.study.RunSnapshot;
import org.oddlens.engine.threshold.Threshold;
import org.oddlens.engine.threshold.ThresholdException;
import org.oddlens.engine.threshold.ThresholdSpec;

/**
 * The threshold of a run that has not ended and whose record does not tell it: by the run's own method, from the same kind
 * of rows as at the end. A method without labels takes the training rows, of which the tracked rows hold some or none.
 *
 * @param method   as in the specification
 * @param training whether each tracked row is a training row
 */
record LiveThreshold(ThresholdSpec method, boolean[] training) {

    /** NaN where it cannot be told: no tracked row is a training row, labels are missing, or a score is not finite. */
    double of(RunSnapshot snapshot) {
        try {
            if (!method.usesLabels()) {
                return Threshold.of(method, ofTrainingRows(snapshot.scores()), null);
            }
            boolean[] anomalous = new boolean[snapshot.labels().length];
            for (int i = 0; i < anomalous.length; i++) {
                if (snapshot.labels()[i] < 0) {
                    return Double.NaN;
                }
                anomalous[i] = snapshot.labels()[i] == 1;
            }
            return Threshold.of(method, snapshot.scores(), anomalous);
        } catch (ThresholdException e) {
            return Double.NaN; // the run itself will say why
        }
    }

    private double[] ofTrainingRows(double[] scores) {
        return IntStream.range(0, scores.length)
                .filter(i -> training[i])
                .mapToDouble(i -> scores[i])
                .toArray();
    }
}

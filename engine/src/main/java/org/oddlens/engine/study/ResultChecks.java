package org.oddlens.engine.study;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.run.Tensor;

/** Looks over what a training left behind and warns of what makes its numbers worthless, whatever the detector. */
final class ResultChecks {

    /** Fewer rows say nothing about how many scores there ought to be. */
    private static final int FEWEST_ROWS = 100;

    /** Fewer different scores than this share of the rows rank nothing. */
    private static final double DISTINCT = 0.01;

    /** More items than this share without use make the memory smaller than it was set. */
    private static final double DEAD = 0.5;

    private static final int OBSERVED = 2048;

    private final DetectorDescriptor detector;
    private final BiConsumer<String, String> warn;

    /** @param warn takes a stable code and the sentence for the user */
    ResultChecks(DetectorDescriptor detector, BiConsumer<String, String> warn) {
        this.detector = detector;
        this.warn = warn;
    }

    /** @param scores of the evaluated rows */
    void scores(double[] scores) {
        if (scores.length < FEWEST_ROWS) {
            return;
        }
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        long distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] > sorted[i - 1] ? 1 : 0;
        }
        if (distinct < DISTINCT * scores.length) {
            warn.accept(
                    "equal-scores",
                    String.format(
                            Locale.ROOT,
                            distinct == 1
                                    ? "All %,d scores are equal (%.4g). %s maps every row to the same number, so no ranking is"
                                            + " possible. Try another seed, a smaller learning rate or less weight decay."
                                    : "The %,d scores hold only " + distinct
                                            + " different values (median %.4g). %s hardly"
                                            + " tells rows apart. Try another seed, a smaller learning rate or other"
                                            + " settings.",
                            scores.length,
                            sorted[sorted.length / 2],
                            detector.name()));
        }
    }

    /** @param rows scaled training rows {@code [n, features]} */
    void items(FittedDetector fitted, float[] rows) {
        int width = fitted.features();
        float[] some = Arrays.copyOf(rows, Math.min(rows.length / width, OBSERVED) * width);
        Map<String, Tensor> anatomy = fitted.observe(some).anatomy();
        for (AnatomyObject object : detector.anatomy()) {
            Tensor use = anatomy.get(object.id() + "-use");
            if (object.kind() == AnatomyObject.Kind.ITEMS && use != null && use.values().length > 1) {
                items(object.label(), use.values());
            }
        }
    }

    private void items(String label, float[] use) {
        int dead = 0;
        for (float share : use) {
            dead += share == 0 ? 1 : 0;
        }
        if (dead > DEAD * use.length) {
            warn.accept(
                    "dead-items",
                    dead + " of " + use.length + " are never used (" + label + "). The others do all the work, so fewer"
                            + " would do the same; a lower shrink threshold or a lower temperature brings them back.");
        }
    }
}

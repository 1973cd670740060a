package org.oddlens.engine.detector.contrastive;

import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.HIDDEN;
import static org.oddlens.engine.detector.SharedHyperparameters.LATENT_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.LAYERS;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.detector.LayoutChecks;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.param.Values;

/**
 * Widths of the encoder and form of the transformations.
 *
 * <ul>
 *   <li>{@code hidden} typed: those widths
 *   <li>{@code layers} or {@code first-width} typed: the first width (90), then each one {@code width-step} less, floored at
 *       1, {@code layers} (4) widths with the code
 *   <li>neither: the published tables, 64-64-64-64 with a code of 32 and 200 units in a transformation from 30 features on,
 *       24 everywhere below
 * </ul>
 */
final class ContrastiveLayout {

    /** The published networks are wide for 119 features and more, narrow for 6. */
    private static final int MANY_FEATURES = 30;

    private static final int FIRST_WIDTH = 90;
    private static final int USUAL_LAYERS = 4;

    private final LayoutChecks checks;
    private final List<Integer> widths = new ArrayList<>();
    private final Transformations transformations;
    private final boolean bias;
    private final boolean normalised;

    ContrastiveLayout(Values values, int features) {
        checks = new LayoutChecks(values);
        bias = values.get(NeutralAd.ENCODER_BIAS);
        normalised = values.get(NeutralAd.ENCODER_BATCH_NORM);
        if (normalised && values.get(BATCH_SIZE) == 1) {
            checks.problem(
                    BATCH_SIZE.key(),
                    "Batch norm compares each row with the mean of its batch, and a batch of 1 row has nothing to compare."
                            + " Use a batch size of 2 or more, or switch 'Encoder batch norm' off.");
        }
        boolean wide = features >= MANY_FEATURES;
        widths.add(features);
        hidden(values, wide);
        int latent = values.get(LATENT_SIZE).orElse(wide ? 32 : 24);
        if (latent == 0) {
            checks.problem(LATENT_SIZE.key(), "Latent width would be 0. Type a width of 1 or more, or 'auto'.");
        }
        widths.add(latent);
        boolean multiply = values.get(NeutralAd.VIEW).equals("mul");
        transformations = new Transformations(
                values.get(NeutralAd.TRANSFORMATIONS),
                values.get(NeutralAd.TRANSFORM_HIDDEN).orElse(wide ? 200 : 24),
                output(values, features),
                multiply,
                values.get(NeutralAd.TRANSFORM_SIGMOID).equals("on")
                        || multiply && values.get(NeutralAd.TRANSFORM_SIGMOID).equals("auto"));
    }

    private void hidden(Values values, boolean wide) {
        if (!values.get(HIDDEN).auto()) {
            widths.addAll(values.get(HIDDEN).sizes());
            if (values.get(HIDDEN).sizes().contains(0)) {
                checks.problem(
                        HIDDEN.key(),
                        "Width of hidden layer " + (values.get(HIDDEN).sizes().indexOf(0) + 1)
                                + " would be 0. Every layer needs at least 1 unit: type a larger width, leave the layer"
                                + " out, or use 'auto'.");
            }
        } else if (values.get(LAYERS).isPresent()
                || values.get(NeutralAd.FIRST_WIDTH).isPresent()) {
            stepwise(values);
        } else {
            widths.addAll(java.util.Collections.nCopies(4, wide ? 64 : 24));
        }
    }

    private void stepwise(Values values) {
        int first = values.get(NeutralAd.FIRST_WIDTH).orElse(FIRST_WIDTH);
        int raised = 0;
        for (int i = 0; i < values.get(LAYERS).orElse(USUAL_LAYERS) - 1; i++) {
            int width = first - i * values.get(NeutralAd.WIDTH_STEP);
            raised += width < 1 ? 1 : 0;
            widths.add(Math.max(1, width));
        }
        if (raised > 0) {
            checks.warn(raised + (raised == 1 ? " hidden width" : " hidden widths") + " would be 0 or less with "
                    + first + " units in the first layer and " + values.get(NeutralAd.WIDTH_STEP)
                    + " fewer in each that follows; raised to 1.");
        }
    }

    private int output(Values values, int features) {
        int output = values.get(NeutralAd.TRANSFORM_OUTPUT).orElse(features);
        if (output != 1 && output != features) {
            checks.problem(
                    NeutralAd.TRANSFORM_OUTPUT.key(),
                    "A transformation with " + output + " outputs fits no row of " + features
                            + " features. Use 'auto' (" + features + "), or 1 for the same number in all features.");
        }
        return output;
    }

    /** Widths from the features to the code. */
    List<Integer> widths() {
        return widths;
    }

    int latent() {
        return widths.get(widths.size() - 1);
    }

    Transformations transformations() {
        return transformations;
    }

    /** @throws org.oddlens.engine.param.InvalidValuesException if anything is wrong */
    NetworkShape shape() {
        long encoder = 0;
        for (int i = 1; i < widths.size(); i++) {
            encoder += (long) widths.get(i - 1) * widths.get(i) + (bias ? widths.get(i) : 0);
            encoder += normalised && bias && i < widths.size() - 1 ? 2L * widths.get(i) : 0; // scale and shift
        }
        return checks.shape(
                widths, Map.of("encoder", encoder, "transformations", transformations.parameters(widths.get(0))));
    }
}

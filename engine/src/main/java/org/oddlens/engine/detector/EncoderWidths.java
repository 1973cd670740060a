package org.oddlens.engine.detector;

import static org.oddlens.engine.detector.SharedHyperparameters.COMPRESSION;
import static org.oddlens.engine.detector.SharedHyperparameters.HIDDEN;
import static org.oddlens.engine.detector.SharedHyperparameters.LATENT_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.LAYERS;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.param.Values;

/**
 * Widths of a mirrored encoder and decoder.
 *
 * <ul>
 *   <li>{@code hidden} typed: those widths
 *   <li>{@code layers} typed: {@code layers − 1} hidden widths, each the one before divided by {@code compression}
 *       ({@code auto} = 2)
 *   <li>both automatic: 512-256-128 from 256 features on, 128-64-32 from 64, 64-32-16 from 16, else 32-16
 * </ul>
 *
 * <p>The automatic code has 32 units from 256 features on, else a third of the features, within 1 to 32. Automatic
 * widths never fall below 1, with a warning; a 0 that was typed, or that a typed factor leads to, is refused.
 *
 * @param encoder widths from the input to the code
 */
public record EncoderWidths(List<Integer> encoder) {

    private static final int DEFAULT_COMPRESSION = 2;

    /**
     * @param problems receives a sentence by hyperparameter where a width would be 0
     * @param warnings receives a sentence where an automatic width was raised to 1
     */
    public static EncoderWidths resolve(
            Values values, int features, Map<String, String> problems, List<String> warnings) {
        return resolve(values, features, automaticLatent(features), problems, warnings);
    }

    /**
     * The same for an encoder without a decoder: the automatic output is the last hidden width divided by
     * {@code compression} once more.
     */
    public static EncoderWidths compressing(
            Values values, int features, Map<String, String> problems, List<String> warnings) {
        List<Integer> hidden = hidden(values, features, new LinkedHashMap<>(), new ArrayList<>());
        int last = hidden.get(hidden.size() - 1);
        int output = last / values.get(COMPRESSION).orElse(DEFAULT_COMPRESSION);
        if (output == 0 && values.get(LATENT_SIZE).isEmpty()) {
            String sentence = "Latent width would be 0. " + last + (last == 1 ? " unit ÷ " : " units ÷ ")
                    + values.get(COMPRESSION).orElse(DEFAULT_COMPRESSION) + " (compression factor) rounds to 0";
            if (values.get(COMPRESSION).isPresent()) {
                problems.put(COMPRESSION.key(), sentence + ". Choose a smaller factor, or type the latent width.");
            } else {
                warnings.add(sentence + "; raised to 1.");
            }
        }
        return resolve(values, features, Math.max(1, output), problems, warnings);
    }

    private static EncoderWidths resolve(
            Values values, int features, int automaticLatent, Map<String, String> problems, List<String> warnings) {
        List<Integer> widths = hidden(values, features, problems, warnings);
        int latent = values.get(LATENT_SIZE).orElse(automaticLatent);
        if (latent == 0) {
            problems.put(
                    LATENT_SIZE.key(),
                    "Latent width would be 0. Type a width of 1 or more, or 'auto' (" + automaticLatent + " here).");
        }
        widths.add(latent);
        return new EncoderWidths(widths);
    }

    /** From the input to the last hidden layer. */
    private static List<Integer> hidden(
            Values values, int features, Map<String, String> problems, List<String> warnings) {
        List<Integer> widths = new ArrayList<>(List.of(features));
        if (!values.get(HIDDEN).auto()) {
            typed(values.get(HIDDEN).sizes(), widths, problems);
        } else if (values.get(LAYERS).isPresent()) {
            byFactor(values, features, widths, problems, warnings);
        } else {
            widths.addAll(automatic(features));
        }
        return widths;
    }

    private static void typed(List<Integer> sizes, List<Integer> widths, Map<String, String> problems) {
        for (int i = 0; i < sizes.size(); i++) {
            if (sizes.get(i) == 0) {
                problems.put(
                        HIDDEN.key(),
                        "Width of hidden layer " + (i + 1) + " would be 0. Every layer needs at least 1 unit: type a"
                                + " larger width, leave the layer out, or use 'auto'.");
            }
            widths.add(sizes.get(i));
        }
    }

    private static void byFactor(
            Values values, int features, List<Integer> widths, Map<String, String> problems, List<String> warnings) {
        boolean chosen = values.get(COMPRESSION).isPresent();
        int factor = values.get(COMPRESSION).orElse(DEFAULT_COMPRESSION);
        int width = features;
        int raised = 0;
        for (int layer = 1; layer < values.get(LAYERS).getAsInt(); layer++) {
            int next = width / factor;
            if (next == 0 && chosen && !problems.containsKey(COMPRESSION.key())) {
                problems.put(
                        COMPRESSION.key(),
                        "Width of hidden layer " + layer + " would be 0. " + width
                                + (layer == 1 ? " input columns" : " units") + " ÷ " + factor
                                + " (compression factor) rounds to 0. Choose a factor of " + width
                                + " or less, or type the widths yourself.");
            }
            raised += next == 0 ? 1 : 0;
            width = Math.max(1, next);
            widths.add(width);
        }
        if (raised > 0 && !chosen) {
            warnings.add(raised + (raised == 1 ? " hidden width" : " hidden widths") + " would be 0 with " + features
                    + " features halved " + (values.get(LAYERS).getAsInt() - 1) + " times; raised to 1.");
        }
    }

    private static List<Integer> automatic(int features) {
        if (features >= 256) {
            return List.of(512, 256, 128);
        }
        if (features >= 64) {
            return List.of(128, 64, 32);
        }
        return features >= 16 ? List.of(64, 32, 16) : List.of(32, 16);
    }

    private static int automaticLatent(int features) {
        return features >= 256 ? 32 : Math.max(1, Math.min(32, (int) Math.round(features / 3.0)));
    }

    /** Width of the code. */
    public int latent() {
        return encoder.get(encoder.size() - 1);
    }

    /** Widths from the code to the output. */
    public List<Integer> decoder() {
        List<Integer> mirrored = new ArrayList<>(encoder);
        Collections.reverse(mirrored);
        return mirrored;
    }

    /** Widths from input to output. */
    public List<Integer> all() {
        List<Integer> all = new ArrayList<>(encoder);
        all.addAll(decoder().subList(1, decoder().size()));
        return all;
    }

    /** Weights and biases of encoder and decoder. */
    public long parameters() {
        long count = 0;
        List<Integer> all = all();
        for (int i = 1; i < all.size(); i++) {
            count += (long) all.get(i - 1) * all.get(i) + all.get(i);
        }
        return count;
    }
}

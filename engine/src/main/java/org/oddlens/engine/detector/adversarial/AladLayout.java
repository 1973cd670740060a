package org.oddlens.engine.detector.adversarial;

import static org.oddlens.engine.detector.SharedHyperparameters.BATCH_SIZE;
import static org.oddlens.engine.detector.SharedHyperparameters.HIDDEN;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.detector.LayoutChecks;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.param.Domain;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.param.Widths;

/**
 * Widths of ALAD's five networks. With L the latent width, automatic hidden widths are 2L in the encoder and 2L, 128 in the
 * generator; discriminators of rows have layers of 128 units, that of codes one of L.
 */
final class AladLayout {

    /** The published networks have codes of 32 for 6 to 121 features and of 64 for 274. */
    private static final int MANY_FEATURES = 200;

    private final LayoutChecks checks;
    private final List<Integer> encoder = new ArrayList<>();
    private final List<Integer> generator = new ArrayList<>();
    private final int discriminatorWidth;
    private final List<Integer> pairHidden;
    private final List<Integer> codePairHidden;

    AladLayout(Values values, int features) {
        checks = new LayoutChecks(values);
        if (values.get(BATCH_SIZE) == 1) {
            checks.problem(
                    BATCH_SIZE.key(),
                    "ALAD compares each row with the mean of its batch, and a batch of 1 row has nothing to compare. Use"
                            + " a batch size of 2 or more.");
        }
        int latent = latent(values.get(Alad.LATENT_SIZE), features);
        encoder.add(features);
        encoder.addAll(hidden(HIDDEN, values, List.of(2 * latent)));
        encoder.add(latent);
        generator.add(latent);
        generator.addAll(hidden(Alad.GENERATOR_HIDDEN, values, List.of(2 * latent, 128)));
        generator.add(features);
        discriminatorWidth = values.get(Alad.DISCRIMINATOR_WIDTH);
        pairHidden = pair(Alad.PAIR_HIDDEN, values, discriminatorWidth);
        codePairHidden = pair(Alad.CODE_DISCRIMINATOR_WIDTH, values, Math.max(1, latent));
    }

    private int latent(String typed, int features) {
        int latent =
                switch (typed) {
                    case Domain.AUTO -> features >= MANY_FEATURES ? 64 : 32;
                    case Alad.HALF -> Math.max(1, features / 2);
                    default -> Integer.parseInt(typed);
                };
        if (latent == 0) {
            checks.problem(
                    Alad.LATENT_SIZE.key(),
                    "Latent width would be 0. Type a width of 1 or more, 'auto', or 'half' of the features.");
        }
        return latent;
    }

    /** A discriminator of pairs has at least one layer: what it sees of a pair are units, not the pair. */
    private List<Integer> pair(Hyperparameter<Widths> declared, Values values, int automatic) {
        List<Integer> widths = hidden(declared, values, List.of(automatic));
        if (widths.isEmpty()) {
            checks.problem(
                    declared.key(),
                    "A discriminator of pairs needs a layer that sees both of a pair. Type a width, or use 'auto' ("
                            + automatic + ").");
            return List.of(automatic);
        }
        return widths;
    }

    private List<Integer> hidden(Hyperparameter<Widths> declared, Values values, List<Integer> automatic) {
        Widths typed = values.get(declared);
        if (typed.auto()) {
            return automatic;
        }
        if (typed.sizes().contains(0)) {
            checks.problem(
                    declared.key(),
                    "Width of hidden layer " + (typed.sizes().indexOf(0) + 1)
                            + " would be 0. Every layer needs at least 1 unit: type a larger width, leave the layer out,"
                            + " or use 'auto'.");
        }
        return typed.sizes();
    }

    /** Widths from the features to the code. */
    List<Integer> encoder() {
        return encoder;
    }

    /** Widths from the code to the features. */
    List<Integer> generator() {
        return generator;
    }

    int latent() {
        return generator.get(0);
    }

    int discriminatorWidth() {
        return discriminatorWidth;
    }

    /** Widths of the hidden layers of the discriminator of rows with rows, at least one. */
    List<Integer> pairHidden() {
        return pairHidden;
    }

    /** Widths of the hidden layers of the discriminator of codes with codes, at least one. */
    List<Integer> codePairHidden() {
        return codePairHidden;
    }

    /** @throws org.oddlens.engine.param.InvalidValuesException if anything is wrong */
    NetworkShape shape() {
        int features = encoder.get(0);
        long width = discriminatorWidth;
        long xz = (features + 3L) * width + (latent() + 1L) * width + (2 * width + 1) * width + width + 1;
        long xx = pairParameters(features, pairHidden);
        long zz = pairParameters(latent(), codePairHidden);
        Map<String, Long> parameters = new LinkedHashMap<>();
        parameters.put("encoder", dense(encoder));
        parameters.put("generator", dense(generator));
        parameters.put("discriminators", xz + xx + zz);
        List<Integer> widths = new ArrayList<>(encoder);
        widths.addAll(generator.subList(1, generator.size()));
        return checks.shape(widths, parameters);
    }

    private static long pairParameters(int width, List<Integer> hidden) {
        List<Integer> widths = new ArrayList<>(List.of(2 * width));
        widths.addAll(hidden);
        widths.add(1);
        return dense(widths);
    }

    private static long dense(List<Integer> widths) {
        long count = 0;
        for (int i = 1; i < widths.size(); i++) {
            count += (widths.get(i - 1) + 1L) * widths.get(i);
        }
        return count;
    }
}

package org.oddlens.engine.detector;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Preset;

/**
 * The page about a detector, in Markdown: its idea, formulas, what it is bad at, where it differs from its sources. Its
 * tables of hyperparameters and presets are made from the declarations, and a test keeps them so.
 *
 * @param text the whole page
 */
public record ModelCard(String text) {

    /** Begins the part that is made from the declarations. */
    public static final String BEGIN = "<!-- made from the declarations: begin -->";

    /** Ends it. */
    public static final String END = "<!-- made from the declarations: end -->";

    /** The card of a detector; empty if it has none, as one from another jar may. */
    public static Optional<ModelCard> of(DetectorDescriptor detector) {
        try (InputStream card = ModelCard.class.getResourceAsStream("cards/" + detector.id() + ".md")) {
            return card == null
                    ? Optional.empty()
                    : Optional.of(new ModelCard(new String(card.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException("the model card of " + detector.id() + " cannot be read", e);
        }
    }

    /** The tables that belong between {@link #BEGIN} and {@link #END}. */
    public static String tables(DetectorDescriptor detector) {
        StringBuilder text = new StringBuilder(BEGIN).append("\n\n");
        text.append("| Hyperparameter | Flag | Default | Takes | Live | Meaning |\n|---|---|---|---|---|---|\n");
        for (Hyperparameter<?> declared : detector.hyperparameters()) {
            text.append(String.format(
                    "| %s%s | `--%s` | %s | %s | %s | %s |%n",
                    cell(declared.label()),
                    declared.unit().isEmpty() ? "" : " [" + cell(declared.unit()) + "]",
                    declared.key(),
                    cell(declared.defaultText()),
                    cell(declared.domain().describe()),
                    declared.live() ? "yes" : "",
                    cell(declared.help())));
        }
        text.append("\n| Preset | What it is | Scaler | Values |\n|---|---|---|---|\n");
        for (Preset preset : detector.presets()) {
            text.append(String.format(
                    "| `%s` | %s | %s | %s |%n",
                    preset.id(), cell(preset.source()), preset.scaler().orElse(""), values(preset)));
        }
        return text.append("\n").append(END).toString().replace("\r\n", "\n");
    }

    private static String values(Preset preset) {
        StringBuilder values = new StringBuilder();
        preset.values().forEach((key, value) -> values.append(values.isEmpty() ? "" : ", ")
                .append(key)
                .append(" ")
                .append(cell(value)));
        return values.toString();
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}

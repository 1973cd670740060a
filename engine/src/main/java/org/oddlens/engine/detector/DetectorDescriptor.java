package org.oddlens.engine.detector;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Preset;

/**
 * What a detector says of itself. Form, command line, run record, search and model card are read off it. Loads no
 * native library.
 *
 * @param id              kebab-case id that never changes
 * @param name            name as its paper writes it
 * @param family          id of its family
 * @param summary         one sentence: what it does and what it calls anomalous
 * @param scoreMeaning    what the anomaly score measures; higher is more anomalous
 * @param references      sources, the main one first
 * @param hyperparameters declarations in the order of the form
 * @param presets         named values, {@code default} first
 * @param latentSpaces    spaces it places rows in, the main one first; empty if it has none
 * @param anatomy         its own objects in the main latent space
 * @param lossTerms       words for its loss terms, in order: id to label
 * @param atomic          whether training cannot stop between two batches
 * @param otherSpellings  spellings of the original programs, for searching
 */
public record DetectorDescriptor(
        String id,
        String name,
        String family,
        String summary,
        String scoreMeaning,
        List<Reference> references,
        List<Hyperparameter<?>> hyperparameters,
        List<Preset> presets,
        List<LatentSpace> latentSpaces,
        List<AnatomyObject> anatomy,
        List<LossTerm> lossTerms,
        boolean atomic,
        List<String> otherSpellings) {

    /** A term of the loss and its label; the unit of a term is that of the loss. */
    public record LossTerm(String id, String label) {}

    public DetectorDescriptor {
        references = List.copyOf(references);
        hyperparameters = List.copyOf(hyperparameters);
        presets = List.copyOf(presets);
        latentSpaces = List.copyOf(latentSpaces);
        anatomy = List.copyOf(anatomy);
        lossTerms = List.copyOf(lossTerms);
        otherSpellings = List.copyOf(otherSpellings);
    }

    /** The declaration of a key. */
    public Optional<Hyperparameter<?>> hyperparameter(String key) {
        return hyperparameters.stream().filter(h -> h.key().equals(key)).findFirst();
    }

    /**
     * A preset by id.
     *
     * @throws IllegalArgumentException naming the presets there are
     */
    public Preset preset(String presetId) {
        return presets.stream()
                .filter(preset -> preset.id().equals(presetId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no preset '" + presetId + "'. It has: "
                        + presets.stream().map(Preset::id).collect(Collectors.joining(", ")) + "."));
    }
}

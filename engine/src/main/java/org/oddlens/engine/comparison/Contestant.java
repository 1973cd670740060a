package org.oddlens.engine.comparison;

import java.util.Arrays;
import java.util.List;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;

/**
 * A detector with one of its presets, as it enters a comparison.
 *
 * @param detector id
 * @param preset   id
 */
public record Contestant(String detector, String preset) {

    /**
     * Reads {@code lof} or {@code autoencoder:nrcan/thyroid}.
     *
     * @throws IllegalArgumentException naming the detectors or the presets there are
     */
    public static Contestant parse(String text, DetectorRegistry registry) {
        String[] parts = text.strip().split(":", 2);
        DetectorDescriptor descriptor = registry.get(parts[0]).descriptor();
        return new Contestant(
                descriptor.id(),
                descriptor.preset(parts.length == 1 ? "default" : parts[1]).id());
    }

    /** Reads a list separated by commas; {@code all} stands for every detector with its default preset. */
    public static List<Contestant> parseAll(String text, DetectorRegistry registry) {
        if (text.strip().equals("all")) {
            return registry.all().stream()
                    .map(provider -> new Contestant(provider.descriptor().id(), "default"))
                    .toList();
        }
        return Arrays.stream(text.split(","))
                .map(part -> parse(part, registry))
                .distinct()
                .toList();
    }

    /** {@code lof}, or {@code autoencoder:nrcan/thyroid}. */
    public String text() {
        return preset.equals("default") ? detector : detector + ":" + preset;
    }

    /** As its paper writes it: {@code LOF}, or {@code Deep SVDD, nrcan/thyroid}. */
    public String title(DetectorDescriptor descriptor) {
        return preset.equals("default") ? descriptor.name() : descriptor.name() + ", " + preset;
    }
}

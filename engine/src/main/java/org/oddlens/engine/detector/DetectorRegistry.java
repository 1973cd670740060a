package org.oddlens.engine.detector;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The registered detectors, sorted by name. */
public final class DetectorRegistry {

    private final List<DetectorProvider> providers;

    public DetectorRegistry(List<DetectorProvider> providers) {
        this.providers = providers.stream()
                .sorted(Comparator.comparing(p -> p.descriptor().name(), String.CASE_INSENSITIVE_ORDER))
                .toList();
    }

    /** Those named in {@code META-INF/services}. */
    public static DetectorRegistry installed() {
        return new DetectorRegistry(ServiceLoader.load(DetectorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    public List<DetectorProvider> all() {
        return providers;
    }

    /**
     * A detector by id.
     *
     * @throws IllegalArgumentException naming the detectors there are
     */
    public DetectorProvider get(String id) {
        return providers.stream()
                .filter(provider -> provider.descriptor().id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no detector '" + id + "'. There are: "
                        + providers.stream().map(p -> p.descriptor().id()).collect(Collectors.joining(", ")) + "."));
    }
}

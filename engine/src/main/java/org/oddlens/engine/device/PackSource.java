package org.oddlens.engine.device;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * The Maven repository that packs are downloaded from.
 *
 * @param address address; the files' paths are appended
 * @param connect longest wait for a connection
 * @param stall   longest wait for the next byte
 */
public record PackSource(URI address, Duration connect, Duration stall) {

    /** Names another repository: a mirror, or one inside a closed network. */
    public static final String ADDRESS_VARIABLE = "ODDLENS_PACK_REPOSITORY";

    /** Where ND4J and the CUDA presets are published. */
    public static final String PUBLISHER = "https://repo.maven.apache.org/maven2";

    /** @throws IllegalArgumentException unless the address begins with http:// or https:// */
    public PackSource {
        String scheme = address.getScheme();
        if (!"http".equals(scheme) && !"https".equals(scheme)) {
            throw new IllegalArgumentException(
                    "'" + address + "' is no repository address; it must begin with https:// or http://.");
        }
    }

    /** The repository that the environment names, else the publisher's. */
    public static PackSource of(Map<String, String> environment) {
        return at(environment.getOrDefault(ADDRESS_VARIABLE, PUBLISHER));
    }

    /** @throws IllegalArgumentException if this is no address */
    public static PackSource at(String address) {
        return new PackSource(URI.create(address.strip()), Duration.ofSeconds(20), Duration.ofSeconds(60));
    }

    URI file(PackManifest.PackFile file) {
        String base = address.toString();
        return URI.create(base.endsWith("/") ? base + file.path() : base + "/" + file.path());
    }
}

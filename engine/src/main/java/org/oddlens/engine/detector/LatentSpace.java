package org.oddlens.engine.detector;

/**
 * A space in which a detector places rows.
 *
 * @param id    file and protocol name: {@code code}, {@code read-out}
 * @param label words of the interface: "Latent code before memory"
 */
public record LatentSpace(String id, String label) {}

package org.oddlens.engine.data;

import java.util.List;

/**
 * Proposed roles of a file's arrays, and why, in sentences.
 *
 * @param roles     the proposal
 * @param sentences what it means, the label map first
 * @param certainty how far to trust it
 */
public record RoleGuess(Roles roles, List<String> sentences, Certainty certainty) {

    /** How far a guess can be trusted. */
    public enum Certainty {
        /** Names and values are a known pattern. */
        SURE,
        /** One reading stands out. */
        LIKELY,
        /** Several readings are possible; ask. */
        UNSURE
    }

    public RoleGuess {
        sentences = List.copyOf(sentences);
    }

    /**
     * Guesses the roles.
     *
     * @throws DataFormatException if no array can serve as rows
     */
    public static RoleGuess of(DataFile file) {
        throw new UnsupportedOperationException("later");
    }
}

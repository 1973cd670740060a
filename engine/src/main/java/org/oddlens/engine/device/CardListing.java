package org.oddlens.engine.device;

import java.util.List;

/**
 * What asking the driver gave.
 *
 * @param cards   the cards, empty if there are none or the driver did not answer
 * @param problem why there are none, a sentence with what to do about it; empty if there are some
 */
public record CardListing(List<GraphicsCard> cards, String problem) {

    public CardListing {
        cards = List.copyOf(cards);
    }

    static CardListing none(String problem) {
        return new CardListing(List.of(), problem);
    }
}

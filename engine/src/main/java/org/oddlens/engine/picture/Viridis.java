package org.oddlens.engine.picture;

import java.awt.Color;

/**
 * The viridis colour map (van der Walt, Smith and Firing 2015, CC0), which readers with any colour vision see as one way
 * from dark to light, here from light to dark: on paper the highest score stands out most.
 */
final class Viridis {

    private static final int[] STOPS = {
        0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b
    };

    private Viridis() {}

    /** Colour of a place from 0, light, to 1, dark; places outside are moved to the nearer end. */
    static Color at(double place) {
        double at = (1 - Math.max(0, Math.min(1, place))) * (STOPS.length - 1);
        int i = Math.min(STOPS.length - 2, (int) at);
        Color a = new Color(STOPS[i]);
        Color b = new Color(STOPS[i + 1]);
        double f = at - i;
        return new Color(
                mix(a.getRed(), b.getRed(), f), mix(a.getGreen(), b.getGreen(), f), mix(a.getBlue(), b.getBlue(), f));
    }

    private static int mix(int a, int b, double f) {
        return (int) Math.round(a + (b - a) * f);
    }
}

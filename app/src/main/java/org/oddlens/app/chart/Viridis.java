package org.oddlens.app.chart;

/** The viridis colour map (van der Walt, Smith and Firing 2015, CC0), interpolated between ten of its colours. */
final class Viridis {

    private static final int[] STOPS = {
        0x440154, 0x482878, 0x3e4989, 0x31688e, 0x26828e, 0x1f9e89, 0x35b779, 0x6ece58, 0xb5de2b, 0xfde725
    };

    private Viridis() {}

    /** Opaque ARGB at a place from 0 to 1; places outside are moved to the nearer end. */
    static int argb(double place) {
        double at = Math.max(0, Math.min(1, place)) * (STOPS.length - 1);
        int i = Math.min(STOPS.length - 2, (int) at);
        double f = at - i;
        int a = STOPS[i];
        int b = STOPS[i + 1];
        return 0xff000000
                | mix(a >> 16 & 255, b >> 16 & 255, f) << 16
                | mix(a >> 8 & 255, b >> 8 & 255, f) << 8
                | mix(a & 255, b & 255, f);
    }

    /**
     * A table of 256 colours between two places of the map.
     *
     * @param from place of entry 0
     * @param to   place of entry 255; below {@code from} the map runs backwards
     */
    static int[] table(double from, double to) {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = argb(from + (to - from) * i / 255.0);
        }
        return table;
    }

    private static int mix(int a, int b, double f) {
        return (int) Math.round(a + (b - a) * f);
    }
}

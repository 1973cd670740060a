package org.oddlens.engine.picture;

import java.awt.Color;

/** The colours of the pictures: Okabe and Ito's palette, told apart by readers with any colour vision. */
final class Palette {
    static final Color GROUND = Color.WHITE;
    static final Color INK = new Color(0x222222);
    static final Color SOFT_INK = new Color(0x5F6368);
    static final Color GRID = new Color(0xE6E8EB);
    static final Color AXIS = new Color(0x9AA0A6);
    static final Color NORMAL = new Color(0x0072B2);
    static final Color ANOMALY = new Color(0xD55E00);
    static final Color MEMORY = new Color(0x333333);

    private static final int[] SERIES = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9};

    private Palette() {}

    /** Colour of the k-th curve, counted from 0; they repeat after six. */
    static Color series(int k) {
        return new Color(SERIES[k % SERIES.length]);
    }
}

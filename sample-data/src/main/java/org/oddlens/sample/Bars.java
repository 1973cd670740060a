package org.oddlens.sample;

import java.util.List;

/**
 * 1,560 grey images of 8 × 8 pixels: straight bars, and 60 images in which a bar is broken or runs diagonally.
 *
 * <p>A normal image has one or two full-length bars, each horizontal or vertical, at a random place, of one grey value
 * uniform in 160 … 239 with ±15 per pixel, on a ground uniform in 0 … 29. An anomaly either has a gap of three pixels in
 * its only bar (kind 1) or one diagonal bar (kind 2), 30 each; its grey values are drawn alike, so neither brightness
 * nor a single pixel gives it away. Label: 0 normal, 1 anomaly. Images are shuffled.
 */
final class Bars {
    static final int IMAGES = 1560;
    static final int SIDE = 8;
    static final int ANOMALIES = 60;
    private static final long SEED = 20260104;

    private final SampleRandom random = new SampleRandom(SEED);

    private Bars() {}

    static byte[] npz() {
        return new Bars().draw();
    }

    private byte[] draw() {
        int[] order = random.permutation(IMAGES);
        byte[] pixels = new byte[IMAGES * SIDE * SIDE];
        long[] labels = new long[IMAGES];
        long[] kinds = new long[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            int kind = i >= ANOMALIES ? 0 : 1 + i % 2;
            int[] image = new int[SIDE * SIDE];
            for (int p = 0; p < image.length; p++) {
                image[p] = random.below(30);
            }
            if (kind == 2) {
                diagonal(image);
            } else if (kind == 1) {
                straight(image, 1 + random.below(SIDE - 4));
            } else {
                straight(image, SIDE);
                if (random.uniform() < 0.5) {
                    straight(image, SIDE);
                }
            }
            for (int p = 0; p < image.length; p++) {
                pixels[order[i] * image.length + p] = (byte) image[p];
            }
            labels[order[i]] = kind == 0 ? 0 : 1;
            kinds[order[i]] = kind;
        }
        return NpzFile.of(List.of(
                NpyArray.ofUnsignedBytes("X", pixels, IMAGES, SIDE, SIDE),
                NpyArray.ofLongs("y", labels),
                NpyArray.ofLongs("kind", kinds)));
    }

    private void straight(int[] image, int gapStart) {
        boolean horizontal = random.uniform() < 0.5;
        int place = random.below(SIDE);
        int grey = 160 + random.below(80);
        for (int k = 0; k < SIDE; k++) {
            if (k < gapStart || k >= gapStart + 3) {
                image[horizontal ? place * SIDE + k : k * SIDE + place] = shade(grey);
            }
        }
    }

    private void diagonal(int[] image) {
        boolean falling = random.uniform() < 0.5;
        int shift = random.below(5) - 2;
        int grey = 160 + random.below(80);
        for (int k = 0; k < SIDE; k++) {
            int column = (falling ? k : SIDE - 1 - k) + shift;
            if (column >= 0 && column < SIDE) {
                image[k * SIDE + column] = shade(grey);
            }
        }
    }

    private int shade(int grey) {
        return grey - 15 + random.below(31);
    }
}

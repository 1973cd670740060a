package org.oddlens.app.fx;

import javafx.scene.paint.Color;

/**
 * What a node looks like.
 *
 * @param argb row by row
 */
public record Seen(int width, int height, int[] argb) {

    private static final int CLOSE = 24;

    /** Pixels of a colour, but for a little smoothing at edges. */
    public int near(Color colour) {
        return near(colour, 0, 0, width, height);
    }

    /** Pixels of a colour in a part. */
    public int near(Color colour, double left, double top, double right, double bottom) {
        int red = (int) Math.round(colour.getRed() * 255);
        int green = (int) Math.round(colour.getGreen() * 255);
        int blue = (int) Math.round(colour.getBlue() * 255);
        int found = 0;
        for (int y = (int) Math.max(0, top); y < Math.min(height, bottom); y++) {
            for (int x = (int) Math.max(0, left); x < Math.min(width, right); x++) {
                int pixel = argb[y * width + x];
                int away = Math.abs((pixel >> 16 & 255) - red)
                        + Math.abs((pixel >> 8 & 255) - green)
                        + Math.abs((pixel & 255) - blue);
                found += away <= CLOSE ? 1 : 0;
            }
        }
        return found;
    }

    /** Different colours, at most as many as are asked for. */
    public int colours(int most) {
        return (int) java.util.Arrays.stream(argb).distinct().limit(most).count();
    }

    /** Pixels that differ from another picture of the same size. */
    public int differing(Seen other) {
        if (other.width != width || other.height != height) {
            throw new IllegalArgumentException("pictures of different sizes");
        }
        int found = 0;
        for (int i = 0; i < argb.length; i++) {
            found += argb[i] == other.argb[i] ? 0 : 1;
        }
        return found;
    }
}

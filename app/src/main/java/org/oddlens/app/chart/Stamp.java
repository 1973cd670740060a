package org.oddlens.app.chart;

import java.util.Arrays;

/**
 * A small shape rasterised once and pressed many times into a picture of premultiplied ARGB pixels. Has a filled
 * part and a thin rim around it.
 */
final class Stamp {

    private static final int SUB = 5; // sub-pixels per axis

    private final int reach;
    private final int[] dx;
    private final int[] dy;
    private final int[] fill;
    private final int[] rim;

    /** Signed distance to the border of a shape, in pixels; negative inside. */
    private interface Shape {
        double distance(double x, double y);
    }

    private Stamp(Shape shape, double radius, double rimWidth) {
        this.reach = (int) Math.ceil(radius + rimWidth + 0.5);
        int side = 2 * reach + 1;
        int[][] cells = new int[4][side * side];
        int used = 0;
        for (int at = 0; at < side * side; at++) {
            int inside = 0;
            int around = 0;
            for (int s = 0; s < SUB * SUB; s++) {
                double x = at % side + (s % SUB + 0.5) / SUB - side / 2.0;
                double y = at / side + (s / SUB + 0.5) / SUB - side / 2.0;
                double distance = shape.distance(x, y);
                inside += distance <= 0 ? 1 : 0;
                around += distance > 0 && distance <= rimWidth ? 1 : 0;
            }
            if (inside + around > 0) { // empty corners would be a third of the work
                cells[0][used] = at % side - reach;
                cells[1][used] = at / side - reach;
                cells[2][used] = inside * 255 / (SUB * SUB);
                cells[3][used++] = around * 255 / (SUB * SUB);
            }
        }
        this.dx = Arrays.copyOf(cells[0], used);
        this.dy = Arrays.copyOf(cells[1], used);
        this.fill = Arrays.copyOf(cells[2], used);
        this.rim = Arrays.copyOf(cells[3], used);
    }

    static Stamp circle(double diameter, double rimWidth) {
        double radius = diameter / 2;
        return new Stamp((x, y) -> Math.hypot(x, y) - radius, radius, rimWidth);
    }

    /** An upright triangle whose corners lie on a circle around the point. */
    static Stamp triangle(double size, double rimWidth) {
        double radius = size * 0.62;
        double half = Math.sqrt(3) / 2;
        return new Stamp(
                (x, y) -> Math.max(y, Math.max(half * x - y / 2, -half * x - y / 2)) - radius / 2, radius, rimWidth);
    }

    /**
     * Presses the stamp with its middle on a pixel; parts outside the picture are cut off.
     *
     * @param pixels  premultiplied ARGB, row by row
     * @param fillRgb colour of the filled part
     * @param rimRgb  colour of the rim
     * @param opacity of both parts, 0 to 255
     */
    void press(int[] pixels, int width, int height, int x, int y, int fillRgb, int rimRgb, int opacity) {
        boolean whole = x >= reach && y >= reach && x < width - reach && y < height - reach;
        for (int k = 0; k < dx.length; k++) {
            int column = x + dx[k];
            int row = y + dy[k];
            if (!whole && (column < 0 || row < 0 || column >= width || row >= height)) {
                continue;
            }
            int at = row * width + column;
            if (rim[k] > 0) {
                blend(pixels, at, rimRgb, share(rim[k] * opacity));
            }
            if (fill[k] > 0) {
                blend(pixels, at, fillRgb, share(fill[k] * opacity));
            }
        }
    }

    private static void blend(int[] pixels, int at, int rgb, int alpha) {
        int opaque = 255 << 24 | rgb & 0xffffff;
        if (alpha == 255) {
            pixels[at] = opaque;
            return;
        }
        // Four products at a time, each below 2^16 in its quarter of a long, and their exact quotients by 255.
        long sum = quarters(opaque) * alpha + quarters(pixels[at]) * (255 - alpha);
        long quotient = (sum + 0x0001_0001_0001_0001L + (sum >>> 8 & 0x00ff_00ff_00ff_00ffL)) >>> 8;
        pixels[at] = (int) (quotient & 0xff00ff | quotient >>> 24 & 0xff00ff00L);
    }

    /** Blue, red, green and alpha, each in 16 bits. */
    private static long quarters(int argb) {
        return argb & 0xff00ffL | (argb >>> 8 & 0xff00ffL) << 32;
    }

    /** A product of two bytes divided by 255, exact up to 255², without the slow division. */
    private static int share(int product) {
        return product * 0x8081 >>> 23;
    }
}

package org.oddlens.app.chart;

/**
 * A small shape rasterised once and pressed many times into a picture of premultiplied ARGB pixels. Has a filled
 * part and a thin rim around it.
 */
final class Stamp {

    private static final int SUB = 5; // sub-pixels per axis

    private final int side;
    private final int[] fill;
    private final int[] rim;

    /** Signed distance to the border of a shape, in pixels; negative inside. */
    private interface Shape {
        double distance(double x, double y);
    }

    private Stamp(Shape shape, double radius, double rimWidth) {
        this.side = 2 * (int) Math.ceil(radius + rimWidth + 0.5) + 1;
        this.fill = new int[side * side];
        this.rim = new int[side * side];
        for (int row = 0; row < side; row++) {
            for (int column = 0; column < side; column++) {
                int inside = 0;
                int around = 0;
                for (int s = 0; s < SUB * SUB; s++) {
                    double x = column + (s % SUB + 0.5) / SUB - side / 2.0;
                    double y = row + (s / SUB + 0.5) / SUB - side / 2.0;
                    double distance = shape.distance(x, y);
                    if (distance <= 0) {
                        inside++;
                    } else if (distance <= rimWidth) {
                        around++;
                    }
                }
                fill[row * side + column] = inside * 255 / (SUB * SUB);
                rim[row * side + column] = around * 255 / (SUB * SUB);
            }
        }
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
        int left = x - side / 2;
        int top = y - side / 2;
        int fromColumn = Math.max(0, -left);
        int toColumn = Math.min(side, width - left);
        int fromRow = Math.max(0, -top);
        int toRow = Math.min(side, height - top);
        for (int row = fromRow; row < toRow; row++) {
            int source = row * side;
            int target = (top + row) * width + left;
            for (int column = fromColumn; column < toColumn; column++) {
                int around = rim[source + column];
                if (around > 0) {
                    blend(pixels, target + column, rimRgb, around * opacity / 255);
                }
                int inside = fill[source + column];
                if (inside > 0) {
                    blend(pixels, target + column, fillRgb, inside * opacity / 255);
                }
            }
        }
    }

    private static void blend(int[] pixels, int at, int rgb, int alpha) {
        int below = pixels[at];
        int keep = 255 - alpha;
        int a = alpha + (below >>> 24) * keep / 255;
        int r = ((rgb >> 16 & 255) * alpha + (below >> 16 & 255) * keep) / 255;
        int g = ((rgb >> 8 & 255) * alpha + (below >> 8 & 255) * keep) / 255;
        int b = ((rgb & 255) * alpha + (below & 255) * keep) / 255;
        pixels[at] = a << 24 | r << 16 | g << 8 | b;
    }
}

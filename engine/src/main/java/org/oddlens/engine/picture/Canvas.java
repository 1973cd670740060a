package org.oddlens.engine.picture;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/**
 * A small raster canvas: anti-aliased shapes on an RGB image, nothing of a window system.
 *
 * <p>A pixel is covered by clamp(½ − d), d the signed distance of its centre to the shape.
 */
final class Canvas {
    private final BufferedImage image;

    Canvas(int width, int height, Color ground) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] row = new int[width];
        Arrays.fill(row, ground.getRGB());
        for (int y = 0; y < height; y++) {
            image.setRGB(0, y, width, 1, row, 0, width);
        }
    }

    BufferedImage image() {
        return image;
    }

    /** Fills the shape, which must lie inside the square of half side {@code reach} around (cx, cy). */
    void fill(Outline shape, double cx, double cy, double reach, Color colour, double opacity) {
        fill(shape, new Area(cx - reach, cy - reach, 2 * reach, 2 * reach), colour, opacity);
    }

    /** Fills the part of the shape that lies inside {@code bounds}, one pixel of soft edge included. */
    void fill(Outline shape, Area bounds, Color colour, double opacity) {
        int fromX = Math.max(0, (int) Math.floor(bounds.left()) - 1);
        int toX = Math.min(image.getWidth(), (int) Math.ceil(bounds.right()) + 1);
        int fromY = Math.max(0, (int) Math.floor(bounds.top()) - 1);
        int toY = Math.min(image.getHeight(), (int) Math.ceil(bounds.bottom()) + 1);
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                double covered = Math.max(0, Math.min(1, 0.5 - shape.distance(x + 0.5, y + 0.5)));
                if (covered > 0) {
                    blend(x, y, colour, covered * opacity);
                }
            }
        }
    }

    void line(double x0, double y0, double x1, double y1, double thickness, Color colour) {
        Area bounds = new Area(
                Math.min(x0, x1) - thickness,
                Math.min(y0, y1) - thickness,
                Math.abs(x1 - x0) + 2 * thickness,
                Math.abs(y1 - y0) + 2 * thickness);
        fill(Outline.line(x0, y0, x1, y1, thickness), bounds, colour, 1);
    }

    private void blend(int x, int y, Color colour, double share) {
        int under = image.getRGB(x, y);
        int red = mix(under >> 16 & 0xFF, colour.getRed(), share);
        int green = mix(under >> 8 & 0xFF, colour.getGreen(), share);
        int blue = mix(under & 0xFF, colour.getBlue(), share);
        image.setRGB(x, y, red << 16 | green << 8 | blue);
    }

    private static int mix(int under, int over, double share) {
        return (int) Math.round(under + (over - under) * share);
    }
}

package org.oddlens.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class OutlineTest {
    /** Half of the pixels on the edge are rounded to the wrong side at most: 2 % of these areas. */
    private static final double SHARE = 0.02;

    @Test
    void circleCoversItsArea() {
        assertThat(covered(Outline.circle(50, 50, 30))).isCloseTo(Math.PI * 900, within(Math.PI * 900 * SHARE));
    }

    @Test
    void lineCoversItsRectangleAndTwoHalfCircles() {
        double area = 40 * 6 + Math.PI * 9;
        assertThat(covered(Outline.line(30, 50, 70, 50, 6))).isCloseTo(area, within(area * SHARE));
    }

    @Test
    void triangleCoversItsAreaAndPointsUp() {
        double area = 3 * Math.sqrt(3) * 15 * 15;
        Outline triangle = Outline.triangle(50, 50, 15);

        assertThat(covered(triangle)).isCloseTo(area, within(area * SHARE));
        assertThat(triangle.distance(50, 50 - 29)).isNegative();
        assertThat(triangle.distance(50, 50 + 16)).isPositive();
    }

    @Test
    void diamondCoversItsArea() {
        assertThat(covered(Outline.diamond(50, 50, 30))).isCloseTo(1800, within(1800 * SHARE));
    }

    @Test
    void crossReachesItsCornersOnly() {
        Outline cross = Outline.cross(50, 50, 20, 4);

        assertThat(cross.distance(70, 30)).isNegative();
        assertThat(cross.distance(50, 50)).isNegative();
        assertThat(cross.distance(70, 50)).isPositive();
    }

    @Test
    void borderLeavesTheMiddleFree() {
        Outline ring = Outline.circle(50, 50, 30).border(4);

        assertThat(ring.distance(50, 50)).isPositive();
        assertThat(ring.distance(80, 50)).isEqualTo(-2);
    }

    private static double covered(Outline shape) {
        Canvas canvas = new Canvas(100, 100, Color.WHITE);
        canvas.fill(shape, 50, 50, 50, Color.BLACK, 1);
        BufferedImage image = canvas.image();
        double sum = 0;
        for (int rgb : image.getRGB(0, 0, 100, 100, null, 0, 100)) {
            sum += (255 - (rgb & 0xFF)) / 255.0;
        }
        return sum;
    }
}

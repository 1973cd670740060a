package org.oddlens.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MapPlotTest {

    private static final PaintedMap SMALL =
            new PaintedMap("Map units", 2, 2, new float[] {1, 2, 0, 5}, new int[] {10, 40, 0, 1}, 1, 5);

    @Test
    void coloursACellByTheMeanScoreOfItsRowsAndLeavesOneWithoutRowsEmpty() {
        BufferedImage image = draw(SMALL);

        int lowest = count(image, Viridis.at(0));
        int quarter = count(image, Viridis.at(0.25));
        int highest = count(image, Viridis.at(1));

        // Of a quarter of the map each, less the digits; the bar adds a line of each colour.
        assertThat(lowest).isCloseTo(quarter, withPercentage(2));
        assertThat(highest).isCloseTo(quarter, withPercentage(2));
        assertThat(quarter).isGreaterThan(40_000);
    }

    @Test
    void showsByItsSizeHowManyRowsASmallCellHas() {
        int side = 30;
        float[] scores = new float[side * side];
        int[] few = new int[side * side];
        int[] many = new int[side * side];
        Arrays.fill(scores, 3);
        Arrays.fill(few, 1);
        Arrays.fill(many, 1000);
        few[0] = 1000;

        int small = count(draw(new PaintedMap("Map units", side, side, scores, few, 3, 3)), Viridis.at(0.5));
        int large = count(draw(new PaintedMap("Map units", side, side, scores, many, 3, 3)), Viridis.at(0.5));

        // A side of 0.5 + 0.5 · √(1 / 1000) = 0.52, so 0.27 of the area; sides are whole pixels, of about 16.
        assertThat((double) small / large).isBetween(0.2, 0.34);
    }

    @Test
    void viridisEndsInItsPublishedColours() {
        assertThat(Viridis.at(1)).isEqualTo(new Color(0x440154));
        assertThat(Viridis.at(7)).isEqualTo(new Color(0x440154));
        assertThat(Viridis.at(0)).isEqualTo(new Color(0xb5de2b));
    }

    private static BufferedImage draw(PaintedMap map) {
        Canvas canvas = new Canvas(740, 600, Palette.GROUND);
        MapPlot.draw(canvas, new StrokeFont(), new Area(0, 0, 700, 590), map);
        return canvas.image();
    }

    private static int count(BufferedImage image, Color colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }
}

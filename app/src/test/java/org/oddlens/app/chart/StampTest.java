package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a mark leaves of the picture below it, against the formula of blending in whole numbers. */
class StampTest {

    private static final int SIDE = 21;
    private static final int MIDDLE = SIDE / 2 * SIDE + SIDE / 2;

    @Test
    void blendsEveryChannelByItsOpacity() {
        Random random = new Random(1);
        Stamp mark = Stamp.circle(9, 0);
        for (int opacity = 0; opacity <= 255; opacity++) {
            int below = random.nextInt();
            int fill = random.nextInt();
            int[] pixels = new int[SIDE * SIDE];
            pixels[MIDDLE] = below;
            mark.press(pixels, SIDE, SIDE, SIDE / 2, SIDE / 2, fill, 0, opacity);
            for (int shift = 0; shift < 32; shift += 8) {
                int above = shift == 24 ? 255 : fill >>> shift & 255;
                int expected = (above * opacity + (below >>> shift & 255) * (255 - opacity)) / 255;
                assertThat(pixels[MIDDLE] >>> shift & 255)
                        .as("opacity %d, bits from %d on", opacity, shift)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void cutsOffWhatLiesOutside() {
        int[] pixels = new int[SIDE * SIDE];
        Stamp.circle(9, 0).press(pixels, SIDE, SIDE, 0, 0, 0xff0000, 0, 255);
        assertThat(pixels[0]).isEqualTo(0xffff0000);
        assertThat(pixels[SIDE - 1]).isZero();
        assertThat(pixels[(SIDE - 1) * SIDE]).isZero();
    }
}

package org.oddlens.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class StrokeFontTest {
    private final StrokeFont font = new StrokeFont();

    @Test
    void coversLettersDigitsAndTheSignsOfATitle() {
        assertThat(font.covers("ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789"))
                .isTrue();
        assertThat(font.covers("β-VAE · AUROC 0.97 (best F1: 81 %), [rows, k] \"x\" = 1/2 + 3 × 4 – no?!"))
                .isTrue();
        assertThat(font.covers("漢")).isFalse();
    }

    @Test
    void widthGrowsWithTheSize() {
        assertThat(font.width("AUROC", 24)).isCloseTo(2 * font.width("AUROC", 12), within(1e-9));
        assertThat(font.width("", 12)).isZero();
    }

    @Test
    void digitsAreOfOneWidthSoThatColumnsAlign() {
        assertThat(Arrays.stream("0123456789".split(""))
                        .mapToDouble(digit -> font.width(digit, 12))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void rightAnchorEndsAtThePlace() {
        Canvas canvas = new Canvas(200, 40, Color.WHITE);
        font.write(canvas, "H", 150, 30, 12, StrokeFont.Anchor.RIGHT, Color.BLACK);

        assertThat(canvas.image().getRGB(149, 25) & 0xFF).isLessThan(128);
        assertThat(canvas.image().getRGB(154, 25) & 0xFF).isEqualTo(255);
    }
}

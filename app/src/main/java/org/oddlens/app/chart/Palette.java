package org.oddlens.app.chart;

import java.util.List;
import javafx.scene.paint.Color;
import javafx.scene.text.Font;

/**
 * Colours and font of one theme, as read from the style sheet.
 *
 * @param background behind the plot
 * @param text       titles and values
 * @param muted      axis labels and captions
 * @param line       frame of the plot
 * @param grid       grid lines
 * @param accent     selection, cursor and threshold
 * @param normal     rows labelled normal
 * @param anomaly    rows labelled anomaly
 * @param unlabelled rows without a label
 * @param memory     items of a memory module
 * @param series     eight categorical colours; there is no ninth
 * @param font       of labels inside the plot
 */
public record Palette(
        Color background,
        Color text,
        Color muted,
        Color line,
        Color grid,
        Color accent,
        Color normal,
        Color anomaly,
        Color unlabelled,
        Color memory,
        List<Color> series,
        Font font) {

    /** Place of AUROC and its curves among the series; no loss term has it. */
    static final int AUROC = 3;

    /** Whether the plot is light on dark. */
    public boolean dark() {
        return background.getBrightness() < 0.5;
    }

    /** Colour of a series by its fixed place; places beyond the eighth are grey rather than a repeated colour. */
    public Color series(int place) {
        return place < series.size() ? series.get(place) : unlabelled;
    }

    /** Viridis for scores, turned so that the highest score stands out most from the background. */
    int[] scoreTable() {
        return dark() ? Viridis.table(0.22, 1) : Viridis.table(0.8, 0);
    }

    /** Viridis for density, cut where it would sink into the background. */
    int[] densityTable() {
        return dark() ? Viridis.table(0.28, 1) : Viridis.table(0, 0.9);
    }

    static int argb(Color c) {
        return (int) Math.round(c.getOpacity() * 255) << 24
                | (int) Math.round(c.getRed() * 255) << 16
                | (int) Math.round(c.getGreen() * 255) << 8
                | (int) Math.round(c.getBlue() * 255);
    }

    static java.awt.Color awt(Color c) {
        return new java.awt.Color(argb(c), true);
    }
}

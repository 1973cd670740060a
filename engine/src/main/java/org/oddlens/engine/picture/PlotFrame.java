package org.oddlens.engine.picture;

import java.awt.Color;
import java.util.List;
import java.util.function.BiConsumer;

/** What all plots share: title, legend, grid, tick marks, axis names and the frame. */
final class PlotFrame {
    private static final double TITLE = 17;
    private static final double TEXT = 12;
    private static final double SMALL = 11;
    private static final double MARK = 32;
    private static final double LEGEND_GAP = 26;
    private static final double LINE = 22;
    private static final double LEFT = 78;
    private static final double RIGHT = 8;

    /** A line of the legend: its text, and what draws its mark at a given centre. */
    record Entry(String text, BiConsumer<Double, Double> mark) {}

    private final Canvas canvas;
    private final StrokeFont font;
    private final Area panel;
    private final int legendLines;

    /** @param legend texts of the legend, which takes as many lines as it needs */
    PlotFrame(Canvas canvas, StrokeFont font, Area panel, List<String> legend) {
        this.canvas = canvas;
        this.font = font;
        this.panel = panel;
        this.legendLines = lines(legend);
    }

    private int lines(List<String> legend) {
        double room = panel.inset(LEFT, 0, RIGHT, 0).width();
        int lines = 1;
        double x = 0;
        for (String text : legend) {
            double width = MARK + font.width(text, TEXT);
            if (x > 0 && x + width > room) {
                lines++;
                x = 0;
            }
            x += width + LEGEND_GAP;
        }
        return lines;
    }

    /** Where the values go, inside the panel. */
    Area plot() {
        return panel.inset(LEFT, 74 + (legendLines - 1) * LINE, RIGHT, 58);
    }

    void title(String title) {
        font.write(canvas, title, plot().left(), panel.top() + TITLE, TITLE, StrokeFont.Anchor.LEFT, Palette.INK);
    }

    void legend(List<Entry> entries) {
        double x = plot().left();
        double y = panel.top() + 50;
        for (Entry entry : entries) {
            double width = MARK + font.width(entry.text(), TEXT);
            if (x > plot().left() && x + width > plot().right()) {
                x = plot().left();
                y += LINE;
            }
            entry.mark().accept(x + 10, y - TEXT / 2);
            font.write(canvas, entry.text(), x + MARK, y, TEXT, StrokeFont.Anchor.LEFT, Palette.INK);
            x += width + LEGEND_GAP;
        }
    }

    void axes(
            Axis across,
            List<Axis.Tick> acrossTicks,
            String acrossName,
            Axis up,
            List<Axis.Tick> upTicks,
            String upName) {
        Area plot = plot();
        for (Axis.Tick tick : acrossTicks) {
            double x = crisp(across.pixel(tick.value()));
            canvas.line(x, plot.top(), x, plot.bottom(), 1, Palette.GRID);
            font.write(canvas, tick.text(), x, plot.bottom() + 21, SMALL, StrokeFont.Anchor.MIDDLE, Palette.SOFT_INK);
        }
        for (Axis.Tick tick : upTicks) {
            double y = crisp(up.pixel(tick.value()));
            canvas.line(plot.left(), y, plot.right(), y, 1, Palette.GRID);
            font.write(
                    canvas,
                    tick.text(),
                    plot.left() - 9,
                    y + SMALL / 2,
                    SMALL,
                    StrokeFont.Anchor.RIGHT,
                    Palette.SOFT_INK);
        }
        double bottom = crisp(plot.bottom());
        double left = crisp(plot.left());
        canvas.line(left, bottom, plot.right(), bottom, 1, Palette.AXIS);
        canvas.line(left, plot.top(), left, bottom, 1, Palette.AXIS);
        double middle = plot.left() + plot.width() / 2;
        font.write(canvas, acrossName, middle, plot.bottom() + 47, TEXT, StrokeFont.Anchor.MIDDLE, Palette.INK);
        font.writeUpwards(canvas, upName, panel.left() + 16, plot.top() + plot.height() / 2, TEXT, Palette.INK);
    }

    /** A sentence in the middle of an empty plot. */
    void empty(String sentence) {
        Area plot = plot();
        Color colour = Palette.SOFT_INK;
        double x = plot.left() + plot.width() / 2;
        font.write(canvas, sentence, x, plot.top() + plot.height() / 2, TEXT, StrokeFont.Anchor.MIDDLE, colour);
    }

    private static double crisp(double pixel) {
        return Math.floor(pixel) + 0.5;
    }
}

package org.oddlens.app.chart;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.text.Font;
import javafx.scene.text.TextAlignment;

/**
 * Room of a plot inside its canvas, and the axes around it.
 *
 * @param left   edge of the plotting area in canvas pixels
 * @param top    edge of the plotting area
 * @param width  of the plotting area
 * @param height of the plotting area
 */
record PlotFrame(double left, double top, double width, double height) {

    /** Leaves room for axis labels and titles in the given font. */
    static PlotFrame inside(double width, double height, Font font) {
        return inside(width, height, font, 0);
    }

    /**
     * Likewise, with room for numbers of a width beside the vertical axis, so that its title never lies over them.
     *
     * @param widest pixels of the widest of them
     */
    static PlotFrame inside(double width, double height, Font font, double widest) {
        double em = font.getSize();
        double left = Math.round(Math.max(5.8 * em, widest + 2.2 * em));
        double top = Math.round(0.9 * em);
        double bottom = Math.round(3.3 * em);
        double right = Math.round(1.2 * em);
        return new PlotFrame(left, top, Math.max(8, width - left - right), Math.max(8, height - top - bottom));
    }

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    boolean contains(double x, double y) {
        return x >= left && x <= right() && y >= top && y <= bottom();
    }

    /** How many labelled ticks fit along x. */
    int ticksX(Palette palette) {
        return (int) Math.max(2, width / (palette.font().getSize() * 6.5));
    }

    /** How many labelled ticks fit along y. */
    int ticksY(Palette palette) {
        return (int) Math.max(2, height / (palette.font().getSize() * 3.2));
    }

    /** A place on an axis in canvas pixels. */
    interface Scale {
        double pixel(double value);
    }

    void grid(GraphicsContext g, Palette palette, List<Ticks.Tick> xTicks, Scale x, List<Ticks.Tick> yTicks, Scale y) {
        g.setStroke(palette.grid());
        g.setLineWidth(1);
        for (Ticks.Tick tick : xTicks) {
            double at = crisp(x.pixel(tick.value()));
            g.strokeLine(at, top, at, bottom());
        }
        for (Ticks.Tick tick : yTicks) {
            double at = crisp(y.pixel(tick.value()));
            g.strokeLine(left, at, right(), at);
        }
    }

    void labels(
            GraphicsContext g,
            Palette palette,
            List<Ticks.Tick> xTicks,
            Scale x,
            String xTitle,
            List<Ticks.Tick> yTicks,
            Scale y,
            String yTitle) {
        double em = palette.font().getSize();
        g.setStroke(palette.line());
        g.setLineWidth(1);
        g.strokeRect(crisp(left), crisp(top), Math.round(width), Math.round(height));
        g.setFont(palette.font());
        g.setFill(palette.muted());
        g.setTextBaseline(VPos.TOP);
        double free = Double.NEGATIVE_INFINITY;
        for (Ticks.Tick tick : xTicks) {
            double half = TextWidth.of(tick.label(), palette.font()) / 2;
            double at = x.pixel(tick.value());
            if (at - half > free + 4) { // labels never overlap; a tick without room keeps its grid line only
                g.setTextAlign(TextAlignment.CENTER);
                g.fillText(tick.label(), at, bottom() + 0.35 * em);
                free = at + half;
            }
        }
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        for (Ticks.Tick tick : yTicks) {
            g.fillText(tick.label(), left - 0.5 * em, y.pixel(tick.value()));
        }
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.BOTTOM);
        double room = width + 2 * em;
        String across = fitting(xTitle, room, palette.font());
        double half = TextWidth.of(across, palette.font()) / 2;
        double end = right() + 1.1 * em; // a long title may begin below the numbers of the vertical axis
        g.fillText(across, Math.max(half, Math.min(left + width / 2, end - half)), bottom() + 3.15 * em);
        upright(g, palette, yTitle, yTicks);
    }

    /** The title of the vertical axis: beside its numbers, or in the corner of the plot where they leave no room. */
    private void upright(GraphicsContext g, Palette palette, String yTitle, List<Ticks.Tick> yTicks) {
        double em = palette.font().getSize();
        double widest = yTicks.stream()
                .mapToDouble(tick -> TextWidth.of(tick.label(), palette.font()))
                .max()
                .orElse(0);
        String title = fitting(yTitle, height + 2 * em, palette.font());
        g.setTextBaseline(VPos.TOP);
        if (left - 0.5 * em - widest < 1.5 * em) {
            g.setFill(palette.background().deriveColor(0, 1, 1, 0.8));
            g.fillRect(left + 2, top + 2, TextWidth.of(title, palette.font()) + 0.6 * em, 1.4 * em);
            g.setFill(palette.muted());
            g.setTextAlign(TextAlignment.LEFT);
            g.fillText(title, left + 2 + 0.3 * em, top + 2);
            return;
        }
        g.save();
        g.translate(0.25 * em, top + height / 2);
        g.rotate(-90);
        g.fillText(title, 0, 0, height + 2 * em);
        g.restore();
    }

    /** A title without what stands in brackets, where there is no room for it. */
    private static String fitting(String title, double room, Font font) {
        int bracket = title.indexOf(" (");
        return bracket < 0 || TextWidth.of(title, font) <= room ? title : title.substring(0, bracket);
    }

    static double crisp(double pixel) {
        return Math.floor(pixel) + 0.5;
    }
}

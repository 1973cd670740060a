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
        double em = font.getSize();
        double left = Math.round(5.8 * em);
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
        g.fillText(xTitle, left + width / 2, bottom() + 3.15 * em, width);
        g.save();
        g.translate(0.25 * em, top + height / 2);
        g.rotate(-90);
        g.setTextBaseline(VPos.TOP);
        int bracket = yTitle.indexOf(" (");
        boolean fits = bracket < 0 || TextWidth.of(yTitle, palette.font()) <= height + 2 * em;
        g.fillText(fits ? yTitle : yTitle.substring(0, bracket), 0, 0, height + 2 * em);
        g.restore();
    }

    static double crisp(double pixel) {
        return Math.floor(pixel) + 0.5;
    }
}

package org.oddlens.app.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.function.BiFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;

/** A JFreeChart axis with the ticks of {@link Ticks}, so that all charts label their axes alike. */
final class TickedAxis extends NumberAxis {

    private static final long serialVersionUID = 1L;

    private final transient BiFunction<Range, Double, List<Ticks.Tick>> ticks;

    /** @param ticks gives ticks for a range on an axis of a length in pixels */
    TickedAxis(String title, BiFunction<Range, Double, List<Ticks.Tick>> ticks) {
        super(title);
        this.ticks = ticks;
        setAutoRange(false);
        setTickMarksVisible(false);
        setAxisLineVisible(false);
    }

    @Override
    protected List<NumberTick> refreshTicksHorizontal(Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
        return ticks(area.getWidth(), TextAnchor.TOP_CENTER);
    }

    @Override
    protected List<NumberTick> refreshTicksVertical(Graphics2D g2, Rectangle2D area, RectangleEdge edge) {
        return ticks(area.getHeight(), TextAnchor.CENTER_RIGHT);
    }

    private List<NumberTick> ticks(double length, TextAnchor anchor) {
        return ticks.apply(getRange(), length).stream()
                .map(tick -> new NumberTick(tick.value(), tick.label(), anchor, TextAnchor.CENTER, 0.0))
                .toList();
    }
}

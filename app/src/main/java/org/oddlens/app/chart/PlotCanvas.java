package org.oddlens.app.chart;

import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.layout.Region;

/** A canvas that fills its room and paints at most once a pulse. */
final class PlotCanvas extends Region {

    /** Paints the whole canvas, which has been cleared. */
    interface Painter {
        void paint(GraphicsContext g, double width, double height);
    }

    private final Canvas canvas = new Canvas();
    private final Painter painter;
    private boolean stale = true;

    PlotCanvas(Painter painter) {
        this.painter = painter;
        getChildren().add(canvas);
        setMinSize(0, 0);
    }

    void repaint() {
        stale = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = Math.floor(getWidth());
        double height = Math.floor(getHeight());
        if (canvas.getWidth() != width || canvas.getHeight() != height) {
            canvas.setWidth(width);
            canvas.setHeight(height);
            stale = true;
        }
        if (stale && isVisible() && width > 1 && height > 1) {
            stale = false;
            GraphicsContext g = canvas.getGraphicsContext2D();
            g.clearRect(0, 0, width, height);
            painter.paint(g, width, height);
        }
    }
}

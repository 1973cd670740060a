package org.oddlens.app.chart;

import java.util.List;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.paint.Color;

/** Draws what lies above and around the rows: axes, the detector's own objects, the lasso and the row under the pointer. */
final class ScatterOverlay {

    private final GraphicsContext g;
    private final Palette palette;
    private final PlotFrame room;
    private final Projection view;

    /** @param view in pixels of the plotting area */
    ScatterOverlay(GraphicsContext g, Palette palette, PlotFrame room, Projection view) {
        this.g = g;
        this.palette = palette;
        this.room = room;
        this.view = view;
    }

    void grid(ScatterFrame frame) {
        room.grid(g, palette, ticksX(), this::px, ticksY(frame), this::py);
    }

    void axes(ScatterFrame frame) {
        room.labels(g, palette, ticksX(), this::px, frame.xTitle(), ticksY(frame), this::py, frame.yTitle());
    }

    /** A layer of the detector's own objects: its lines, then its points. */
    void anatomy(AnatomyLayer layer, boolean strip) {
        clipped(() -> {
            // A grid and many links are the background of what matters.
            lines(
                    layer.lines(),
                    layer.mark() == AnatomyLayer.Mark.SQUARE || layer.lines().size() > 40);
            float most = 0;
            for (float use : layer.use()) {
                most = Math.max(most, use);
            }
            // Many points must not hide the rows.
            double share = Math.max(0.5, Math.min(1, Math.sqrt(60.0 / Math.max(1, layer.size()))));
            g.setLineWidth(1.5);
            for (int k = 0; k < layer.size(); k++) {
                double x = px(layer.x()[k]);
                double y = strip ? room.bottom() - 9 : py(layer.y()[k]);
                double use = layer.use().length == 0 ? 1 : layer.use()[k];
                point(layer.mark(), x, y, use == 0 ? 0 : share * Math.sqrt(use / Math.max(most, 1e-12)));
            }
        });
    }

    private void lines(List<float[]> lines, boolean faint) {
        g.setStroke(fade(palette.memory(), faint ? 0.35 : 0.9));
        g.setLineWidth(faint ? 1 : 1.75);
        for (float[] line : lines) {
            double[] xs = new double[line.length / 2];
            double[] ys = new double[xs.length];
            for (int i = 0; i < xs.length; i++) {
                xs[i] = px(line[2 * i]);
                ys[i] = py(line[2 * i + 1]);
            }
            g.strokePolyline(xs, ys, xs.length);
        }
    }

    /** @param size 0 for a point that no row uses, up to 1 */
    private void point(AnatomyLayer.Mark mark, double x, double y, double size) {
        if (size == 0) {
            g.setStroke(fade(palette.memory(), 0.6));
            g.strokeLine(x - 3, y - 3, x + 3, y + 3);
            g.strokeLine(x - 3, y + 3, x + 3, y - 3);
            return;
        }
        g.setFill(fade(palette.background(), 0.55));
        g.setStroke(palette.memory());
        switch (mark) {
            case DIAMOND -> {
                double r = 4 + 6 * size;
                double[] xs = {x, x + r, x, x - r};
                double[] ys = {y - r, y, y + r, y};
                g.fillPolygon(xs, ys, 4);
                g.strokePolygon(xs, ys, 4);
            }
            case SQUARE -> {
                double r = 2 + 5 * size;
                g.fillRect(x - r, y - r, 2 * r, 2 * r);
                g.strokeRect(x - r, y - r, 2 * r, 2 * r);
            }
            case RING -> g.strokeOval(x - 2.5, y - 2.5, 5, 5);
            case PLUS -> {
                g.strokeLine(x - 6, y, x + 6, y);
                g.strokeLine(x, y - 6, x, y + 6);
            }
        }
    }

    /** The open path of a lasso, or the corners of a rectangle, in canvas pixels. */
    void lasso(List<double[]> corners) {
        if (corners.size() < 2) {
            return;
        }
        double[] xs = corners.stream().mapToDouble(c -> c[0]).toArray();
        double[] ys = corners.stream().mapToDouble(c -> c[1]).toArray();
        clipped(() -> {
            g.setFill(fade(palette.accent(), 0.12));
            g.fillPolygon(xs, ys, xs.length);
            g.setStroke(palette.accent());
            g.setLineWidth(1.5);
            g.setLineDashes(4, 3);
            g.strokePolygon(xs, ys, xs.length);
            g.setLineDashes();
        });
    }

    /** A ring around one row. */
    void ring(double dataX, double dataY) {
        clipped(() -> {
            double x = px(dataX);
            double y = py(dataY);
            g.setLineWidth(4);
            g.setStroke(palette.background());
            g.strokeOval(x - 8, y - 8, 16, 16);
            g.setLineWidth(2);
            g.setStroke(palette.accent());
            g.strokeOval(x - 8, y - 8, 16, 16);
        });
    }

    private void clipped(Runnable drawing) {
        g.save();
        g.beginPath();
        g.rect(room.left(), room.top(), room.width(), room.height());
        g.clip();
        drawing.run();
        g.restore();
    }

    private double px(double x) {
        return room.left() + view.screenX(x);
    }

    private double py(double y) {
        return room.top() + view.screenY(y);
    }

    private List<Ticks.Tick> ticksX() {
        return Ticks.linear(view.dataX(0), view.dataX(room.width()), room.ticksX(palette));
    }

    private List<Ticks.Tick> ticksY(ScatterFrame frame) {
        double low = view.dataY(room.height());
        double high = view.dataY(0);
        return frame.strip()
                ? Ticks.log(low, high, room.ticksY(palette))
                : Ticks.linear(low, high, room.ticksY(palette));
    }

    private static Color fade(Color c, double opacity) {
        return c.deriveColor(0, 1, 1, opacity);
    }
}

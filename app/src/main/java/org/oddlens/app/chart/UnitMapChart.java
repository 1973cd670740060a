package org.oddlens.app.chart;

import java.util.List;
import javafx.geometry.VPos;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.paint.Color;
import javafx.scene.text.TextAlignment;

/**
 * A map of units as a heat map: a cell for each, coloured by the mean score of the rows it wins. The number of these rows is
 * written into the cell; where cells are too small for it, the coloured part of a cell grows with it. A cell without rows is
 * empty. All methods belong to the UI thread.
 */
public final class UnitMapChart extends ChartPane {

    private static final double LEAST_PART = 0.5;
    private static final int NONE = -1;

    private final PlotCanvas canvas = new PlotCanvas((g, width, height) -> paint(g));
    private final Legend legend = new Legend();
    private UnitGrid map;
    private int pointed = NONE;
    private List<Object> legendState = List.of();

    /** Where the cells lie. */
    private record Cells(double left, double top, double side) {}

    /** An empty chart. */
    public UnitMapChart() {
        getStyleClass().add("od-unit-map");
        FlowPane bar = new FlowPane();
        bar.getStyleClass().add("od-chart-bar");
        bar.setMinHeight(USE_PREF_SIZE);
        assemble(List.of(bar, legend), List.of(canvas));
        canvas.setOnMouseMoved(this::moved);
        canvas.setOnMouseExited(e -> point(NONE));
        canvas.widthProperty().addListener((o, was, is) -> repaint());
        canvas.heightProperty().addListener((o, was, is) -> repaint());
        plot().addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        plot().setAccessibleHelp("Arrow keys walk from unit to unit, Escape leaves the map.");
    }

    /** Shows another state of the map, or another map; null: there is none. */
    public void setMap(UnitGrid shown) {
        boolean other = map == null || shown == null || map.units() != shown.units();
        map = shown;
        if (map == null) {
            showEmpty("This detector has no map of units.", "", null);
            return;
        }
        pointed = other ? NONE : pointed;
        showPlot();
        describe();
        repaint();
    }

    /** The unit under the mouse or reached by the keyboard, −1 for none. */
    public int pointed() {
        return pointed;
    }

    @Override
    protected void repaint() {
        if (canvas != null && legend != null) { // colours may arrive while the pane is being built
            canvas.repaint();
            rebuildLegend();
        }
    }

    private void describe() {
        String whole = map.name() + ": " + NumberText.count(map.units()) + ", " + NumberText.count(map.empty())
                + " of them without rows; " + NumberText.count(map.all()) + " rows";
        setCaption(pointed == NONE ? whole : map.words(pointed));
        setSummary("Heat map of " + whole + ". Mean scores from " + end(map.cutLow(), "below ", map.low()) + " to "
                + end(map.cutHigh(), "above ", map.high()) + "." + (pointed == NONE ? "" : " " + map.words(pointed)));
    }

    private static String end(boolean cut, String sign, double score) {
        return (cut ? sign : "") + NumberText.score(score);
    }

    /** Builds its nodes anew only when they would be others. */
    private void rebuildLegend() {
        if (map == null || isEmpty()) {
            return;
        }
        Palette p = palette();
        boolean counted = counted(cells(), p);
        List<Object> state =
                List.of(p, counted, map.most(), map.low(), map.high(), map.cutLow(), map.cutHigh(), map.empty() > 0);
        if (state.equals(legendState)) {
            return;
        }
        legendState = state;
        legend.getChildren().clear();
        legend.addBar(
                p.scoreTable(), end(map.cutLow(), "≤ ", map.low()), end(map.cutHigh(), "≥ ", map.high()), "Mean score");
        legend.addText(
                counted ? "number: rows on the unit" : "larger: more rows, up to " + NumberText.count(map.most()));
        if (map.empty() > 0) {
            legend.add(Legend.frame(p.line()), counted ? "no rows" : "blank: no rows");
        }
    }

    private Cells cells() {
        double em = palette().font().getSize();
        PlotFrame room = PlotFrame.inside(
                canvas.getWidth(), canvas.getHeight(), palette().font());
        double left = room.left() - 1.6 * em; // numbers of rows are short
        double width = room.right() - left;
        double side = Math.max(2, Math.floor(Math.min(width / map.columns(), room.height() / map.rows())));
        return new Cells(Math.floor(left + Math.max(0, (width - side * map.columns()) / 2)), room.top(), side);
    }

    private boolean counted(Cells cells, Palette p) {
        return cells.side() >= TextWidth.of(NumberText.count(map.most()), p.font()) + 6
                && cells.side() >= 1.6 * p.font().getSize();
    }

    private void paint(GraphicsContext g) {
        if (map == null || isEmpty()) {
            return;
        }
        Palette p = palette();
        Cells cells = cells();
        boolean counted = counted(cells, p);
        int[] table = p.scoreTable();
        int most = map.most();
        double inner = cells.side() - (cells.side() > 8 ? 2 : 1);
        g.setFont(p.font());
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.CENTER);
        g.setLineWidth(1);
        for (int u = 0; u < map.units(); u++) {
            double x = cells.left() + u % map.columns() * cells.side();
            double y = cells.top() + u / map.columns() * cells.side();
            if (map.hits()[u] == 0) {
                if (counted) { // frames round many small cells would outshine the others
                    g.setStroke(p.line());
                    g.strokeRect(x + 1.5, y + 1.5, inner - 1, inner - 1);
                }
                continue;
            }
            int colour = table[(int) Math.round(255 * map.place(u))];
            double part = LEAST_PART + (1 - LEAST_PART) * Math.sqrt(map.hits()[u] / (double) most);
            double side = counted ? inner : Math.max(1, Math.round(inner * part));
            double inset = Math.floor((cells.side() - side) / 2);
            g.setFill(Color.rgb(colour >> 16 & 255, colour >> 8 & 255, colour & 255));
            g.fillRect(x + inset, y + inset, side, side);
            if (counted) {
                g.setFill(readableOn(colour));
                g.fillText(NumberText.count(map.hits()[u]), x + cells.side() / 2, y + cells.side() / 2);
            }
        }
        if (!counted) {
            g.setStroke(p.line());
            g.strokeRect(
                    cells.left() - 1.5,
                    cells.top() - 1.5,
                    cells.side() * map.columns() + 3,
                    cells.side() * map.rows() + 3);
        }
        numbers(g, p, cells);
        if (pointed != NONE) {
            g.setStroke(p.accent());
            g.setLineWidth(2);
            g.strokeRect(
                    cells.left() + pointed % map.columns() * cells.side(),
                    cells.top() + pointed / map.columns() * cells.side(),
                    cells.side(),
                    cells.side());
        }
    }

    /** Black or white, whichever stands out more; luminance as in WCAG 2 with a gamma of 2. */
    private static Color readableOn(int argb) {
        double red = (argb >> 16 & 255) / 255.0;
        double green = (argb >> 8 & 255) / 255.0;
        double blue = (argb & 255) / 255.0;
        return 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue > 0.22 ? Color.BLACK : Color.WHITE;
    }

    private void numbers(GraphicsContext g, Palette p, Cells cells) {
        double em = p.font().getSize();
        double right = cells.left() + cells.side() * map.columns();
        double bottom = cells.top() + cells.side() * map.rows();
        int every = (int) Math.max(1, Math.ceil(2 * em / cells.side()));
        g.setFill(p.muted());
        g.setTextBaseline(VPos.TOP);
        for (int column = 0; column < map.columns(); column += every) {
            g.fillText(Integer.toString(column + 1), cells.left() + (column + 0.5) * cells.side(), bottom + 0.35 * em);
        }
        g.setTextBaseline(VPos.BOTTOM);
        g.fillText("Column of the map", (cells.left() + right) / 2, bottom + 3.15 * em);
        g.setTextBaseline(VPos.CENTER);
        g.setTextAlign(TextAlignment.RIGHT);
        for (int row = 0; row < map.rows(); row += every) {
            g.fillText(Integer.toString(row + 1), cells.left() - 0.5 * em, cells.top() + (row + 0.5) * cells.side());
        }
        g.save();
        g.translate(cells.left() - 3.6 * em, (cells.top() + bottom) / 2);
        g.rotate(-90);
        g.setTextAlign(TextAlignment.CENTER);
        g.setTextBaseline(VPos.TOP);
        g.fillText("Row of the map", 0, 0);
        g.restore();
    }

    private void moved(MouseEvent e) {
        if (map == null) {
            return;
        }
        Cells cells = cells();
        int column = (int) Math.floor((e.getX() - cells.left()) / cells.side());
        int row = (int) Math.floor((e.getY() - cells.top()) / cells.side());
        boolean inside = column >= 0 && column < map.columns() && row >= 0 && row < map.rows();
        point(inside ? row * map.columns() + column : NONE);
    }

    private void point(int unit) {
        if (unit != pointed && map != null) {
            pointed = unit;
            describe();
            canvas.repaint();
        }
    }

    private void key(KeyEvent e) {
        if (map == null || isEmpty() || e.isControlDown() || e.isAltDown() || e.isMetaDown()) {
            return;
        }
        switch (e.getCode()) {
            case LEFT -> walk(-1, 0);
            case RIGHT -> walk(1, 0);
            case UP -> walk(0, -1);
            case DOWN -> walk(0, 1);
            case ESCAPE -> {
                if (pointed == NONE) {
                    return; // belongs to the window
                }
                point(NONE);
            }
            default -> {
                return;
            }
        }
        e.consume();
    }

    private void walk(int across, int down) {
        if (pointed == NONE) {
            point(0);
            return;
        }
        int column = Math.max(0, Math.min(map.columns() - 1, pointed % map.columns() + across));
        int row = Math.max(0, Math.min(map.rows() - 1, pointed / map.columns() + down));
        point(row * map.columns() + column);
    }
}

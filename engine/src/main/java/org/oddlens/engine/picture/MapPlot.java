package org.oddlens.engine.picture;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * A map of units: a cell for each, coloured by the mean score of the rows it wins. The number of rows is written into the
 * cell; where cells are too small for it, the coloured part of a cell grows with it. A cell without rows is empty.
 */
final class MapPlot {

    private static final double DIGITS = 11;
    private static final double LEAST_PART = 0.5;
    private static final double BAR = 14;
    private static final double BAR_ROOM = 96;

    private final Canvas canvas;
    private final StrokeFont font;
    private final PaintedMap map;
    private final int most;
    private double cell;
    private boolean counted;

    private MapPlot(Canvas canvas, StrokeFont font, PaintedMap map) {
        this.canvas = canvas;
        this.font = font;
        this.map = map;
        int most = 1;
        for (int hits : map.hits()) {
            most = Math.max(most, hits);
        }
        this.most = most;
    }

    static void draw(Canvas canvas, StrokeFont font, Area panel, PaintedMap map) {
        new MapPlot(canvas, font, map).draw(panel);
    }

    private void draw(Area panel) {
        PlotFrame frame = new PlotFrame(canvas, font, panel, List.of());
        frame.title(map.name() + ", mean score of their rows");
        Area whole = frame.plot();
        Area room = whole.inset(0, 0, BAR_ROOM, 0);
        cell = Math.floor(Math.min(room.width() / map.columns(), room.height() / map.rows()));
        counted = cell >= font.width(count(most), DIGITS) + 8 && cell >= 2 * DIGITS;
        Area grid = new Area(Math.floor(room.left()), Math.floor(room.top()), cell * map.columns(), cell * map.rows());
        for (int u = 0; u < map.hits().length; u++) {
            cell(u, grid.left() + u % map.columns() * cell, grid.top() + u / map.columns() * cell);
        }
        if (!counted) {
            frame(grid.inset(-2, -2, -2, -2));
        }
        numbers(grid, panel);
        bar(new Area(grid.right() + 20, grid.top(), BAR, grid.height()));
        frame.legend(legend());
    }

    private List<PlotFrame.Entry> legend() {
        List<PlotFrame.Entry> entries = new ArrayList<>();
        entries.add(new PlotFrame.Entry(
                counted ? "number: rows on the unit" : "larger: more rows, up to " + count(most),
                (x, y) -> square(x - 6, y - 6, 12, Viridis.at(0.5))));
        if (IntStream.of(map.hits()).anyMatch(hits -> hits == 0)) {
            entries.add(new PlotFrame.Entry(
                    counted ? "no rows" : "blank: no rows", (x, y) -> emptyCell(x - 6.5, y - 6.5, 13)));
        }
        return entries;
    }

    private void cell(int unit, double x, double y) {
        double inner = cell - 2;
        int hits = map.hits()[unit];
        if (hits == 0) {
            if (counted) { // frames round many small cells would outshine the others
                emptyCell(x + 1, y + 1, inner);
            }
            return;
        }
        Color colour = Viridis.at(place(map.scores()[unit]));
        double side =
                counted ? inner : Math.round(inner * (LEAST_PART + (1 - LEAST_PART) * Math.sqrt(hits / (double) most)));
        square(x + Math.floor((cell - side) / 2), y + Math.floor((cell - side) / 2), side, colour);
        if (counted) {
            font.write(
                    canvas,
                    count(hits),
                    x + cell / 2,
                    y + cell / 2 + DIGITS / 2,
                    DIGITS,
                    StrokeFont.Anchor.MIDDLE,
                    readableOn(colour));
        }
    }

    /** Place in the colours, 0 to 1; the middle where all scores are equal. */
    private double place(double score) {
        return map.high() > map.low() ? (score - map.low()) / (map.high() - map.low()) : 0.5;
    }

    /** Ink or white, whichever stands out more; luminance as in WCAG 2 to a gamma of 2. */
    private static Color readableOn(Color ground) {
        double red = ground.getRed() / 255.0;
        double green = ground.getGreen() / 255.0;
        double blue = ground.getBlue() / 255.0;
        return 0.2126 * red * red + 0.7152 * green * green + 0.0722 * blue * blue > 0.22 ? Palette.INK : Palette.GROUND;
    }

    private void numbers(Area grid, Area panel) {
        int every = (int) Math.max(1, Math.ceil(30 / cell));
        for (int column = 0; column < map.columns(); column += every) {
            number(column + 1, grid.left() + (column + 0.5) * cell, grid.bottom() + 21, StrokeFont.Anchor.MIDDLE);
        }
        for (int row = 0; row < map.rows(); row += every) {
            number(row + 1, grid.left() - 9, grid.top() + (row + 0.5) * cell + 5.5, StrokeFont.Anchor.RIGHT);
        }
        double middle = grid.left() + grid.width() / 2;
        font.write(canvas, "column of the map", middle, grid.bottom() + 47, 12, StrokeFont.Anchor.MIDDLE, Palette.INK);
        font.writeUpwards(canvas, "row of the map", panel.left() + 16, grid.top() + grid.height() / 2, 12, Palette.INK);
    }

    private void number(int number, double x, double y, StrokeFont.Anchor anchor) {
        font.write(canvas, Integer.toString(number), x, y, 11, anchor, Palette.SOFT_INK);
    }

    /** The colours with their scores; an end that holds more than its score says so. */
    private void bar(Area bar) {
        for (double y = bar.top(); y < bar.bottom(); y++) {
            Color colour = Viridis.at((bar.bottom() - y - 0.5) / bar.height());
            canvas.line(bar.left(), y + 0.5, bar.right(), y + 0.5, 1, colour);
        }
        boolean flat = !(map.high() > map.low());
        Axis axis = new Axis(
                flat ? map.low() - 1 : map.low(), flat ? map.low() + 1 : map.high(), bar.bottom(), bar.top(), false);
        for (Axis.Tick tick : axis.ticks(6)) {
            double y = axis.pixel(tick.value());
            canvas.line(bar.right(), y, bar.right() + 4, y, 1, Palette.AXIS);
            font.write(canvas, tick.text(), bar.right() + 8, y + 5.5, 11, StrokeFont.Anchor.LEFT, Palette.SOFT_INK);
        }
        font.writeUpwards(
                canvas, "mean anomaly score", bar.right() + 66, bar.top() + bar.height() / 2, 12, Palette.INK);
        String beyond = beyond();
        if (!beyond.isEmpty()) {
            font.write(canvas, beyond, bar.right() + 74, bar.top() - 10, 11, StrokeFont.Anchor.RIGHT, Palette.SOFT_INK);
        }
    }

    private String beyond() {
        int above = 0;
        for (int u = 0; u < map.hits().length; u++) {
            above += map.hits()[u] > 0 && map.scores()[u] > map.high() ? 1 : 0;
        }
        return above == 0 ? "" : above + (above == 1 ? " unit" : " units") + " above";
    }

    private void frame(Area area) {
        canvas.line(area.left(), area.top() + 0.5, area.right(), area.top() + 0.5, 1, Palette.AXIS);
        canvas.line(area.left(), area.bottom() - 0.5, area.right(), area.bottom() - 0.5, 1, Palette.AXIS);
        canvas.line(area.left() + 0.5, area.top(), area.left() + 0.5, area.bottom(), 1, Palette.AXIS);
        canvas.line(area.right() - 0.5, area.top(), area.right() - 0.5, area.bottom(), 1, Palette.AXIS);
    }

    private void square(double x, double y, double side, Color colour) {
        canvas.fill(rectangle(x, y, side), new Area(x, y, side, side), colour, 1);
    }

    private void emptyCell(double x, double y, double side) {
        canvas.fill(rectangle(x + 0.5, y + 0.5, side - 1).border(1), new Area(x, y, side, side), Palette.AXIS, 0.6);
    }

    private static Outline rectangle(double left, double top, double side) {
        double half = side / 2;
        return (x, y) -> Math.max(Math.abs(x - left - half), Math.abs(y - top - half)) - half;
    }

    private static String count(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

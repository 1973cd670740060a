package org.oddlens.app.chart;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/**
 * Turns the mouse into views and selections: drag pans, the wheel zooms at the pointer, Shift+drag marks a rectangle,
 * Alt+drag a lasso; Ctrl adds to the selection, Shift+Ctrl removes from it; a double click fits the view.
 */
final class ScatterMouse {

    /** What a plain drag does. */
    enum Tool {
        PAN("Pan (P)", "mdmz-pan_tool"),
        RECTANGLE("Mark a rectangle (R)", "mdal-crop_free"),
        LASSO("Mark with a lasso (A)", "mdal-gesture");

        private final String word;
        private final String icon;

        Tool(String word, String icon) {
            this.word = word;
            this.icon = icon;
        }

        String word() {
            return word;
        }

        String icon() {
            return icon;
        }
    }

    /**
     * What the pointer or the keyboard marks at the moment.
     *
     * @param row     position of the row under the pointer, or −1
     * @param corners of the lasso or rectangle being drawn, in pixels
     */
    record Marks(int row, List<double[]> corners) {
        static Marks none() {
            return new Marks(-1, List.of());
        }
    }

    private static final double REACH = 10;

    private final ScatterSurface surface;
    private final BiConsumer<BitSet, RowSelection.Merge> mark;
    private final IntConsumer hover;
    private Tool tool = Tool.PAN;
    private Tool dragging;
    private final List<double[]> corners = new ArrayList<>();
    private double startX;
    private double startY;
    private Projection startView;

    /**
     * @param mark  receives positions of newly marked rows
     * @param hover receives the position of the row under the pointer, or −1
     */
    ScatterMouse(ScatterSurface surface, BiConsumer<BitSet, RowSelection.Merge> mark, IntConsumer hover) {
        this.surface = surface;
        this.mark = mark;
        this.hover = hover;
    }

    void attachTo(Node node) {
        node.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        node.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        node.addEventHandler(MouseEvent.MOUSE_RELEASED, this::released);
        node.addEventHandler(MouseEvent.MOUSE_MOVED, e -> hover.accept(rowAt(e.getX(), e.getY())));
        node.addEventHandler(MouseEvent.MOUSE_EXITED, e -> hover.accept(-1));
        node.addEventHandler(MouseEvent.MOUSE_CLICKED, this::clicked);
        node.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
    }

    void use(Tool chosen) {
        tool = chosen;
    }

    /** Zooms about a place in pixels of the surface. */
    void zoom(double factor, double x, double y) {
        Projection now = surface.projection();
        if (now != null) {
            PlotFrame room = surface.room();
            surface.move(now.zoomed(factor, x - room.left(), y - room.top()), true);
        }
    }

    private void pressed(MouseEvent e) {
        if (surface.projection() == null || e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        dragging = e.isAltDown() ? Tool.LASSO : e.isShiftDown() ? Tool.RECTANGLE : tool;
        startX = e.getX();
        startY = e.getY();
        startView = surface.projection();
        corners.clear();
    }

    private void dragged(MouseEvent e) {
        if (dragging == null) {
            return;
        }
        switch (dragging) {
            case PAN -> {
                boolean first = surface.projection() == startView;
                surface.move(startView.panned(e.getX() - startX, e.getY() - startY), first);
            }
            case RECTANGLE -> {
                corners.clear();
                corners.add(new double[] {startX, startY});
                corners.add(new double[] {e.getX(), startY});
                corners.add(new double[] {e.getX(), e.getY()});
                corners.add(new double[] {startX, e.getY()});
                surface.marks(new Marks(-1, List.copyOf(corners)));
            }
            case LASSO -> {
                corners.add(new double[] {e.getX(), e.getY()});
                surface.marks(new Marks(-1, List.copyOf(corners)));
            }
        }
    }

    private void released(MouseEvent e) {
        if (dragging != null && dragging != Tool.PAN && corners.size() > 2) {
            PlotFrame room = surface.room();
            Projection view = surface.projection();
            double[] xs = corners.stream()
                    .mapToDouble(c -> view.dataX(c[0] - room.left()))
                    .toArray();
            double[] ys = corners.stream()
                    .mapToDouble(c -> view.dataY(c[1] - room.top()))
                    .toArray();
            mark.accept(surface.prepared().index().inside(xs, ys), merge(e));
        }
        dragging = null;
        corners.clear();
        surface.marks(Marks.none());
    }

    private void clicked(MouseEvent e) {
        if (!e.isStillSincePress() || e.getButton() != MouseButton.PRIMARY) {
            return;
        }
        int row = rowAt(e.getX(), e.getY());
        if (row >= 0) {
            BitSet one = new BitSet();
            one.set(row);
            mark.accept(one, merge(e));
        } else if (e.getClickCount() == 2) {
            surface.resetView();
        }
    }

    private void scrolled(ScrollEvent e) {
        if (e.getDeltaY() != 0) {
            zoom(Math.pow(1.0025, e.getDeltaY()), e.getX(), e.getY());
            e.consume();
        }
    }

    private int rowAt(double x, double y) {
        PlotFrame room = surface.room();
        Projection view = surface.projection();
        if (surface.prepared() == null || view == null || !room.contains(x, y)) {
            return -1;
        }
        return surface.prepared()
                .index()
                .nearest(
                        view.dataX(x - room.left()),
                        view.dataY(y - room.top()),
                        REACH / view.scaleX(),
                        REACH / view.scaleY());
    }

    private static RowSelection.Merge merge(MouseEvent e) {
        if (!e.isShortcutDown()) {
            return RowSelection.Merge.REPLACE;
        }
        return e.isShiftDown() ? RowSelection.Merge.REMOVE : RowSelection.Merge.ADD;
    }
}

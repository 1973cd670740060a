package org.oddlens.app.chart;

import java.util.BitSet;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;

/**
 * The plotting area of the scatter: grid below, rows as a picture painted by a worker, axes and overlays above. All
 * three always show the same view, because overlays are drawn when the picture arrives.
 */
final class ScatterSurface extends Region {

    private final Executor worker;
    private final Executor uiThread;
    private final Supplier<Palette> palette;
    private final ScatterView view = new ScatterView();
    private final ImageView image = new ImageView();
    private final PlotCanvas back = new PlotCanvas((g, w, h) -> paintGrid(g));
    private final PlotCanvas front = new PlotCanvas((g, w, h) -> paintAxes(g));
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");

    private PreparedFrame prepared;
    private PixelPicture spare;
    private PixelPicture onScreen;
    private boolean stale = true;
    private boolean again;

    private ColourBy colourBy = ColourBy.LABEL;
    private Boolean density;
    private boolean anatomyShown = true;
    private RowSelection selection = RowSelection.none();
    private BitSet selected = new BitSet();
    private ScatterMouse.Marks marks = ScatterMouse.Marks.none();

    ScatterSurface(Executor worker, Executor uiThread, Supplier<Palette> palette) {
        this.worker = worker;
        this.uiThread = uiThread;
        this.palette = palette;
        image.setSmooth(false);
        image.setMouseTransparent(true);
        back.setMouseTransparent(true);
        front.setMouseTransparent(true);
        getChildren().addAll(back, image, front);
        setMinSize(0, 0);
        setPickOnBounds(true);
        getStyleClass().add("od-scatter-surface");
    }

    void show(PreparedFrame frame) {
        prepared = frame;
        selected = frame.positions(selection);
        repaint();
    }

    void colourBy(ColourBy meaning) {
        colourBy = meaning;
        repaint();
    }

    /** Forces density on or off; null lets the number of rows decide. */
    void density(Boolean on) {
        density = on;
        repaint();
    }

    boolean densityShown() {
        return density != null ? density : prepared != null && prepared.frame().size() > ScatterRaster.MOST_SPRITES;
    }

    void anatomyShown(boolean on) {
        anatomyShown = on;
        front.repaint();
    }

    void select(RowSelection rows) {
        selection = rows;
        selected = prepared == null ? new BitSet() : prepared.positions(rows);
        repaint();
    }

    void marks(ScatterMouse.Marks now) {
        marks = now;
        front.repaint();
    }

    void move(Projection to, boolean newStep) {
        view.move(to, newStep);
        repaint();
    }

    void back() {
        if (view.back()) {
            repaint();
        }
    }

    void resetView() {
        view.reset();
        repaint();
    }

    void lockView(boolean on) {
        view.lock(on);
        repaint();
    }

    PreparedFrame prepared() {
        return prepared;
    }

    Projection projection() {
        return view.projection();
    }

    PlotFrame room() {
        return PlotFrame.inside(
                Math.floor(getWidth()), Math.floor(getHeight()), palette.get().font());
    }

    ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    void repaint() {
        stale = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        back.resizeRelocate(0, 0, getWidth(), getHeight());
        front.resizeRelocate(0, 0, getWidth(), getHeight());
        PlotFrame room = room();
        Projection now = view.projection();
        boolean resized = now == null || now.width() != room.width() || now.height() != room.height();
        if ((stale || resized) && prepared != null && isVisible() && getWidth() > 80 && getHeight() > 60) {
            stale = false;
            view.at(
                    room.width(),
                    room.height(),
                    prepared.box(),
                    !prepared.frame().strip());
            request(room);
        }
    }

    private void request(PlotFrame room) {
        if (busy.get()) {
            again = true; // the newest state is painted when the worker is free; states between are skipped
            return;
        }
        busy.set(true);
        double scale = pixelScale();
        int width = (int) Math.ceil(room.width() * scale);
        int height = (int) Math.ceil(room.height() * scale);
        PreparedFrame frame = prepared;
        ScatterRaster.Job job = new ScatterRaster.Job(
                view.projection().magnified(scale),
                scale,
                colourBy,
                densityShown(),
                (BitSet) selected.clone(),
                ScatterRaster.Ink.of(palette.get()));
        PixelPicture picture = spare != null && spare.hasSize(width, height) ? spare : new PixelPicture(width, height);
        worker.execute(() -> {
            try {
                ScatterRaster.paint(frame, job, picture.pixels(), width, height);
            } finally {
                uiThread.execute(() -> publish(picture, room));
            }
        });
    }

    private void publish(PixelPicture picture, PlotFrame room) {
        spare = onScreen;
        onScreen = picture;
        image.setImage(picture.fresh());
        image.setFitWidth(picture.width() / pixelScale());
        image.setFitHeight(picture.height() / pixelScale());
        image.relocate(room.left(), room.top());
        back.repaint();
        front.repaint();
        busy.set(false);
        if (again) {
            again = false;
            repaint();
        }
    }

    private void paintGrid(GraphicsContext g) {
        if (prepared != null && view.projection() != null) {
            overlay(g).grid(prepared.frame());
        }
    }

    private void paintAxes(GraphicsContext g) {
        if (prepared == null || view.projection() == null) {
            return;
        }
        ScatterFrame frame = prepared.frame();
        ScatterOverlay overlay = overlay(g);
        if (anatomyShown) {
            frame.anatomy().forEach(layer -> overlay.anatomy(layer, frame.strip()));
        }
        int row = marks.row();
        if (row >= 0 && row < frame.size()) {
            overlay.ring(frame.x()[row], frame.y()[row]);
        }
        overlay.lasso(marks.corners());
        overlay.axes(frame);
    }

    private ScatterOverlay overlay(GraphicsContext g) {
        return new ScatterOverlay(g, palette.get(), room(), view.projection());
    }

    private double pixelScale() {
        return getScene() == null || getScene().getWindow() == null
                ? 1
                : Math.max(1, getScene().getWindow().getOutputScaleX());
    }
}

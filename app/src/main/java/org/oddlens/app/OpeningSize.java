package org.oddlens.app;

import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.oddlens.app.fx.UiThread;

/**
 * Size and place of the window when it opens: as wished where the screen has the room, else the screen's visual bounds,
 * in the middle.
 *
 * @param width  wished width
 * @param height wished height
 */
record OpeningSize(double width, double height) {

    private static final double LEAST_WIDTH = 1100;
    private static final double LEAST_HEIGHT = 700;
    private static final double SETTLED_MILLIS = 250;

    /** The rectangle within the free part of a screen. */
    Rectangle2D within(Rectangle2D free) {
        double wide = Math.min(width, free.getWidth());
        double tall = Math.min(height, free.getHeight());
        return new Rectangle2D(
                Math.floor(free.getMinX() + (free.getWidth() - wide) / 2),
                Math.floor(free.getMinY() + (free.getHeight() - tall) / 2),
                wide,
                tall);
    }

    /**
     * Shows the stage. Some window managers take a minimum for the size while they frame the window, so a window that
     * has been shrunk is given its size again when it has settled.
     */
    void show(Stage stage) {
        Rectangle2D free = Screen.getPrimary().getVisualBounds();
        Rectangle2D place = within(free);
        stage.setMinWidth(Math.min(LEAST_WIDTH, free.getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, free.getHeight()));
        put(stage, place);
        stage.show();
        UiThread.afterMillis(SETTLED_MILLIS).execute(() -> {
            if (stage.getWidth() < place.getWidth() || stage.getHeight() < place.getHeight()) {
                put(stage, place);
            }
        });
    }

    private static void put(Stage stage, Rectangle2D place) {
        stage.setX(place.getMinX());
        stage.setY(place.getMinY());
        stage.setWidth(place.getWidth());
        stage.setHeight(place.getHeight());
    }
}

package org.oddlens.app.chart;

import javafx.event.EventType;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;

/** A mouse that is nowhere but in a test. UI thread only. */
final class MadeMouse {

    private MadeMouse() {}

    /** Fires an event at a place of a node; the toolkit reads the place of a made event as one of the scene. */
    static void fire(Node node, EventType<MouseEvent> type, double x, double y) {
        Point2D at = node.localToScene(x, y);
        boolean pressed = type != MouseEvent.MOUSE_MOVED;
        node.fireEvent(new MouseEvent(
                type,
                at.getX(),
                at.getY(),
                at.getX(),
                at.getY(),
                pressed ? MouseButton.PRIMARY : MouseButton.NONE,
                pressed ? 1 : 0,
                false,
                false,
                false,
                false,
                pressed,
                false,
                false,
                false,
                false,
                true,
                null));
    }
}

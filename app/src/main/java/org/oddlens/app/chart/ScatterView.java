package org.oddlens.app.chart;

import java.util.ArrayDeque;
import java.util.Deque;

/** Where the scatter looks: fits new data unless the user moved the view or locked it; remembers 20 steps. */
final class ScatterView {

    private static final int STEPS_BACK = 20;

    private final Deque<Projection> history = new ArrayDeque<>();
    private Projection projection;
    private boolean touched;
    private boolean locked;

    /** The view for a plot of a size; fits the data when nothing holds the view. */
    Projection at(double width, double height, DataBox box, boolean equalScales) {
        boolean hold = projection != null && (locked || touched);
        projection = hold ? projection.resized(width, height) : Projection.fit(box, width, height, equalScales);
        return projection;
    }

    Projection projection() {
        return projection;
    }

    void lock(boolean on) {
        locked = on;
    }

    /** Moves the view; the steps of one drag count as one. */
    void move(Projection to, boolean newStep) {
        if (newStep && projection != null) {
            history.push(projection);
            if (history.size() > STEPS_BACK) {
                history.removeLast();
            }
        }
        projection = to;
        touched = true;
    }

    /** One step back; true when there was one. */
    boolean back() {
        if (history.isEmpty()) {
            return false;
        }
        projection = history.pop();
        touched = true;
        return true;
    }

    /** Lets the view fit the data again. */
    void reset() {
        touched = false;
        projection = null;
        history.clear();
    }
}

package org.oddlens.app.chart;

import java.util.List;

/**
 * Objects of the detector's own in the coordinates of a scatter: memory items, a mixture, support vectors.
 *
 * @param label what they are, in words of the interface: "Memory items"
 * @param mark  how the points are drawn
 * @param x     first coordinate per point
 * @param y     second coordinate per point; ignored in a strip plot
 * @param use   share of the rows per point, 0 to 1; 0 marks a dead one; empty where points have none
 * @param lines outlines, grid lines and links, each as x and y by turns
 */
public record AnatomyLayer(String label, Mark mark, float[] x, float[] y, float[] use, List<float[]> lines) {

    /** Shapes of points. */
    public enum Mark {
        /** Diamonds sized by use. */
        DIAMOND("sized by share"),
        /** Squares sized by use. */
        SQUARE("sized by share of rows"),
        /** Upright crosses: means and centres. */
        PLUS(""),
        /** Small rings: points that are no rows of the data. */
        RING("");

        private final String meaning;

        Mark(String meaning) {
            this.meaning = meaning;
        }
    }

    /** Items sized by their use. */
    public static AnatomyLayer items(String label, float[] x, float[] y, float[] use) {
        return new AnatomyLayer(label, Mark.DIAMOND, x, y, use, List.of());
    }

    /** Number of points. */
    public int size() {
        return x.length;
    }

    /** Whether nothing is to be drawn. */
    boolean isEmpty() {
        return x.length == 0 && lines.isEmpty();
    }

    /** Whether some points are never used. */
    boolean someUnused() {
        for (float u : use) {
            if (u == 0) {
                return true;
            }
        }
        return false;
    }

    /** What the legend says. */
    String caption() {
        return use.length > 0 && !mark.meaning.isEmpty() ? label + ", " + mark.meaning : label;
    }
}

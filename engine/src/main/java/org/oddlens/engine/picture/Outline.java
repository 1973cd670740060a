package org.oddlens.engine.picture;

/** A shape as its signed distance: negative inside, positive outside, in pixels. */
@FunctionalInterface
interface Outline {

    double distance(double x, double y);

    static Outline circle(double cx, double cy, double radius) {
        return (x, y) -> Math.hypot(x - cx, y - cy) - radius;
    }

    /** A line of that thickness with round ends. */
    static Outline line(double x0, double y0, double x1, double y1, double thickness) {
        double dx = x1 - x0;
        double dy = y1 - y0;
        double squared = dx * dx + dy * dy;
        return (x, y) -> {
            double t = squared == 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / squared;
            double along = Math.max(0, Math.min(1, t));
            return Math.hypot(x - x0 - along * dx, y - y0 - along * dy) - thickness / 2;
        };
    }

    /** An upright triangle whose three sides lie {@code inner} pixels from the centre. */
    static Outline triangle(double cx, double cy, double inner) {
        double slope = Math.sqrt(3) / 2;
        return (x, y) -> {
            double side = slope * Math.abs(x - cx) - 0.5 * (y - cy);
            return Math.max(side, y - cy) - inner;
        };
    }

    /** A square on its corner, {@code half} pixels from the centre to each corner. */
    static Outline diamond(double cx, double cy, double half) {
        return (x, y) -> (Math.abs(x - cx) + Math.abs(y - cy) - half) / Math.sqrt(2);
    }

    /** A saltire (×) reaching {@code half} pixels in x and y. */
    static Outline cross(double cx, double cy, double half, double thickness) {
        Outline falling = line(cx - half, cy - half, cx + half, cy + half, thickness);
        Outline rising = line(cx - half, cy + half, cx + half, cy - half, thickness);
        return (x, y) -> Math.min(falling.distance(x, y), rising.distance(x, y));
    }

    /** The border of a shape, {@code thickness} pixels wide and centred on its edge. */
    default Outline border(double thickness) {
        return (x, y) -> Math.abs(distance(x, y)) - thickness / 2;
    }

    /** The shape, {@code by} pixels larger all around. */
    default Outline grown(double by) {
        return (x, y) -> distance(x, y) - by;
    }
}

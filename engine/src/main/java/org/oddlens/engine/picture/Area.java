package org.oddlens.engine.picture;

/**
 * A rectangle of the picture in pixels, y downwards.
 *
 * @param left first column
 * @param top first row
 * @param width columns
 * @param height rows
 */
record Area(double left, double top, double width, double height) {

    double right() {
        return left + width;
    }

    double bottom() {
        return top + height;
    }

    boolean contains(double x, double y) {
        return x >= left && x <= right() && y >= top && y <= bottom();
    }

    Area inset(double fromLeft, double fromTop, double fromRight, double fromBottom) {
        return new Area(left + fromLeft, top + fromTop, width - fromLeft - fromRight, height - fromTop - fromBottom);
    }
}

package org.oddlens.app.chart;

/**
 * Maps data to pixels and back: y upwards in the data, downwards on the screen. The centre is subtracted in double
 * before anything is narrowed, so a deep zoom does not shake.
 *
 * @param centreX data x in the middle of the plot
 * @param centreY data y in the middle of the plot
 * @param scaleX  pixels per unit of x
 * @param scaleY  pixels per unit of y
 * @param width   of the plot in pixels
 * @param height  of the plot in pixels
 */
record Projection(double centreX, double centreY, double scaleX, double scaleY, double width, double height) {

    /** Fits a box with some air around it; a box without extent gets one unit. */
    static Projection fit(DataBox box, double width, double height, boolean equalScales) {
        double spanX = box.width() > 0 ? box.width() : 1;
        double spanY = box.height() > 0 ? box.height() : 1;
        double air = 0.90;
        double scaleX = Math.max(1, width) * air / spanX;
        double scaleY = Math.max(1, height) * air / spanY;
        if (equalScales) {
            scaleX = Math.min(scaleX, scaleY);
            scaleY = scaleX;
        }
        return new Projection(box.centreX(), box.centreY(), scaleX, scaleY, width, height);
    }

    double screenX(double x) {
        return (x - centreX) * scaleX + width / 2;
    }

    double screenY(double y) {
        return height / 2 - (y - centreY) * scaleY;
    }

    double dataX(double screenX) {
        return (screenX - width / 2) / scaleX + centreX;
    }

    double dataY(double screenY) {
        return (height / 2 - screenY) / scaleY + centreY;
    }

    /** The same view moved by pixels. */
    Projection panned(double dx, double dy) {
        return new Projection(centreX - dx / scaleX, centreY + dy / scaleY, scaleX, scaleY, width, height);
    }

    /** The view magnified by a factor; the data under the given pixel stays under it. */
    Projection zoomed(double factor, double atX, double atY) {
        double x = dataX(atX);
        double y = dataY(atY);
        double newX = scaleX * factor;
        double newY = scaleY * factor;
        return new Projection(x - (atX - width / 2) / newX, y + (atY - height / 2) / newY, newX, newY, width, height);
    }

    /** The same centre and scales in a plot of another size. */
    Projection resized(double newWidth, double newHeight) {
        return new Projection(centreX, centreY, scaleX, scaleY, newWidth, newHeight);
    }

    /** The same view on a raster with more pixels per unit length. */
    Projection magnified(double factor) {
        return new Projection(centreX, centreY, scaleX * factor, scaleY * factor, width * factor, height * factor);
    }
}

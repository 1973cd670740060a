package org.oddlens.app.run;

import javafx.scene.layout.Region;

/**
 * What one feature adds to a score, as a bar from a common zero: to the right what raises the score, to the left, in another
 * colour, what lowers it.
 */
final class ShareBar extends Region {

    private static final double HEIGHT = 10;

    private final Region filled = new Region();
    private final double share;
    private final double least;
    private final double most;

    /**
     * @param least the lowest share of the row, at most 0
     * @param most  the highest, above 0
     */
    ShareBar(double share, double least, double most) {
        this.share = share;
        this.least = least;
        this.most = most;
        filled.getStyleClass().add(share < 0 ? "od-share-negative" : "od-share");
        getChildren().add(filled);
        setMinSize(0, HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxWidth(Double.MAX_VALUE);
    }

    @Override
    protected void layoutChildren() {
        double zero = -least / (most - least) * getWidth();
        double length = Math.abs(share) / (most - least) * getWidth();
        double top = Math.max(0, (getHeight() - HEIGHT) / 2);
        filled.resizeRelocate(share < 0 ? zero - length : zero, top, length, HEIGHT);
    }
}

package org.oddlens.app.chart;

import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** How wide a text is when it is drawn. */
public final class TextWidth {

    private TextWidth() {}

    /** Width in pixels. */
    public static double of(String text, Font font) {
        Text measure = new Text(text);
        measure.setFont(font);
        return measure.getLayoutBounds().getWidth();
    }
}

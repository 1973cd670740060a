package org.oddlens.app.fx;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import javafx.application.Application;
import javafx.scene.Scene;
import org.oddlens.ui.UiResources;

/** The two looks of the window. */
public enum Theme {
    LIGHT,
    DARK;

    /** Puts this look on a scene and on all controls of the program; call on the JavaFX thread. */
    public void applyTo(Scene scene) {
        String base =
                this == DARK ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet();
        if (!base.equals(Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(base);
        }
        scene.getStylesheets().removeAll(UiResources.stylesheets(true));
        scene.getStylesheets().removeAll(UiResources.stylesheets(false));
        scene.getStylesheets().addAll(0, UiResources.stylesheets(this == DARK));
    }
}

package org.oddlens.app;

import javafx.application.Application;
import javafx.stage.Stage;

/** The window. Placeholder: an empty stage. */
public final class OddlensApplication extends Application {

    @Override
    public void start(Stage stage) {
        stage.setTitle("Oddlens");
        stage.show();
    }
}

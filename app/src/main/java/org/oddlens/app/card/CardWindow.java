package org.oddlens.app.card;

import java.util.List;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.ModelCard;

/** Shows the model card of one detector at a time beside the main window. */
public final class CardWindow {

    private static final double WIDTH = 860;
    private static final double HEIGHT = 760;

    private Stage stage;

    /**
     * Shows a card, in place of the one before.
     *
     * @param styles style sheets of the owner's scene
     */
    public void show(Window owner, List<String> styles, DetectorDescriptor detector) {
        if (stage == null) {
            stage = new Stage();
            stage.initOwner(owner);
            stage.setScene(new Scene(new ScrollPane(), WIDTH, HEIGHT));
            stage.getScene().addEventHandler(KeyEvent.KEY_PRESSED, event -> {
                if (event.getCode() == KeyCode.ESCAPE) {
                    stage.close();
                }
            });
        }
        String text = ModelCard.of(detector)
                .map(ModelCard::text)
                .orElseGet(() -> "# " + detector.name() + "\n\n" + detector.summary() + "\n\n## Hyperparameters\n\n"
                        + ModelCard.tables(detector));
        ScrollPane scroll = new ScrollPane(new CardPage(text));
        scroll.setId("model-card");
        scroll.setFitToWidth(true);
        scroll.setAccessibleText("Model card of " + detector.name());
        stage.setTitle("About " + detector.name());
        stage.getScene().setRoot(scroll);
        stage.getScene().getStylesheets().setAll(styles);
        stage.show();
        stage.toFront();
    }
}

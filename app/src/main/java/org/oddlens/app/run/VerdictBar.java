package org.oddlens.app.run;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/** The head of the run page: what runs or ran, how it stands, and its numbers. */
final class VerdictBar extends HBox {

    private final Label title = new Label();
    private final Label sentence = new Label();
    private final HBox tiles = new HBox(8);

    private final Button swap = new Button("Swap labels");

    private final Button resume = new Button("Resume");

    /**
     * @param swapLabels offered when the labels look as if they meant the opposite
     * @param goOn       offered where a run was left before its end
     */
    VerdictBar(Runnable swapLabels, Runnable goOn) {
        super(16);
        getStyleClass().addAll("od-panel", "od-verdict");
        setAlignment(Pos.CENTER_LEFT);
        setMinHeight(Region.USE_PREF_SIZE);
        title.getStyleClass().add("od-subtitle");
        sentence.setId("verdict");
        sentence.setWrapText(true);
        sentence.getStyleClass().add("od-muted");
        VBox words = new VBox(2, title, sentence);
        words.setAlignment(Pos.CENTER_LEFT);
        words.setMinWidth(160);
        HBox.setHgrow(words, Priority.ALWAYS);
        tiles.setAlignment(Pos.CENTER_RIGHT);
        tiles.setMinWidth(Region.USE_PREF_SIZE);
        swap.setId("verdict-swap-labels");
        swap.setMinWidth(Region.USE_PREF_SIZE);
        swap.setTooltip(new Tooltip("Exchanges what normal and anomaly mean, for the next run"));
        swap.setOnAction(event -> swapLabels.run());
        resume.setId("verdict-resume");
        resume.setMinWidth(Region.USE_PREF_SIZE);
        resume.setTooltip(new Tooltip("Goes on from the last checkpoint, to the same result as without the break"));
        resume.setOnAction(event -> goOn.run());
        offerResume(false);
        getChildren().addAll(words, resume, swap, tiles);
    }

    void offerResume(boolean on) {
        resume.setVisible(on);
        resume.setManaged(on);
    }

    void show(String newTitle, String text, List<Verdict.Tile> numbers, boolean wrongWay) {
        swap.setVisible(wrongWay);
        swap.setManaged(wrongWay);
        title.setText(newTitle);
        sentence.setText(text);
        while (tiles.getChildren().size() < numbers.size()) {
            tiles.getChildren().add(new TileBox());
        }
        while (tiles.getChildren().size() > numbers.size()) {
            tiles.getChildren().remove(tiles.getChildren().size() - 1);
        }
        for (int i = 0; i < numbers.size(); i++) {
            ((TileBox) tiles.getChildren().get(i)).show(numbers.get(i), i == 0);
        }
    }

    /** One number; kept and refilled, because it changes with every epoch. */
    private static final class TileBox extends VBox {

        private final Label value = new Label();
        private final Label name = new Label();
        private final Tooltip help = new Tooltip();

        TileBox() {
            getStyleClass().add("od-tile");
            setAlignment(Pos.CENTER);
            value.getStyleClass().add("od-tile-value");
            name.getStyleClass().add("od-caption");
            name.setMinWidth(Region.USE_PREF_SIZE);
            help.setWrapText(true);
            help.setMaxWidth(320);
            Tooltip.install(this, help);
            getChildren().addAll(value, name);
        }

        void show(Verdict.Tile tile, boolean first) {
            value.setText(tile.value());
            name.setText(tile.name());
            help.setText(tile.help());
            getStyleClass().remove("od-tile-first");
            if (first) {
                getStyleClass().add("od-tile-first");
            }
            setAccessibleText(tile.name() + " " + tile.value());
        }
    }
}

package org.oddlens.app.device;

import atlantafx.base.theme.Styles;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.engine.device.Bytes;
import org.oddlens.engine.device.CardVerdict;
import org.oddlens.engine.device.DeviceReport;

/** What was found, whether it is used and why not, and what can be done about it. */
public final class DevicePage extends VBox {

    private final DeviceViewModel model;
    private final Label sentence = text("gpu-sentence");
    private final Label problem = text("gpu-problem");
    private final VBox cards = new VBox(6);
    private final Label pack = text("gpu-pack");
    private final Label terms = text("gpu-terms");
    private final Label test = text("gpu-trial");
    private final CheckBox wished = new CheckBox("Train on the card when it passes the self-test");
    private final Button again = button("gpu-test", "Test again", "mdal-autorenew");
    private final Button install = button("gpu-install", "Install GPU pack", "mdal-get_app");
    private final Button cancel = button("gpu-cancel", "Cancel", "mdal-close");
    private final Button remove = button("gpu-remove", "Remove GPU pack", "mdal-delete");
    private final ProgressBar bar = new ProgressBar();
    private final Label barText = new Label();
    private final HBox download = new HBox(10, bar, barText);

    public DevicePage(DeviceViewModel model) {
        this.model = model;
        setId("gpu-page");
        getStyleClass().add("od-panel");
        setSpacing(10);
        Label title = new Label("Graphics card");
        title.getStyleClass().add("od-title");
        problem.getStyleClass().add("od-problem");
        terms.getStyleClass().add("od-caption");
        test.getStyleClass().add("od-muted");
        Label packTitle = new Label("GPU pack");
        packTitle.getStyleClass().add("od-panel-title");
        download.setAlignment(Pos.CENTER_LEFT);
        bar.setPrefWidth(260);
        bar.setAccessibleText("Progress of the download");
        wished.setId("gpu-wished");
        wished.selectedProperty().bindBidirectional(model.wishedProperty());
        again.setOnAction(event -> model.test());
        install.setOnAction(event -> model.install());
        install.getStyleClass().add(Styles.ACCENT);
        cancel.setOnAction(event -> model.cancel());
        remove.setOnAction(event -> model.remove());
        Label price = text("gpu-price");
        price.setText(
                "On a card ND4J's interpreter runs the network instead of the compiled executor; small networks are"
                        + " expected to train more slowly there than on the CPU.");
        price.getStyleClass().add("od-caption");
        HBox buttons = new HBox(8, again, install, cancel, remove);
        getChildren()
                .addAll(
                        title, sentence, problem, cards, test, wished, price, packTitle, pack, download, terms,
                        buttons);
        bar.progressProperty().bind(model.progressProperty());
        barText.textProperty().bind(model.progressTextProperty());
        problem.textProperty().bind(model.problemProperty());
        model.phaseProperty().addListener((property, before, now) -> show());
        model.reportProperty().addListener((property, before, now) -> show());
        model.problemProperty().addListener((property, before, now) -> show());
        show();
    }

    private static Label text(String id) {
        Label label = new Label();
        label.setId(id);
        label.setWrapText(true);
        label.setMinHeight(Region.USE_PREF_SIZE);
        return label;
    }

    private static Button button(String id, String words, String icon) {
        Button button = new Button(words, new FontIcon(icon));
        button.setId(id);
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.setAccessibleText(words);
        return button;
    }

    private void show() {
        DeviceReport found = model.reportProperty().get();
        DeviceViewModel.Phase phase = model.phaseProperty().get();
        boolean idle = phase == DeviceViewModel.Phase.IDLE;
        boolean installing = phase == DeviceViewModel.Phase.INSTALLING;
        sentence.setText(
                switch (phase) {
                    case TESTING -> "Looking for a card and testing it…";
                    case INSTALLING -> "The GPU pack is being downloaded…";
                    case IDLE -> found == null ? "Not tested yet." : found.sentence();
                });
        cards.getChildren().clear();
        if (found != null) {
            found.cards().forEach(card -> cards.getChildren().add(card(card, sentence.getText())));
        }
        shown(cards, !cards.getChildren().isEmpty());
        boolean tried = found != null && found.trial() != null && idle;
        test.setText(tried ? "Self-test: " + found.trial().sentence() : "");
        shown(test, tried);
        shown(problem, !model.problemProperty().get().isEmpty());
        showPack(found);
        shown(download, installing);
        shown(cancel, installing);
        shown(install, model.canInstall());
        shown(
                remove,
                idle && found != null && found.pack() != null && found.pack().presentBytes() > 0);
        again.setDisable(!idle);
        wished.setDisable(!idle || found == null || !found.cardWorks() && !wished.isSelected());
    }

    private static VBox card(CardVerdict card, String said) {
        Label name = text("gpu-card-" + card.index());
        name.setText(card.name());
        name.getStyleClass().add("od-subtitle");
        Label numbers = text("gpu-numbers-" + card.index());
        numbers.setText(card.numbers());
        numbers.getStyleClass().add("od-muted");
        VBox lines = new VBox(2, name, numbers);
        String verdict = card.usable() ? "The CUDA libraries can run on it." : card.reason();
        if (!said.startsWith(verdict)) {
            Label line = text("gpu-verdict-" + card.index());
            line.setText(verdict);
            lines.getChildren().add(line);
        }
        return lines;
    }

    private void showPack(DeviceReport found) {
        pack.setText(found == null ? "" : packState(found));
        terms.setText(model.packText());
        shown(terms, model.canInstall() || model.phaseProperty().get() == DeviceViewModel.Phase.INSTALLING);
    }

    private static String packState(DeviceReport found) {
        DeviceReport.Pack there = found.pack();
        if (there == null) {
            return "There is none for " + found.system() + ".";
        }
        String size = Bytes.text(there.bytes());
        if (there.complete()) {
            return "Installed, " + size + " in " + there.folder();
        }
        if (there.presentBytes() > 0) {
            return Bytes.text(there.presentBytes()) + " of " + size + " are there; the download goes on from there.";
        }
        return found.bestCard().isEmpty()
                ? "Not installed, and of no use here: no card could use it."
                : "Not installed. The CUDA libraries, " + size
                        + ", are not part of Oddlens; a card needs them to train.";
    }

    private static void shown(Region part, boolean visible) {
        part.setVisible(visible);
        part.setManaged(visible);
    }
}

package org.oddlens.app.shell;

import atlantafx.base.theme.Styles;
import java.nio.file.Path;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.app.chart.NumberText;
import org.oddlens.sample.Sample;
import org.oddlens.ui.UiResources;

/** What a first start shows: try a sample, open own data, recent files. */
final class WelcomePage extends StackPane {

    private final ShellViewModel model;
    private final VBox recent = new VBox(2);

    /** @param chooseFile opens the file dialogue */
    WelcomePage(ShellViewModel model, Runnable chooseFile) {
        this.model = model;
        setId("welcome-page");
        getStyleClass().add("od-page");
        ImageView icon = new ImageView(new Image(UiResources.icons().get(UiResources.ICON_SIZES.indexOf(64))));
        Label name = new Label("Oddlens");
        name.getStyleClass().add("od-hero");
        Label line = new Label("Watch a detector learn what is normal, and ask why a row is odd.");
        line.getStyleClass().add("od-muted");
        HBox head = new HBox(16, icon, new VBox(2, name, line));
        head.setAlignment(Pos.CENTER_LEFT);

        Button open = new Button("Open my data…", new FontIcon("mdal-folder_open"));
        open.setId("open-data");
        open.getStyleClass().add(Styles.ACCENT);
        open.setAccessibleText("Open my data");
        open.setOnAction(event -> chooseFile.run());
        Label drop = new Label("or drop a .mat, .npz, .npy or .csv file anywhere on this window");
        drop.getStyleClass().add("od-muted");
        HBox openBar = new HBox(12, open, drop);
        openBar.setAlignment(Pos.CENTER_LEFT);

        FlowPane samples = new FlowPane(12, 12);
        samples.setPrefWrapLength(860);
        for (Sample sample : model.samples()) {
            samples.getChildren().add(card(sample));
        }
        VBox page = new VBox(20, head, openBar, heading("Try a sample"), samples, recent);
        page.setMaxWidth(900);
        page.setMaxHeight(Region.USE_PREF_SIZE);
        page.getStyleClass().add("od-welcome");
        StackPane centre = new StackPane(page);
        centre.getStyleClass().add("od-welcome-back");
        ScrollPane scroll = new ScrollPane(centre);
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        getChildren().add(scroll);
        showRecent(model.settingsProperty().get().recent());
        model.settingsProperty().addListener((property, before, now) -> showRecent(now.recent()));
    }

    private static Label heading(String text) {
        Label heading = new Label(text);
        heading.getStyleClass().add("od-panel-title");
        return heading;
    }

    private Button card(Sample sample) {
        Label title = new Label(sample.title());
        title.getStyleClass().add("od-panel-title");
        Label text = new Label(sample.description());
        text.setWrapText(true);
        text.getStyleClass().add("od-caption");
        Label size = new Label(NumberText.count(sample.rows()) + " rows × " + NumberText.count(sample.features())
                + " features, " + NumberText.count(sample.anomalies()) + " anomalies");
        size.getStyleClass().add("od-caption");
        VBox content = new VBox(6, title, text, size);
        content.setAlignment(Pos.TOP_LEFT);
        Button card = new Button(null, content);
        card.setId("sample-" + sample.id());
        card.getStyleClass().add("od-card");
        card.setPrefWidth(410);
        card.setPrefHeight(100);
        card.setAlignment(Pos.TOP_LEFT);
        card.setAccessibleText("Sample " + sample.title());
        card.setAccessibleHelp(sample.description());
        card.setOnAction(event -> model.openSample(sample.id()));
        return card;
    }

    private void showRecent(List<String> files) {
        recent.getChildren().clear();
        if (files.isEmpty()) {
            return;
        }
        recent.getChildren().add(heading("Recent"));
        for (String file : files) {
            Hyperlink link = new Hyperlink(
                    Path.of(file).getFileName() + "  –  " + Path.of(file).getParent());
            link.setAccessibleText("Open " + Path.of(file).getFileName());
            link.setOnAction(event -> model.open(Path.of(file)));
            recent.getChildren().add(link);
        }
    }
}

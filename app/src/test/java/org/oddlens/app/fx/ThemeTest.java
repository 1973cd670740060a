package org.oddlens.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.Image;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.controlsfx.control.CheckComboBox;
import org.controlsfx.control.RangeSlider;
import org.controlsfx.control.SegmentedButton;
import org.controlsfx.control.StatusBar;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.ui.UiResources;

/** The resources are whole, and the style sheets give every control what it looks up. */
class ThemeTest {

    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void dressesControlsOfBothLibrariesWithoutWarnings(Theme theme) {
        screen.show(theme, 560, 400, ThemeTest::controls);
        screen.save("controls-" + theme.name().toLowerCase(Locale.ROOT));
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private static VBox controls() {
        TableView<String> table = new TableView<>();
        table.getColumns().add(new TableColumn<>("Row"));
        table.getColumns().add(new TableColumn<>("Anomaly score"));
        table.setPrefHeight(100);
        StatusBar status = new StatusBar();
        status.setText("Training MemAE, seed 3 – epoch 87/200");
        status.setProgress(0.43);
        CheckComboBox<String> overlays = new CheckComboBox<>();
        overlays.getItems().setAll("Memory items", "Trails");
        overlays.getCheckModel().check(0);
        Label title = new Label("Scores");
        title.getStyleClass().add("od-title");
        Button train = new Button("Train");
        train.setDefaultButton(true);
        return new VBox(
                8,
                title,
                new HBox(8, train, new Button("Pause"), new TextField("0.95"), new ComboBox<String>()),
                new HBox(8, new CheckBox("Uses labels"), new ProgressBar(0.4), overlays),
                new SegmentedButton(new ToggleButton("ROC"), new ToggleButton("PR")),
                new RangeSlider(0, 10, 2, 7),
                table,
                status);
    }

    @Test
    void findsIconsAndMessages() {
        assertThat(UiResources.icons()).hasSize(UiResources.ICON_SIZES.size());
        for (int k = 0; k < UiResources.icons().size(); k++) {
            Image icon = new Image(UiResources.icons().get(k));
            assertThat(icon.getWidth()).isEqualTo(UiResources.ICON_SIZES.get(k).doubleValue());
        }
        assertThat(UiResources.message("empty.roc.oneClass", "500", "normal", "ROC"))
                .isEqualTo("All 500 test rows are normal, so ROC is undefined.");
        UiResources.messages().keySet().forEach(key -> assertThat(UiResources.message(key, "a", "b", "c"))
                .as(key)
                .isNotBlank()
                .doesNotContain("{"));
    }
}

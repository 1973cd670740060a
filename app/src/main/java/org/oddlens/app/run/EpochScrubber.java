package org.oddlens.app.run;

import java.util.Comparator;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** A slider over the epochs whose picture was kept. */
final class EpochScrubber extends HBox {

    private final Slider slider = new Slider();
    private final Label text = new Label();
    private final ListChangeListener<Integer> onKept = change -> showRange();
    private KeptEpochs kept;
    private boolean moving;

    EpochScrubber() {
        super(8);
        setAlignment(Pos.CENTER_LEFT);
        setMinHeight(Region.USE_PREF_SIZE);
        Label word = new Label("Epoch");
        word.getStyleClass().add("od-caption");
        word.setLabelFor(slider);
        word.setMinWidth(Region.USE_PREF_SIZE);
        slider.setId("epoch-slider");
        slider.setAccessibleText("Epoch shown");
        slider.setMinHeight(24);
        HBox.setHgrow(slider, Priority.ALWAYS);
        slider.valueProperty().addListener((property, before, now) -> {
            if (!moving && kept != null && !kept.epochs().isEmpty()) {
                kept.show(nearest(now.doubleValue()));
            }
        });
        text.getStyleClass().add("od-caption");
        text.setMinWidth(84);
        getChildren().addAll(word, slider, text);
        follow(null);
    }

    /** Lets the user choose among these epochs from now on; null: there is no run. */
    void follow(KeptEpochs now) {
        if (kept != null) {
            kept.epochs().removeListener(onKept);
        }
        kept = now;
        if (kept != null) {
            kept.epochs().addListener(onKept);
        }
        text.setText("");
        showRange();
    }

    private void showRange() {
        int newest = kept == null ? 0 : kept.newest();
        moving = true;
        slider.setDisable(newest == 0);
        slider.setMax(Math.max(1, newest));
        if (kept == null) {
            slider.setValue(0);
        }
        moving = false;
    }

    void showEpoch(int epoch, int planned) {
        moving = true;
        slider.setValue(epoch);
        moving = false;
        text.setText(epoch == 0 ? "0, untrained" : epoch + " of " + planned);
    }

    private int nearest(double wanted) {
        return kept.epochs().stream()
                .min(Comparator.comparingDouble(epoch -> Math.abs(epoch - wanted)))
                .orElse(0);
    }
}

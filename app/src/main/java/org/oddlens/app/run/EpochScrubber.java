package org.oddlens.app.run;

import java.util.Comparator;
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
    private RunViewModel run;
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
            if (!moving && run != null && !run.snapshotEpochs().isEmpty()) {
                run.showEpoch(nearest(now.doubleValue()));
            }
        });
        text.getStyleClass().add("od-caption");
        text.setMinWidth(84);
        getChildren().addAll(word, slider, text);
        follow(null);
    }

    void follow(RunViewModel shown) {
        run = shown;
        text.setText("");
        epochsChanged();
    }

    /** More epochs can be looked at. */
    void epochsChanged() {
        int newest = run == null || run.snapshotEpochs().isEmpty()
                ? 0
                : run.snapshotEpochs().get(run.snapshotEpochs().size() - 1);
        moving = true;
        slider.setDisable(newest == 0);
        slider.setMax(Math.max(1, newest));
        if (run == null) {
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

    /** Goes to the picture before (−1) or after (1) the one shown. */
    void step(int direction) {
        if (run == null
                || run.snapshotEpochs().isEmpty()
                || run.snapshotProperty().get() == null) {
            return;
        }
        int at = run.snapshotEpochs().indexOf(run.snapshotProperty().get().epoch());
        int next = Math.max(0, Math.min(run.snapshotEpochs().size() - 1, at + direction));
        run.showEpoch(run.snapshotEpochs().get(next));
    }

    private int nearest(double wanted) {
        return run.snapshotEpochs().stream()
                .min(Comparator.comparingDouble(epoch -> Math.abs(epoch - wanted)))
                .orElse(0);
    }
}

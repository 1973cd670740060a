package org.oddlens.app.run;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.chart.ScatterSpace;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.ui.UiResources;

/**
 * The latent space of a run with the epochs to choose from below it; until there is one, the data in two dimensions with a
 * word on how to get there.
 */
final class LatentPanel extends ChartPanel {

    private final LatentScatter latent;
    private final EpochScrubber scrubber = new EpochScrubber();
    private final Label note = new Label();
    private final Button action = new Button("Train");
    private final HBox bar = new HBox(12, note, action);
    private ScatterFrame dataPicture;
    private RunViewModel run;
    private DetectorDescriptor detector;

    /** @param train starts the run that is set up */
    LatentPanel(LatentScatter latent, Runnable train) {
        super("Latent space", latent);
        this.latent = latent;
        note.setId("latent-note");
        note.setWrapText(true);
        note.getStyleClass().add("od-muted");
        note.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(note, Priority.ALWAYS);
        action.setMinWidth(Region.USE_PREF_SIZE);
        action.setAccessibleText("Train, to see a latent space");
        action.setOnAction(event -> train.run());
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.setMinHeight(Region.USE_PREF_SIZE);
        getChildren().addAll(bar, scrubber);
    }

    /** The data in two dimensions, shown until a run has codes; null if there is none. */
    void showData(ScatterFrame frame) {
        dataPicture = frame;
        if (run == null
                || run.liveProperty().get() && run.kept().shownProperty().get() == null) {
            showDataInstead();
        }
    }

    /** Shows a run from now on, of which nothing is known yet; null: none. */
    void follow(ShownRun shown) {
        run = shown == null ? null : shown.run();
        detector = shown == null ? null : shown.detector();
        latent.setHeading(solved() ? "PCA of the inputs" : "Latent space");
        scrubber.follow(run == null ? null : run.kept());
        showDataInstead();
    }

    private void showDataInstead() {
        latent.setSpaces(dataPicture == null ? List.of() : List.of(new ScatterSpace("Data", dataPicture)));
        boolean idle = run == null;
        if (dataPicture == null && idle) {
            latent.showEmpty("Open a data file and train a detector to see its latent space here.", "", null);
        }
        note.setText(
                idle
                        ? UiResources.message("empty.latent.noRun")
                        : solved()
                                ? UiResources.message("empty.latent.none", detector.name())
                                : UiResources.message("empty.latent.waiting"));
        action.setVisible(idle);
        showBar(dataPicture != null);
    }

    private void showBar(boolean on) {
        bar.setVisible(on);
        bar.setManaged(on);
        scrubber.setVisible(!on && !solved());
        scrubber.setManaged(scrubber.isVisible());
    }

    /** A detector that is solved in one step has no code and nothing to go back to. */
    private boolean solved() {
        return detector != null && detector.atomic();
    }

    /** Shows the rows of the run at an epoch. */
    void show(SnapshotPicture snapshot) {
        showBar(false);
        latent.setSpaces(snapshot.spaces());
        RunEvent.Started begun = run.startedProperty().get();
        scrubber.showEpoch(snapshot.epoch(), begun == null ? snapshot.epoch() : begun.epochs());
    }
}

package org.oddlens.app.run;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.oddlens.app.chart.AnatomyLayer;
import org.oddlens.app.chart.NumberText;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunPlan;
import org.oddlens.ui.UiResources;

/**
 * In place of curves for a detector that is solved in one step: what it was given, how long it took, and what it found.
 */
final class SolvedPanel extends VBox {

    private final Label sentence = new Label();
    private final GridPane facts = new GridPane(16, 4);

    SolvedPanel() {
        setId("solved");
        getStyleClass().add("od-panel");
        setMinSize(120, 80);
        Label heading = new Label("How it was solved");
        heading.getStyleClass().add("od-panel-title");
        sentence.setId("solved-sentence");
        sentence.setWrapText(true);
        sentence.setMinHeight(Region.USE_PREF_SIZE);
        ScrollPane scroll = new ScrollPane(facts);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setAccessibleText("Facts of the solution");
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(heading, sentence, scroll);
    }

    /** Tells what is known of a run by now. */
    void show(ShownRun shown) {
        RunViewModel run = shown.run();
        DetectorDescriptor detector = shown.detector();
        RunMetrics metrics = run.metricsProperty().get();
        Double seconds = metrics == null ? null : metrics.seconds().get("train");
        if (seconds != null) {
            sentence.setText(UiResources.message("empty.curves.shallow", detector.name(), Durations.brief(seconds)));
        } else if (run.liveProperty().get()) {
            sentence.setText(UiResources.message("empty.curves.solving", detector.name()));
        } else {
            sentence.setText(UiResources.message("empty.curves.unsolved", detector.name()));
        }
        facts.getChildren().clear();
        facts(run, detector, shown.spec()).forEach((name, value) -> {
            Label word = new Label(name);
            word.getStyleClass().add("od-muted");
            Label number = new Label(value);
            number.setMinWidth(Region.USE_PREF_SIZE);
            GridPane.setHalignment(number, javafx.geometry.HPos.RIGHT);
            facts.addRow(facts.getRowCount(), word, number);
        });
    }

    private static Map<String, String> facts(RunViewModel run, DetectorDescriptor detector, RunSpec spec) {
        Map<String, String> facts = new LinkedHashMap<>();
        RunEvent.Started begun = run.startedProperty().get();
        if (begun != null) {
            facts.put("Training rows", NumberText.count(begun.rows().getOrDefault("train", 0)));
            facts.put("Features", NumberText.count(begun.features()));
        }
        if (spec != null) {
            for (Hyperparameter<?> declared : detector.hyperparameters()) {
                Object value = spec.hyperparameters().get(declared.key());
                if (value != null) {
                    facts.put(declared.label(), LiveChanges.normal(declared, RunPlan.text(value)));
                }
            }
        }
        run.epochs().stream().filter(done -> done.epoch() > 0).forEach(done -> detector.lossTerms().stream()
                .filter(term -> done.terms().containsKey(term.id()))
                .forEach(term ->
                        facts.put(term.label(), NumberText.score(done.terms().get(term.id())))));
        SnapshotPicture shown = run.kept().shownProperty().get();
        if (shown != null && shown.epoch() > 0 && !shown.spaces().isEmpty()) {
            for (AnatomyLayer layer : shown.spaces().get(0).frame().anatomy()) {
                if (layer.size() > 0) {
                    facts.put(layer.label(), NumberText.count(layer.size()));
                }
            }
        }
        return facts;
    }
}

package org.oddlens.app.run;

import java.util.List;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.LossCurves;
import org.oddlens.app.chart.RocPrChart;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.chart.ScoreHistogram;
import org.oddlens.app.chart.UnitMapChart;
import org.oddlens.app.fx.RestingTask;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.ui.UiResources;

/** One run: its verdict, latent space and curves above, scores, ranking and rows below. */
public final class RunPage extends VBox {

    /** What the page asks of the window around it. */
    public interface Wishes {
        /** Start the run that is set up. */
        void train();

        /** Let the user choose a label column. */
        void chooseLabel();

        /** Turn round which label means normal in the data of the run shown. */
        void swapLabels();

        /** Let the user choose another split. */
        void changeSplit();

        /** Go on with the run shown. */
        void resume();

        /** Take the settings of the run shown over into the form. */
        void loadSettings();
    }

    /** Charts and table of a live run are filled at most this often; the latent view goes on meanwhile. */
    private static final double REST_MILLIS = 180;

    private final Wishes wishes;
    private final LatentScatter latent;
    private final LossCurves curves = new LossCurves();
    private final ScoreHistogram histogram = new ScoreHistogram();
    private final RocPrChart ranking = new RocPrChart();
    private final ListView<String> log = new ListView<>();
    private final LatentPanel latentPanel;
    private final RowsPane rows;
    private final TabPane tables;
    private final UpperPanels upper;
    private final VerdictBar verdict;
    private final LiveChangeBar liveChange = new LiveChangeBar();
    private final SolvedPanel solved = new SolvedPanel();
    private final SettingsPane settings;
    private final ChartPanel curvesPanel;
    private final ChangeListener<SnapshotPicture> onSnapshot = (property, before, now) -> show(now);
    private final ChangeListener<Object> onResult = (property, before, now) -> showResult();
    private final ChangeListener<Object> onWord = (property, before, now) -> wordArrived();
    private final ListChangeListener<RunEvent.Epoch> onEpochs = change -> epochsArrived();
    private final RestingTask scores = new RestingTask(REST_MILLIS, this::showScores);
    private final RestingTask epochs = new RestingTask(REST_MILLIS, this::showCurves);
    private ShownRun shown;
    private RunViewModel run;
    private DetectorDescriptor detector;
    private boolean thresholdIsUsers;
    private boolean moving;

    public RunPage(LatentScatter latent, Wishes wishes) {
        this.latent = latent;
        this.wishes = wishes;
        setId("run-page");
        getStyleClass().add("od-page");
        verdict = new VerdictBar(wishes::swapLabels, wishes::resume);
        latent.setId("latent-scatter");
        curves.setId("loss-curves");
        histogram.setId("score-histogram");
        ranking.setId("roc-pr");
        rows = new RowsPane(latent.selectionProperty());
        settings = new SettingsPane(wishes::loadSettings);
        tables = tables();
        curvesPanel = new ChartPanel("Curves", curves, liveChange);
        latentPanel = new LatentPanel(latent, wishes::train);
        UnitMapChart map = new UnitMapChart();
        map.setId("unit-map");
        upper = new UpperPanels(latentPanel, map, new ChartPanel("Map", map), curvesPanel);
        SplitPane lower = split(
                Orientation.HORIZONTAL,
                new ChartPanel("Scores", histogram),
                new ChartPanel("Ranking", ranking),
                tables);
        lower.setDividerPositions(0.38, 0.66);
        SplitPane all = split(Orientation.VERTICAL, upper, lower);
        all.setDividerPositions(0.57);
        VBox.setVgrow(all, Priority.ALWAYS);
        getChildren().addAll(verdict, all);
        histogram.thresholdProperty().addListener((property, before, now) -> thresholdMoved(now.doubleValue()));
        histogram.setOnRange(rows::select);
        clear();
        showVerdict();
    }

    private static SplitPane split(Orientation orientation, Node... parts) {
        SplitPane split = new SplitPane(parts);
        split.setOrientation(orientation);
        return split;
    }

    private TabPane tables() {
        log.setId("run-log");
        log.setAccessibleText("Log of the run");
        log.setPlaceholder(new Label("The run's log appears here."));
        TabPane pane = new TabPane(new Tab("Rows", rows), new Tab("Settings", settings), new Tab("Log", log));
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        pane.setAccessibleText("Rows, settings and log");
        pane.setMinWidth(160);
        pane.setId("run-tables");
        pane.getStyleClass().add("od-panel");
        return pane;
    }

    /** The data in two dimensions, shown until a run has codes; null if there is none. */
    public void showData(ScatterFrame frame) {
        latentPanel.showData(frame);
    }

    private void clear() {
        scores.forget();
        epochs.forget();
        thresholdIsUsers = false;
        rows.follow(run);
        histogram.setDistribution(null);
        ranking.setCurves(null);
        if (run != null) {
            ranking.showWaiting();
        }
        upper.show(List.of());
        upper.showAtRight(isSolved() ? solved : curvesPanel);
        latentPanel.follow(shown);
        settings.show(shown);
        if (run == null) {
            curves.showNoRun();
        }
    }

    private boolean isSolved() {
        return shown != null && shown.solved();
    }

    /** Shows a run from now on. */
    public void show(ShownRun now) {
        if (run != null) {
            run.kept().shownProperty().removeListener(onSnapshot);
            run.scoredProperty().removeListener(onResult);
            run.phaseProperty().removeListener(onWord);
            run.messageProperty().removeListener(onWord);
            run.epochs().removeListener(onEpochs);
        }
        shown = now;
        run = now.run();
        detector = now.detector();
        liveChange.follow(run, detector);
        clear();
        log.setItems(run.log());
        run.kept().shownProperty().addListener(onSnapshot);
        run.scoredProperty().addListener(onResult);
        run.phaseProperty().addListener(onWord);
        run.messageProperty().addListener(onWord);
        run.epochs().addListener(onEpochs);
        epochs.now();
        show(run.kept().shownProperty().get());
        showResult();
    }

    private void show(SnapshotPicture snapshot) {
        if (snapshot == null) {
            return;
        }
        latentPanel.show(snapshot);
        upper.show(snapshot.maps());
        rows.setTracked(snapshot.trackedRows());
        if (isSolved()) {
            solved.show(shown);
        } else if (run.scoredProperty().get() == null) { // before it is solved, a solved detector has no scores
            scores.wish();
        }
    }

    private void epochsArrived() {
        epochs.wish();
    }

    private void showResult() {
        if (run.scoredProperty().get() != null) {
            scores.now();
        }
        if (isSolved()) {
            solved.show(shown);
        }
        showVerdict();
        settings.show(shown); // with what was changed on the way
    }

    private void showScores() {
        SnapshotPicture scored = run.scoredProperty().get();
        showScores(scored == null ? run.kept().shownProperty().get() : scored);
    }

    private void showScores(SnapshotPicture snapshot) {
        histogram.setDistribution(snapshot.distribution());
        if (!thresholdIsUsers) {
            moving = true;
            histogram.thresholdProperty().set(threshold(snapshot));
            moving = false;
        }
        ranking.thresholdProperty().set(histogram.thresholdProperty().get());
        if (snapshot.curves() != null) {
            ranking.setCurves(snapshot.curves());
        } else if (!snapshot.labelled()) {
            ranking.showNoLabels(wishes::chooseLabel);
        } else {
            boolean anomalies = snapshot.ranked().get(0).label() == 1;
            ranking.showOneClass(snapshot.ranked().size(), anomalies, wishes::changeSplit);
        }
        rows.show(snapshot.ranked());
    }

    /** At the end the run's own; until then that of the training rows at the epoch shown, as the end will have it. */
    private double threshold(SnapshotPicture snapshot) {
        RunMetrics metrics = run.metricsProperty().get();
        if (metrics != null) {
            return metrics.threshold().value();
        }
        double told = run.thresholdAt(snapshot.epoch());
        return Double.isNaN(told) ? snapshot.threshold() : told;
    }

    private void thresholdMoved(double value) {
        ranking.thresholdProperty().set(value);
        rows.setThreshold(value);
        if (!moving) {
            thresholdIsUsers = true;
            showVerdict();
        }
    }

    private void showCurves() {
        if (isSolved()) {
            solved.show(shown);
        } else if (endedUntrained()) {
            curves.showNothingTrained(UiResources.message("empty.curves.ended"));
        } else {
            EpochCurves shown = new EpochCurves(run, detector);
            curves.setMarks(shown.marks());
            curves.setCurves(shown.curves());
        }
        showVerdict();
    }

    private void wordArrived() {
        if (isSolved()) {
            solved.show(shown);
        }
        if (endedUntrained()) {
            epochs.now();
        } else {
            showVerdict();
        }
    }

    /** A run that failed or was stopped before its first epoch has no curve to wait for. */
    private boolean endedUntrained() {
        return !run.liveProperty().get() && run.epochs().stream().noneMatch(done -> done.epoch() > 0);
    }

    private void showVerdict() {
        verdict.offerResume(run != null && run.resumable());
        if (run == null) {
            verdict.show("No run yet", "Choose a detector on the left and press Train (Ctrl+Enter).", List.of(), false);
            return;
        }
        RunMetrics metrics = run.metricsProperty().get();
        if (metrics == null) {
            LiveVerdict words = new LiveVerdict(run);
            verdict.show(run.title(), words.text(), words.tiles(), false);
        } else {
            Verdict words = new Verdict(
                    metrics,
                    run.scoredProperty().get(),
                    histogram.thresholdProperty().get(),
                    isSolved());
            verdict.show(run.title(), words.text(), words.tiles(), words.wrongWay());
        }
    }

    /** Goes to the kept epoch before (−1) or after (1) the one shown. */
    public void stepShownEpoch(int direction) {
        if (run != null) {
            run.kept().step(direction);
        }
    }

    /** The histogram, for tests and shortcuts. */
    public ScoreHistogram histogram() {
        return histogram;
    }

    /** The latent view. */
    public LatentScatter latent() {
        return latent;
    }

    /** The curves. */
    public LossCurves curves() {
        return curves;
    }

    /** Brings the log to the front. */
    public void showLog() {
        tables.getSelectionModel().selectLast();
        log.requestFocus();
    }
}

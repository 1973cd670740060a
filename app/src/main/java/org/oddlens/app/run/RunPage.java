package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.oddlens.app.chart.ChartPane;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.LossCurves;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.chart.RocPrChart;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.chart.ScatterSpace;
import org.oddlens.app.chart.ScoreHistogram;
import org.oddlens.app.chart.UnitMapChart;
import org.oddlens.app.fx.RestingTask;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.study.RowContributions;
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
    }

    /** Charts and table of a live run are filled at most this often; the latent view goes on meanwhile. */
    private static final double REST_MILLIS = 180;

    private final Wishes wishes;
    private final LatentScatter latent;
    private final LossCurves curves = new LossCurves();
    private final ScoreHistogram histogram = new ScoreHistogram();
    private final RocPrChart ranking = new RocPrChart();
    private final RowsTable rows = new RowsTable();
    private final ContributionsPane contributions = new ContributionsPane();
    private final ListView<String> log = new ListView<>();
    private final TabPane tables;
    private final UpperPanels upper;
    private final VerdictBar verdict;
    private final EpochScrubber scrubber = new EpochScrubber();
    private final LiveChangeBar liveChange = new LiveChangeBar();
    private final Label latentNote = new Label();
    private final Button latentAction = new Button("Train");
    private final HBox latentBar = new HBox(12, latentNote, latentAction);
    private final ChangeListener<SnapshotPicture> onSnapshot = (property, before, now) -> show(now);
    private final ChangeListener<Object> onResult = (property, before, now) -> showResult();
    private final ChangeListener<Object> onWord = (property, before, now) -> wordArrived();
    private final ChangeListener<RowContributions.Row> onExplanation = (property, before, now) -> showExplanation(now);
    private final ChangeListener<String> onNoExplanation = (property, before, now) -> showNoExplanation(now);
    private final ListChangeListener<RunEvent.Epoch> onEpochs = change -> epochsArrived();
    private final ListChangeListener<Integer> onSnapshotEpochs = change -> scrubber.epochsChanged();
    private final RestingTask scores = new RestingTask(REST_MILLIS, this::showScores);
    private final RestingTask epochs = new RestingTask(REST_MILLIS, this::showCurves);
    private ScatterFrame dataPicture;
    private RunViewModel run;
    private DetectorDescriptor detector;
    private SnapshotPicture scoresShown;
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
        tables = tables();
        UnitMapChart map = new UnitMapChart();
        map.setId("unit-map");
        upper = new UpperPanels(
                panel("Latent space", latent, latentFoot()),
                map,
                panel("Map", map),
                panel("Curves", curves, liveChange));
        SplitPane lower = split(Orientation.HORIZONTAL, panel("Scores", histogram), panel("Ranking", ranking), tables);
        lower.setDividerPositions(0.38, 0.66);
        SplitPane all = split(Orientation.VERTICAL, upper, lower);
        all.setDividerPositions(0.57);
        VBox.setVgrow(all, Priority.ALWAYS);
        getChildren().addAll(verdict, all);
        histogram.thresholdProperty().addListener((property, before, now) -> thresholdMoved(now.doubleValue()));
        histogram.setOnRange(range -> selectRows(range.low(), range.high()));
        rows.setOnRow(row -> latent.selectionProperty().set(RowSelection.of(row)));
        latent.selectionProperty().addListener((property, before, now) -> selectionMoved(now));
        clear();
        showVerdict();
    }

    private static SplitPane split(Orientation orientation, Node... parts) {
        SplitPane split = new SplitPane(parts);
        split.setOrientation(orientation);
        return split;
    }

    private static VBox panel(String heading, ChartPane chart, Node... foot) {
        chart.setHeading(heading);
        VBox.setVgrow(chart, Priority.ALWAYS);
        VBox panel = new VBox(chart);
        panel.getChildren().addAll(foot);
        panel.getStyleClass().add("od-panel");
        panel.setMinSize(120, 80);
        return panel;
    }

    private Node[] latentFoot() {
        latentNote.setId("latent-note");
        latentNote.setWrapText(true);
        latentNote.getStyleClass().add("od-muted");
        latentNote.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(latentNote, Priority.ALWAYS);
        latentAction.setMinWidth(Region.USE_PREF_SIZE);
        latentAction.setAccessibleText("Train, to see a latent space");
        latentAction.setOnAction(event -> wishes.train());
        latentBar.setAlignment(Pos.CENTER_LEFT);
        latentBar.setMinHeight(Region.USE_PREF_SIZE);
        return new Node[] {latentBar, scrubber};
    }

    private TabPane tables() {
        VBox.setVgrow(rows, Priority.ALWAYS);
        VBox.setVgrow(contributions, Priority.ALWAYS);
        rows.setMinHeight(70);
        rows.setPrefHeight(160);
        contributions.setPrefHeight(180);
        contributions.setVisible(false);
        contributions.setManaged(false);
        VBox both = new VBox(8, rows, contributions);
        log.setId("run-log");
        log.setAccessibleText("Log of the run");
        log.setPlaceholder(new Label("The run's log appears here."));
        TabPane pane = new TabPane(new Tab("Rows", both), new Tab("Log", log));
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        pane.setAccessibleText("Rows and log");
        pane.setMinWidth(160);
        pane.setId("run-tables");
        pane.getStyleClass().add("od-panel");
        return pane;
    }

    /** The data in two dimensions, shown until a run has codes; null if there is none. */
    public void showData(ScatterFrame frame) {
        dataPicture = frame;
        if (run == null || run.liveProperty().get() && run.snapshotProperty().get() == null) {
            showDataInstead();
        }
    }

    private void showDataInstead() {
        upper.show(List.of());
        latent.setSpaces(dataPicture == null ? List.of() : List.of(new ScatterSpace("Data", dataPicture)));
        boolean idle = run == null;
        if (dataPicture == null && idle) {
            latent.showEmpty("Open a data file and train a detector to see its latent space here.", "", null);
        }
        latentNote.setText(UiResources.message(idle ? "empty.latent.noRun" : "empty.latent.waiting"));
        latentAction.setVisible(idle);
        showLatentBar(dataPicture != null);
    }

    private void showLatentBar(boolean on) {
        latentBar.setVisible(on);
        latentBar.setManaged(on);
        scrubber.setVisible(!on);
        scrubber.setManaged(!on);
    }

    private void clear() {
        scores.forget();
        epochs.forget();
        scoresShown = null;
        thresholdIsUsers = false;
        latent.selectionProperty().set(RowSelection.none());
        rows.show(new ArrayList<>());
        histogram.setDistribution(null);
        ranking.setCurves(null);
        if (run != null) {
            ranking.showWaiting();
        }
        scrubber.follow(run);
        showDataInstead();
        if (run == null) {
            curves.showNoRun();
        }
    }

    /** Shows a run from now on. */
    public void show(RunViewModel shown, DetectorDescriptor itsDetector) {
        if (run != null) {
            run.snapshotProperty().removeListener(onSnapshot);
            run.scoredProperty().removeListener(onResult);
            run.phaseProperty().removeListener(onWord);
            run.messageProperty().removeListener(onWord);
            run.explanationProperty().removeListener(onExplanation);
            run.explanationProblemProperty().removeListener(onNoExplanation);
            run.epochs().removeListener(onEpochs);
            run.snapshotEpochs().removeListener(onSnapshotEpochs);
        }
        run = shown;
        detector = itsDetector;
        liveChange.follow(run, detector);
        clear();
        log.setItems(run.log());
        run.snapshotProperty().addListener(onSnapshot);
        run.scoredProperty().addListener(onResult);
        run.phaseProperty().addListener(onWord);
        run.messageProperty().addListener(onWord);
        run.explanationProperty().addListener(onExplanation);
        run.explanationProblemProperty().addListener(onNoExplanation);
        run.epochs().addListener(onEpochs);
        run.snapshotEpochs().addListener(onSnapshotEpochs);
        epochs.now();
        show(run.snapshotProperty().get());
        showResult();
    }

    private void show(SnapshotPicture snapshot) {
        if (snapshot == null) {
            return;
        }
        showLatentBar(false);
        latent.setSpaces(snapshot.spaces());
        upper.show(snapshot.maps());
        RunEvent.Started begun = run.startedProperty().get();
        scrubber.showEpoch(snapshot.epoch(), begun == null ? snapshot.epoch() : begun.epochs());
        if (run.scoredProperty().get() == null) {
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
        showVerdict();
    }

    private void showScores() {
        SnapshotPicture scored = run.scoredProperty().get();
        showScores(scored == null ? run.snapshotProperty().get() : scored);
    }

    private void showScores(SnapshotPicture snapshot) {
        scoresShown = snapshot;
        histogram.setDistribution(snapshot.distribution());
        if (!thresholdIsUsers) {
            RunMetrics metrics = run.metricsProperty().get();
            moving = true;
            histogram
                    .thresholdProperty()
                    .set(
                            metrics == null
                                    ? snapshot.threshold()
                                    : metrics.threshold().value());
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

    private void thresholdMoved(double value) {
        ranking.thresholdProperty().set(value);
        if (!moving) {
            thresholdIsUsers = true;
            showVerdict();
        }
    }

    private void selectRows(double low, double high) {
        if (scoresShown != null) {
            latent.selectionProperty()
                    .set(RowSelection.of(scoresShown.ranked().stream()
                            .filter(item -> item.score() >= low && item.score() <= high)
                            .mapToInt(RowItem::row)
                            .toArray()));
        }
    }

    private void selectionMoved(RowSelection selection) {
        boolean one = selection.size() == 1;
        rows.showSelected(one ? selection.toArray()[0] : selection.isEmpty() ? -1 : firstOf(selection));
        contributions.setVisible(one);
        contributions.setManaged(one);
        if (run != null) {
            if (one) {
                contributions.say(selection.toArray()[0], "Asking the engine…");
                run.explain(selection.toArray()[0]);
            } else {
                run.explainNothing();
            }
        }
    }

    /** The highest ranked of several rows, so that the table shows where they are. */
    private int firstOf(RowSelection selection) {
        return rows.getItems().stream()
                .mapToInt(RowItem::row)
                .filter(selection::contains)
                .findFirst()
                .orElse(-1);
    }

    private void showExplanation(RowContributions.Row found) {
        if (found != null) {
            contributions.show(found);
        }
    }

    private void showNoExplanation(String sentence) {
        if (!sentence.isEmpty() && latent.selectionProperty().get().size() == 1) {
            contributions.say(latent.selectionProperty().get().toArray()[0], sentence);
        }
    }

    private void showCurves() {
        if (endedUntrained()) {
            curves.showNothingTrained(UiResources.message("empty.curves.ended"));
        } else {
            EpochCurves shown = new EpochCurves(run, detector);
            curves.setMarks(shown.marks());
            curves.setCurves(shown.curves());
        }
        showVerdict();
    }

    private void wordArrived() {
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
            String message = run.messageProperty().get();
            verdict.show(
                    run.title(),
                    run.phaseProperty().get().word() + (message.isEmpty() ? "." : ". " + message) + network(),
                    liveTiles(),
                    false);
        } else {
            Verdict words = new Verdict(
                    metrics,
                    run.scoredProperty().get(),
                    histogram.thresholdProperty().get());
            verdict.show(run.title(), words.text(), words.tiles(), words.wrongWay());
        }
    }

    private String network() {
        RunEvent.Started begun = run.startedProperty().get();
        return begun == null
                        || begun.parameters() == 0
                        || !run.phaseProperty().get().live()
                ? ""
                : " Network " + begun.shape() + ", " + NumberText.count(begun.parameters()) + " parameters, "
                        + NumberText.count(begun.rows().getOrDefault("train", 0)) + " training rows.";
    }

    private List<Verdict.Tile> liveTiles() {
        List<Verdict.Tile> tiles = new ArrayList<>();
        if (!run.epochs().isEmpty()) {
            RunEvent.Epoch last = run.epochs().get(run.epochs().size() - 1);
            RunEvent.Started begun = run.startedProperty().get();
            tiles.add(new Verdict.Tile(
                    begun == null ? "Epoch" : "Epoch of " + NumberText.count(begun.epochs()),
                    NumberText.count(last.epoch()),
                    "Last finished epoch"));
            for (Map.Entry<String, Double> term : last.terms().entrySet()) {
                tiles.add(new Verdict.Tile(
                        "Loss", NumberText.score(term.getValue()), "Training loss, mean per sample: " + term.getKey()));
                break;
            }
            for (int i = run.epochs().size() - 1; i >= 0; i--) { // not every epoch is scored
                Double auroc = run.epochs().get(i).auroc();
                if (auroc != null) {
                    tiles.add(new Verdict.Tile(
                            "AUROC ★", NumberText.metric(auroc), "AUROC of the tracked rows. ★ uses labels."));
                    break;
                }
            }
        }
        return tiles;
    }

    /** Goes to the kept epoch before (−1) or after (1) the one shown. */
    public void stepShownEpoch(int direction) {
        scrubber.step(direction);
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
        tables.getSelectionModel().select(1);
        log.requestFocus();
    }
}

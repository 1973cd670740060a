package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ChangeListener;
import javafx.collections.ListChangeListener;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.oddlens.app.chart.Curve;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.LossCurves;
import org.oddlens.app.chart.MemoryItems;
import org.oddlens.app.chart.NumberText;
import org.oddlens.app.chart.RocPrChart;
import org.oddlens.app.chart.RocPrCurves;
import org.oddlens.app.chart.RowSelection;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.chart.ScatterSpace;
import org.oddlens.app.chart.ScoreDistribution;
import org.oddlens.app.chart.ScoreHistogram;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.metric.Percentile;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunSnapshot;

/** One run: latent space and curves above, scores and ranking below them, rows and log at the foot. */
public final class RunPage extends VBox {

    private static final int BINS = 60;

    /**
     * A row of the table.
     *
     * @param label 1 anomaly, 0 normal, −1 unknown
     */
    public record RowItem(int rank, int row, double score, byte label) {}

    private final LatentScatter latent;
    private final LossCurves curves = new LossCurves();
    private final ScoreHistogram histogram = new ScoreHistogram();
    private final RocPrChart ranking = new RocPrChart();
    private final TableView<RowItem> rows = new TableView<>();
    private final ListView<String> log = new ListView<>();
    private final TabPane tables;
    private final Label verdict = new Label();
    private final Label epochText = new Label();
    private final Slider epochSlider = new Slider();
    private final ChangeListener<RunSnapshot> onSnapshot = (property, before, now) -> show(now);
    private final ChangeListener<RunSnapshot> onScored = (property, before, now) -> showScored(now);
    private final ChangeListener<RunMetrics> onMetrics = (property, before, now) -> showVerdict();
    private final ChangeListener<String> onMessage = (property, before, now) -> showVerdict();
    private final ListChangeListener<RunEvent.Epoch> onEpochs = change -> showCurves();
    private final ListChangeListener<Integer> onSnapshotEpochs = change -> showScrubber();
    private RunViewModel run;
    private DetectorDescriptor detector;
    private boolean thresholdIsUsers;
    private boolean moving;
    private RunSnapshot scoresShown;

    public RunPage(LatentScatter latent) {
        this.latent = latent;
        setId("run-page");
        getStyleClass().add("od-page");
        latent.setId("latent-scatter");
        curves.setId("loss-curves");
        histogram.setId("score-histogram");
        ranking.setId("roc-pr");
        SplitPane upper = split(Orientation.HORIZONTAL, panel("Latent space", latent), panel("Curves", curves));
        upper.setDividerPositions(0.56);
        SplitPane lower = split(Orientation.HORIZONTAL, panel("Scores", histogram), panel("Ranking", ranking));
        lower.setDividerPositions(0.56);
        tables = tables();
        SplitPane all = split(Orientation.VERTICAL, upper, lower, tables);
        all.setDividerPositions(0.44, 0.78);
        VBox.setVgrow(all, Priority.ALWAYS);
        getChildren().addAll(verdictBar(), all, scrubber());
        histogram.thresholdProperty().addListener((property, before, now) -> thresholdMoved(now.doubleValue()));
        histogram.setOnRange(range -> selectRows(range.low(), range.high()));
        latent.selectionProperty().addListener((property, before, now) -> selectionMoved(now));
    }

    private static SplitPane split(Orientation orientation, javafx.scene.Node... parts) {
        SplitPane split = new SplitPane(parts);
        split.setOrientation(orientation);
        return split;
    }

    private static VBox panel(String heading, Region content) {
        Label title = new Label(heading);
        title.getStyleClass().add("od-panel-title");
        VBox.setVgrow(content, Priority.ALWAYS);
        VBox panel = new VBox(title, content);
        panel.getStyleClass().add("od-panel");
        panel.setMinSize(120, 80);
        return panel;
    }

    private Region verdictBar() {
        verdict.setId("verdict");
        verdict.setWrapText(true);
        verdict.setMaxWidth(Double.MAX_VALUE);
        VBox bar = new VBox(verdict);
        bar.getStyleClass().add("od-panel");
        bar.setMinHeight(Region.USE_PREF_SIZE);
        return bar;
    }

    private TabPane tables() {
        text("Rank", 60, item -> NumberText.count(item.rank()));
        text("Row", 80, item -> String.valueOf(item.row()));
        text("Anomaly score", 130, item -> NumberText.score(item.score()));
        text("Label", 120, item -> item.label() < 0 ? "–" : item.label() == 1 ? "▲ anomaly" : "● normal");
        rows.setId("rows-table");
        rows.setAccessibleText("Rows sorted by anomaly score, highest first");
        rows.setFixedCellSize(26);
        rows.setPlaceholder(new Label("Rows appear here when a run has scored them."));
        rows.getSelectionModel().selectedItemProperty().addListener((property, before, now) -> {
            if (now != null && !moving) {
                latent.selectionProperty().set(RowSelection.of(now.row()));
            }
        });
        log.setId("run-log");
        log.setAccessibleText("Log of the run");
        log.setPlaceholder(new Label("The run's log appears here."));
        TabPane pane = new TabPane(new Tab("Rows by score", rows), new Tab("Log", log));
        pane.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        pane.setMinHeight(60);
        pane.setId("run-tables");
        pane.getStyleClass().add("od-panel");
        return pane;
    }

    private void text(String title, double width, java.util.function.Function<RowItem, String> value) {
        TableColumn<RowItem, String> column = new TableColumn<>(title);
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellValueFactory(cell -> new ReadOnlyStringWrapper(value.apply(cell.getValue())));
        rows.getColumns().add(column);
    }

    private Region scrubber() {
        epochSlider.setId("epoch-slider");
        epochSlider.setAccessibleText("Epoch shown");
        epochSlider.setMinHeight(24);
        HBox.setHgrow(epochSlider, Priority.ALWAYS);
        epochSlider.valueProperty().addListener((property, before, now) -> {
            if (!moving && run != null) {
                run.showEpoch(nearest(now.doubleValue()));
            }
        });
        epochText.getStyleClass().add("od-caption");
        epochText.setMinWidth(110);
        Label word = new Label("Epoch");
        word.setLabelFor(epochSlider);
        HBox bar = new HBox(8, word, epochSlider, epochText);
        bar.setAlignment(Pos.CENTER_LEFT);
        bar.getStyleClass().add("od-panel");
        bar.setMinHeight(Region.USE_PREF_SIZE);
        return bar;
    }

    private int nearest(double wanted) {
        return run.snapshotEpochs().stream()
                .min(Comparator.comparingDouble(epoch -> Math.abs(epoch - wanted)))
                .orElse(0);
    }

    /** Shows a run from now on. */
    public void show(RunViewModel shown, DetectorDescriptor itsDetector) {
        if (run != null) {
            run.snapshotProperty().removeListener(onSnapshot);
            run.scoredProperty().removeListener(onScored);
            run.metricsProperty().removeListener(onMetrics);
            run.messageProperty().removeListener(onMessage);
            run.epochs().removeListener(onEpochs);
            run.snapshotEpochs().removeListener(onSnapshotEpochs);
        }
        run = shown;
        detector = itsDetector;
        thresholdIsUsers = false;
        scoresShown = null;
        latent.setSpaces(List.of());
        latent.selectionProperty().set(RowSelection.none());
        rows.getItems().clear();
        histogram.setDistribution(null);
        ranking.setCurves(null);
        log.setItems(run.log());
        run.snapshotProperty().addListener(onSnapshot);
        run.scoredProperty().addListener(onScored);
        run.metricsProperty().addListener(onMetrics);
        run.messageProperty().addListener(onMessage);
        run.epochs().addListener(onEpochs);
        run.snapshotEpochs().addListener(onSnapshotEpochs);
        showCurves();
        showScrubber();
        showVerdict();
        show(run.snapshotProperty().get());
        showScored(run.scoredProperty().get());
    }

    private void show(RunSnapshot snapshot) {
        if (snapshot == null) {
            return;
        }
        float[] scores = floats(snapshot.scores());
        List<ScatterSpace> spaces = new ArrayList<>();
        for (RunSnapshot.Space space : snapshot.spaces()) {
            spaces.add(new ScatterSpace(space.label(), frame(snapshot, space, scores)));
        }
        latent.setSpaces(spaces);
        moving = true;
        epochSlider.setValue(snapshot.epoch());
        moving = false;
        epochText.setText(snapshot.epoch() == 0 ? "0, untrained" : snapshot.epoch() + " of " + plannedEpochs());
        if (run.scoredProperty().get() == null) {
            showScores(snapshot);
        }
    }

    private static ScatterFrame frame(RunSnapshot snapshot, RunSnapshot.Space space, float[] scores) {
        ScatterFrame frame = space.width() == 1
                ? ScatterFrame.strip(space.x(), snapshot.labels(), scores, snapshot.rows())
                : ScatterFrame.of(space.x(), space.y(), snapshot.labels(), scores, snapshot.rows())
                        .withTitles(space.xTitle(), space.yTitle());
        return space.items().x().length == 0
                ? frame
                : frame.withMemory(new MemoryItems(
                        space.items().x(), space.items().y(), space.items().use()));
    }

    private void showScored(RunSnapshot scored) {
        if (scored != null) {
            showScores(scored);
            showVerdict();
        }
    }

    private void showScores(RunSnapshot snapshot) {
        scoresShown = snapshot;
        float[] scores = floats(snapshot.scores());
        histogram.setDistribution(ScoreDistribution.of(scores, snapshot.labels(), BINS));
        if (!thresholdIsUsers) {
            moving = true;
            RunMetrics metrics = run.metricsProperty().get();
            histogram
                    .thresholdProperty()
                    .set(
                            metrics == null
                                    ? Percentile.of(snapshot.scores(), 95)
                                    : metrics.threshold().value());
            moving = false;
        }
        ranking.thresholdProperty().set(histogram.thresholdProperty().get());
        showRanking(snapshot);
        showRows(snapshot);
    }

    private void showRanking(RunSnapshot snapshot) {
        RunSnapshot.Ranking curve = snapshot.ranking();
        if (curve != null) {
            ranking.setCurves(new RocPrCurves(
                    curve.falsePositiveRates(),
                    curve.truePositiveRates(),
                    curve.rocThresholds(),
                    curve.recalls(),
                    curve.precisions(),
                    curve.prThresholds(),
                    curve.auroc(),
                    curve.auprc(),
                    curve.anomalyShare()));
        } else if (snapshot.labels().length == 0 || snapshot.labels()[0] < 0) {
            ranking.showNoLabels(null);
        } else {
            ranking.showOneClass(snapshot.rows().length, snapshot.labels()[0] == 1, null);
        }
    }

    private void showRows(RunSnapshot snapshot) {
        int[] order = IntStream.range(0, snapshot.scores().length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -snapshot.scores()[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<RowItem> items = new ArrayList<>(order.length);
        for (int rank = 0; rank < order.length; rank++) {
            int i = order[rank];
            items.add(new RowItem(rank + 1, snapshot.rows()[i], snapshot.scores()[i], snapshot.labels()[i]));
        }
        moving = true;
        rows.getItems().setAll(items);
        moving = false;
    }

    private void thresholdMoved(double value) {
        ranking.thresholdProperty().set(value);
        if (!moving) {
            thresholdIsUsers = true;
            showVerdict();
        }
    }

    private void selectRows(double low, double high) {
        if (scoresShown == null) {
            return;
        }
        int[] inside = IntStream.range(0, scoresShown.scores().length)
                .filter(i -> scoresShown.scores()[i] >= low && scoresShown.scores()[i] <= high)
                .map(i -> scoresShown.rows()[i])
                .toArray();
        latent.selectionProperty().set(RowSelection.of(inside));
    }

    private void selectionMoved(RowSelection selection) {
        if (selection.size() != 1) {
            return;
        }
        int wanted = selection.toArray()[0];
        for (int i = 0; i < rows.getItems().size(); i++) {
            if (rows.getItems().get(i).row() == wanted) {
                moving = true;
                rows.getSelectionModel().clearAndSelect(i);
                rows.scrollTo(Math.max(0, i - 2));
                moving = false;
                return;
            }
        }
    }

    private void showCurves() {
        List<Curve> all = new ArrayList<>();
        double[] axis = run.epochs().stream()
                .filter(epoch -> epoch.epoch() > 0)
                .mapToDouble(RunEvent.Epoch::epoch)
                .toArray();
        for (Map.Entry<String, double[]> term : run.terms().entrySet()) {
            all.add(new Curve(label(term.getKey()), Curve.Kind.LOSS, false, axis, term.getValue()));
        }
        curve(all, "Validation loss", Curve.Kind.VALIDATION, false, RunEvent.Epoch::validation);
        curve(all, "AUROC", Curve.Kind.METRIC, true, RunEvent.Epoch::auroc);
        curves.setCurves(all);
    }

    private String label(String term) {
        return detector.lossTerms().stream()
                .filter(declared -> declared.id().equals(term))
                .map(DetectorDescriptor.LossTerm::label)
                .findFirst()
                .orElse(term);
    }

    private void curve(
            List<Curve> all,
            String name,
            Curve.Kind kind,
            boolean usesLabels,
            java.util.function.Function<RunEvent.Epoch, Double> value) {
        List<RunEvent.Epoch> known = run.epochs().stream()
                .filter(epoch -> value.apply(epoch) != null)
                .toList();
        if (!known.isEmpty()) {
            all.add(new Curve(
                    name,
                    kind,
                    usesLabels,
                    known.stream().mapToDouble(RunEvent.Epoch::epoch).toArray(),
                    known.stream().mapToDouble(value::apply).toArray()));
        }
    }

    private void showScrubber() {
        List<Integer> known = run.snapshotEpochs();
        moving = true;
        epochSlider.setDisable(known.size() < 2);
        epochSlider.setMax(known.isEmpty() ? 1 : known.get(known.size() - 1));
        moving = false;
    }

    private int plannedEpochs() {
        return run.startedProperty().get() == null
                ? run.epochProperty().get()
                : run.startedProperty().get().epochs();
    }

    private void showVerdict() {
        RunMetrics metrics = run.metricsProperty().get();
        String text;
        if (metrics == null) {
            text = run.title() + ". " + run.phaseProperty().get().word() + ". "
                    + run.messageProperty().get();
        } else {
            text = new Verdict(
                            run.title(),
                            metrics,
                            scoresShown,
                            histogram.thresholdProperty().get())
                    .text();
        }
        verdict.setText(text);
        verdict.setAccessibleText(text);
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

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}

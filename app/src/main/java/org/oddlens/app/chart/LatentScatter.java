package org.oddlens.app.chart;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.ui.UiResources;

/**
 * Rows in a plane: latent codes, or a picture of the data. Up to 200,000 rows are single marks, more are a density
 * picture with anomalies, selected rows and the highest scores as marks above it. Rows are painted by a worker; the
 * UI thread only shows the result. All methods belong to the UI thread.
 */
public final class LatentScatter extends ChartPane {

    private final Executor worker;
    private final Executor uiThread;
    private final ScatterSurface surface;
    private final ScatterMouse mouse;
    private final Segmented<ColourBy> colourBy =
            new Segmented<>("Colour by", List.of(ColourBy.values()), ColourBy::toString, null);
    private final Segmented<ScatterMouse.Tool> tool = new Segmented<>(
            "Drag", List.of(ScatterMouse.Tool.values()), ScatterMouse.Tool::word, ScatterMouse.Tool::icon);
    private final ChoiceBox<String> spaceName = new ChoiceBox<>();
    private final ToggleButton density = toggle("mdal-blur_on", "Density (D)");
    private final ToggleButton anatomy = toggle("mdal-layers", "The detector's own objects (O)");
    private final ToggleButton lock = toggle("mdal-lock", "Hold the axes still");
    private final Label colourLabel = new Label("Colour");
    private final HBox colour = new HBox(6, colourLabel, colourBy);
    private final Legend legend = new Legend();
    private final Label readout = new Label();
    private final ObjectProperty<RowSelection> selection =
            new SimpleObjectProperty<>(this, "selection", RowSelection.none());
    private final ReadOnlyIntegerWrapper hoveredRow = new ReadOnlyIntegerWrapper(this, "hoveredRow", -1);
    private final AtomicReference<ScatterFrame> waiting = new AtomicReference<>();
    private List<ScatterSpace> spaces = List.of();
    private int walked = -1;
    private boolean wereMany;
    private List<Object> legendState = List.of();

    /**
     * @param worker   paints and indexes, one task at a time; not the UI thread
     * @param uiThread runs a task later on the UI thread
     */
    public LatentScatter(Executor worker, Executor uiThread) {
        this.worker = worker;
        this.uiThread = uiThread;
        this.surface = new ScatterSurface(worker, uiThread, this::palette);
        this.mouse = new ScatterMouse(surface, this::mark, this::hover);
        getStyleClass().add("od-scatter");
        anatomy.setSelected(true);
        spaceName.setAccessibleText("Space shown");
        readout.getStyleClass().add("od-readout");
        readout.setMouseTransparent(true);
        readout.setVisible(false);
        StackPane.setAlignment(readout, Pos.TOP_RIGHT);
        StackPane.setMargin(readout, new Insets(16, 20, 0, 0));
        colourLabel.getStyleClass().add("od-caption");
        colour.setAlignment(Pos.CENTER_LEFT);
        FlowPane bar = new FlowPane(spaceName, colour, tool, density, anatomy, lock);
        bar.getStyleClass().add("od-chart-bar");
        bar.setMinHeight(USE_PREF_SIZE);
        StackPane layers = new StackPane(surface, readout);
        assemble(List.of(bar, legend), List.of(layers));
        mouse.attachTo(surface);
        listen();
        plot().addEventHandler(KeyEvent.KEY_PRESSED, new ScatterKeys(this, surface, mouse)::pressed);
        plot().setAccessibleHelp("Arrow keys walk from row to row, Enter selects, plus and minus zoom, 0 fits, "
                + "C changes the colours, D shows density, O shows the detector's items, Escape clears the selection.");
        showSpaceChooser();
    }

    /** Shows one space; the newest frame wins when they come faster than they can be drawn. */
    public void setFrame(ScatterFrame frame) {
        setSpaces(List.of(new ScatterSpace("", frame)));
    }

    /** Offers several spaces; the one chosen before stays chosen when it is there again. */
    public void setSpaces(List<ScatterSpace> offered) {
        String before = spaceName.getValue();
        spaces = List.copyOf(offered);
        List<String> names = spaces.stream().map(ScatterSpace::name).toList();
        if (names.isEmpty()) {
            showEmpty(UiResources.message("empty.latent.waiting"), "", null);
        }
        if (!names.equals(spaceName.getItems())) {
            spaceName.getItems().setAll(names);
            spaceName.setValue(names.contains(before) ? before : names.isEmpty() ? null : names.get(0));
            showSpaceChooser();
        } else {
            prepareChosen();
        }
    }

    /** Meaning of the colours. */
    public ObjectProperty<ColourBy> colourByProperty() {
        return colourBy.valueProperty();
    }

    /** Name of the space shown. */
    public ObjectProperty<String> spaceProperty() {
        return spaceName.valueProperty();
    }

    /** Whether the axes stay while the data changes. */
    public BooleanProperty axesLockedProperty() {
        return lock.selectedProperty();
    }

    /** Whether the detector's own objects are drawn. */
    public BooleanProperty anatomyShownProperty() {
        return anatomy.selectedProperty();
    }

    /** Whether a density picture replaces single marks; set by the number of rows until the user decides. */
    public BooleanProperty densityProperty() {
        return density.selectedProperty();
    }

    /** Rows chosen here or elsewhere. */
    public ObjectProperty<RowSelection> selectionProperty() {
        return selection;
    }

    /** Number of the row under the pointer or the keyboard cursor; −1 when there is none. */
    public ReadOnlyIntegerProperty hoveredRowProperty() {
        return hoveredRow.getReadOnlyProperty();
    }

    /** Whether a picture is being painted. */
    public ReadOnlyBooleanProperty busyProperty() {
        return surface.busyProperty();
    }

    /** Fits the view to the data again. */
    public void resetView() {
        surface.resetView();
    }

    @Override
    protected void repaint() {
        if (surface != null) { // colours may arrive while the pane is being built
            surface.repaint();
            describeColours();
        }
    }

    /** Steps to the nearest row in a direction; starts at the row nearest to the middle. */
    void walk(int dirX, int dirY) {
        PreparedFrame frame = surface.prepared();
        Projection view = surface.projection();
        if (frame == null || view == null) {
            return;
        }
        int next = walked < 0 || walked >= frame.frame().size()
                ? frame.index().nearest(view.centreX(), view.centreY(), 1e9 / view.scaleX(), 1e9 / view.scaleY())
                : frame.index().next(walked, dirX, dirY, view.scaleX(), view.scaleY());
        if (next >= 0) {
            walked = next;
            hover(next);
            setSummary(frame.describe(next));
        }
    }

    /** Selects the row of the keyboard cursor. */
    void selectWalked(RowSelection.Merge how) {
        if (walked >= 0) {
            BitSet one = new BitSet();
            one.set(walked);
            mark(one, how);
        }
    }

    void cycleColour() {
        boolean byLabel = colourBy.valueProperty().get() == ColourBy.LABEL;
        colourBy.valueProperty().set(byLabel ? ColourBy.SCORE : ColourBy.LABEL);
    }

    void use(ScatterMouse.Tool chosen) {
        tool.valueProperty().set(chosen);
    }

    private void listen() {
        colourBy.valueProperty().addListener((o, was, is) -> {
            surface.colourBy(is);
            describeColours();
        });
        tool.valueProperty().addListener((o, was, is) -> mouse.use(is));
        density.selectedProperty().addListener((o, was, is) -> {
            surface.density(is);
            describeColours();
        });
        anatomy.selectedProperty().addListener((o, was, is) -> {
            surface.anatomyShown(is);
            describeColours();
        });
        lock.selectedProperty().addListener((o, was, is) -> surface.lockView(is));
        selection.addListener((o, was, is) -> {
            surface.select(is);
            describeRows();
        });
        spaceName.valueProperty().addListener((o, was, is) -> {
            surface.resetView();
            prepareChosen();
        });
    }

    private void prepareChosen() {
        String name = spaceName.getValue();
        spaces.stream().filter(space -> space.name().equals(name)).findFirst().ifPresent(space -> {
            if (waiting.getAndSet(space.frame()) == null) {
                worker.execute(() -> {
                    PreparedFrame prepared = PreparedFrame.of(waiting.getAndSet(null));
                    uiThread.execute(() -> show(prepared));
                });
            }
        });
    }

    private void show(PreparedFrame prepared) {
        ScatterFrame frame = prepared.frame();
        walked = -1;
        hover(-1);
        if (frame.size() == 0) {
            showEmpty("There are no rows to show in this space.", "", null);
            return;
        }
        showPlot();
        boolean many = frame.size() > ScatterRaster.MOST_SPRITES;
        if (many != wereMany) { // the number of rows decides again only when it crosses the border
            wereMany = many;
            density.setSelected(many);
        }
        List<AnatomyLayer> drawn = drawn(frame);
        anatomy.setVisible(!drawn.isEmpty());
        anatomy.setManaged(!drawn.isEmpty());
        if (!drawn.isEmpty()) {
            name(
                    anatomy,
                    String.join(", ", drawn.stream().map(AnatomyLayer::label).toList()) + " (O)");
        }
        colour.setVisible(frame.scored());
        colour.setManaged(frame.scored());
        surface.show(prepared);
        describeRows();
        setSummary("Scatter of " + frame.xTitle() + " and " + frame.yTitle() + ". " + frame.caption() + ".");
        describeColours();
    }

    private void describeColours() {
        PreparedFrame prepared = surface.prepared();
        if (prepared == null) {
            return;
        }
        ScatterFrame frame = prepared.frame();
        Palette p = palette();
        boolean byScore = colourBy.valueProperty().get() == ColourBy.SCORE && frame.scored();
        boolean[] seen = new boolean[3];
        for (byte label : frame.label()) {
            seen[label + 1] = true;
        }
        List<Object> state = List.of(
                p,
                byScore,
                seen[0],
                seen[1],
                seen[2],
                density.isSelected(),
                anatomy.isSelected(),
                prepared.scale(),
                drawn(frame).stream()
                        .map(layer -> layer.caption() + layer.someUnused())
                        .toList());
        if (state.equals(legendState)) {
            return; // live frames come 20 times a second, and rebuilding nodes is dear
        }
        legendState = state;
        legend.getChildren().clear();
        if (byScore) {
            describeScores(prepared.scale(), p);
            if (seen[2]) {
                legend.add(Legend.triangle(p.muted()), "anomaly");
            }
        } else {
            if (density.isSelected()) {
                legend.addBar(p.densityTable(), "1", "many", "Rows in a cell (log)");
            } else {
                if (seen[0]) {
                    legend.add(Legend.dot(p.unlabelled()), "unlabelled");
                }
                if (seen[1]) {
                    legend.add(Legend.circle(p.normal()), "normal");
                }
            }
            if (seen[2]) {
                legend.add(Legend.triangle(p.anomaly()), "anomaly");
            }
        }
        if (density.isSelected() && frame.scored()) {
            legend.addText("marks: anomalies, selected rows, " + Math.min(PreparedFrame.TOP, frame.size())
                    + " highest scores");
        }
        List<AnatomyLayer> drawn = anatomy.isSelected() ? drawn(frame) : List.of();
        drawn.forEach(layer -> legend.add(Legend.anatomy(layer, p.memory()), layer.caption()));
        if (drawn.stream().anyMatch(AnatomyLayer::someUnused)) {
            legend.add(Legend.cross(p.memory()), "never used");
        }
    }

    private static List<AnatomyLayer> drawn(ScatterFrame frame) {
        return frame.anatomy().stream().filter(layer -> !layer.isEmpty()).toList();
    }

    private void describeScores(ScoreScale scale, Palette p) {
        if (!(scale.high() > scale.low())) {
            legend.addText("Nearly all scores are " + NumberText.score(scale.low()));
            return;
        }
        legend.addBar(
                p.scoreTable(),
                "≤ " + NumberText.score(scale.low()),
                "≥ " + NumberText.score(scale.high()),
                density.isSelected() ? "Mean score of a cell" : "Score");
        legend.addText("clipped at the 1st and 99th percentile");
    }

    private void describeRows() {
        PreparedFrame prepared = surface.prepared();
        if (prepared != null && !isEmpty()) {
            setCaption(prepared.frame().caption() + prepared.selectedInWords(selection.get()));
        }
    }

    private void mark(BitSet positions, RowSelection.Merge how) {
        selection.set(selection.get().merged(surface.prepared().rowIds(positions), how));
    }

    private void hover(int position) {
        PreparedFrame prepared = surface.prepared();
        boolean some = position >= 0 && prepared != null;
        hoveredRow.set(some ? prepared.frame().rowIds()[position] : -1);
        readout.setVisible(some);
        if (some) {
            walked = position;
            readout.setText(prepared.describe(position));
        }
        surface.marks(new ScatterMouse.Marks(position, List.of()));
    }

    private void showSpaceChooser() {
        boolean several = spaces.size() > 1;
        spaceName.setVisible(several);
        spaceName.setManaged(several);
    }

    private static void name(ToggleButton button, String meaning) {
        if (!meaning.equals(button.getAccessibleText())) { // live frames come 20 times a second
            button.setTooltip(new Tooltip(meaning));
            button.setAccessibleText(meaning);
        }
    }

    private static ToggleButton toggle(String icon, String meaning) {
        ToggleButton button = new ToggleButton("", new FontIcon(icon));
        name(button, meaning);
        button.getStyleClass().add("od-icon-toggle");
        return button;
    }
}

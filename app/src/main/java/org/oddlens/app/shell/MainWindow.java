package org.oddlens.app.shell;

import atlantafx.base.theme.Styles;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import javafx.beans.value.ChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SplitPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.ToolBar;
import javafx.scene.control.Tooltip;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.WindowEvent;
import org.kordamp.ikonli.javafx.FontIcon;
import org.oddlens.app.card.CardWindow;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.chart.ScatterFrame;
import org.oddlens.app.dataset.DataPage;
import org.oddlens.app.dataset.PictureFrame;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.run.RunListView;
import org.oddlens.app.run.RunPage;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.setup.SetupPane;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.engine.study.DataPicture;

/** The main window: setup and runs on the left, pages in the middle, tool bar above, status below. */
public final class MainWindow {

    private final ShellViewModel model;
    private final FileQuestion files;
    private final Scene scene;
    private final BorderPane root = new BorderPane();
    private final StackPane pages = new StackPane();
    private final LazyPage<DataPage> dataPage;
    private final LazyPage<RunPage> runPage;
    private final CardWindow card = new CardWindow();
    private final WelcomePage welcome;
    private final SetupPane setup;
    private final ToolBar toolBar;
    private final RunListView runList;
    private final Button train = tool("Train", "mdmz-play_arrow", "Train (Ctrl+Enter)");
    private final Button pause = tool("Pause", "mdmz-pause", "Pause or continue (Space in a chart)");
    private final Button step = tool("One epoch", "mdmz-skip_next", "Train one epoch, then hold (.)");
    private final Button stop = tool("Stop and keep", "mdmz-stop", "Stop and keep the model (Ctrl+.)");
    private final Label status = new Label();
    private final Label engine = new Label();
    private final ProgressBar progress = new ProgressBar(0);
    private final HBox banner = new HBox(12);
    private final Label bannerText = new Label();
    private final Button back = new Button("Show the run that trains", new FontIcon("mdmz-visibility"));
    private final ChangeListener<Object> onRunChange = (property, before, now) -> showRunState();
    private RunViewModel shown;
    /** The run that trains, or else the one shown: it has the buttons and the status bar. */
    private RunViewModel followed;

    /**
     * @param files    asks for a data file
     * @param painter  paints scatters, one task at a time
     * @param uiThread runs a task soon on the UI thread
     */
    public MainWindow(ShellViewModel model, FileQuestion files, Executor painter, Executor uiThread) {
        this.model = model;
        this.files = files;
        dataPage = new LazyPage<>(pages, () -> new DataPage(model.data(), new LatentScatter(painter, uiThread)));
        runPage = new LazyPage<>(pages, () -> {
            RunPage page = new RunPage(new LatentScatter(painter, uiThread), new Wishes());
            page.showData(dataPicture());
            return page;
        });
        welcome = new WelcomePage(model, this::chooseFile);
        setup = new SetupPane(model.setup(), model::train, this::showCard);
        pages.getChildren().setAll(welcome);
        toolBar = toolBar();
        runList = new RunListView(model.runs(), model::openRun);
        root.setTop(new VBox(new Menus(model, this).bar(), toolBar, bannerBar()));
        SplitPane middle = new SplitPane(left(), pages);
        SplitPane.setResizableWithParent(middle.getItems().get(0), false);
        middle.setDividerPositions(0.25);
        root.setCenter(middle);
        root.setBottom(statusBar());
        root.getStyleClass().add("od-window");
        scene = new Scene(root, 1440, 900);
        new Shortcuts(model, this).attachTo(scene);
        acceptDrops();
        model.pageProperty().addListener((property, before, now) -> showPage(now));
        model.runProperty().addListener((property, before, now) -> show(now));
        model.settingsProperty().addListener((property, before, now) -> showTheme());
        model.bannerProperty().addListener((property, before, now) -> showBanner(now));
        model.data().pictureProperty().addListener((property, before, now) -> {
            if (runPage.built()) {
                runPage.get().showData(dataPicture());
            }
        });
        showPage(model.pageProperty().get());
        showTheme();
        showRunState();
        showBanner("");
    }

    /** Shows what the detector chosen in the form is. */
    void showCard() {
        DetectorProvider chosen = model.setup().detectorProperty().get();
        if (chosen != null) {
            card.show(scene.getWindow(), scene.getStylesheets(), chosen.descriptor());
        }
    }

    public Scene scene() {
        return scene;
    }

    /**
     * Builds the pages that are not shown yet, one at a time, so that they need not be waited for.
     *
     * @param idle runs a task on the UI thread when the window has had time for something else
     */
    public void buildPages(Executor idle) {
        idle.execute(() -> {
            dataPage.get();
            idle.execute(runPage::get);
        });
    }

    private ScatterFrame dataPicture() {
        DataPicture drawn = model.data().pictureProperty().get();
        DataInspection found = model.data().inspectionProperty().get();
        return drawn == null || found == null ? null : PictureFrame.of(drawn, found);
    }

    private static Button tool(String text, String icon, String tip) {
        Button button = new Button(text, new FontIcon(icon));
        button.setId("tool-" + text.toLowerCase(Locale.ROOT).replace(' ', '-'));
        button.setTooltip(new Tooltip(tip));
        button.setAccessibleText(text);
        return button;
    }

    private ToolBar toolBar() {
        Button open = tool("Import", "mdal-folder_open", "Import data (Ctrl+I)");
        open.setOnAction(event -> chooseFile());
        train.setOnAction(event -> startTraining());
        pause.setOnAction(event -> run(RunViewModel::pauseOrProceed));
        step.setOnAction(event -> run(RunViewModel::stepEpoch));
        stop.setOnAction(event -> run(RunViewModel::stopAndKeep));
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        ToggleGroup shown = new ToggleGroup();
        ToolBar bar = new ToolBar(open, train, pause, step, stop, new PaceBox(model), space);
        for (ShellViewModel.Page page : ShellViewModel.Page.values()) {
            String word = page.name().charAt(0) + page.name().substring(1).toLowerCase(Locale.ROOT);
            ToggleButton toggle = new ToggleButton(word);
            toggle.setId("page-" + page.name().toLowerCase(Locale.ROOT));
            toggle.setAccessibleText("Show the page " + word);
            toggle.setToggleGroup(shown);
            toggle.setSelected(page == model.pageProperty().get());
            toggle.setOnAction(event -> {
                toggle.setSelected(true);
                model.pageProperty().set(page);
            });
            model.pageProperty().addListener((property, before, now) -> toggle.setSelected(now == page));
            bar.getItems().add(toggle);
        }
        return bar;
    }

    private Region left() {
        Label runsWord = new Label("Runs");
        runsWord.getStyleClass().add("od-panel-title");
        runsWord.setLabelFor(runList);
        VBox.setVgrow(runList, Priority.ALWAYS);
        VBox runs = new VBox(runsWord, runList);
        runs.getStyleClass().add("od-panel");
        runs.setMinHeight(90);
        VBox.setVgrow(setup, Priority.ALWAYS);
        VBox padded = new VBox(8, setup, runs);
        runs.prefHeightProperty().bind(padded.heightProperty().multiply(0.24));
        runs.maxHeightProperty().bind(runs.prefHeightProperty());
        padded.getStyleClass().add("od-page");
        padded.setMinWidth(330);
        padded.setPrefWidth(360);
        return padded;
    }

    private Region bannerBar() {
        banner.setId("banner");
        banner.getStyleClass().add("od-banner");
        banner.setAlignment(Pos.CENTER_LEFT);
        bannerText.setWrapText(true);
        bannerText.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bannerText, Priority.ALWAYS);
        Button log = new Button("Show log");
        log.setMinWidth(Region.USE_PREF_SIZE);
        log.setOnAction(event -> showLog());
        Button close = new Button("Close");
        close.setId("banner-close");
        close.setMinWidth(Region.USE_PREF_SIZE);
        close.setOnAction(event -> model.bannerProperty().set(""));
        banner.getChildren().addAll(new FontIcon("mdal-info"), bannerText, log, close);
        return banner;
    }

    private void showBanner(String text) {
        bannerText.setText(text);
        banner.setVisible(!text.isEmpty());
        banner.setManaged(!text.isEmpty());
    }

    private Region statusBar() {
        status.setId("status");
        status.setMaxWidth(Double.MAX_VALUE);
        status.setMinWidth(0);
        HBox.setHgrow(status, Priority.ALWAYS);
        progress.setPrefWidth(160);
        progress.setAccessibleText("Progress of the training");
        engine.setId("engine-state");
        engine.setMinWidth(Region.USE_PREF_SIZE);
        engine.textProperty().bind(model.engineStatus().textProperty());
        back.setId("show-live");
        back.setMinWidth(Region.USE_PREF_SIZE);
        back.getStyleClass().add(Styles.SMALL);
        back.setOnAction(event -> model.showLive());
        HBox bar = new HBox(status, back, progress, engine);
        bar.getStyleClass().add("od-status-bar");
        return bar;
    }

    private void showPage(ShellViewModel.Page page) {
        Node shown =
                switch (page) {
                    case WELCOME -> welcome;
                    case DATA -> dataPage.get();
                    case RUN -> runPage.get();
                };
        for (Node child : pages.getChildren()) {
            child.setVisible(child == shown);
            child.setManaged(child == shown);
        }
    }

    private void showTheme() {
        (model.settingsProperty().get().dark() ? Theme.DARK : Theme.LIGHT).applyTo(scene);
    }

    private void show(RunViewModel now) {
        shown = now;
        follow(model.training() ? model.liveRunProperty().get().run() : now);
        runPage.get().show(model.shownRun());
        runList.showSelected(now.id());
        showRunState();
    }

    private void follow(RunViewModel now) {
        if (followed != null) {
            followed.phaseProperty().removeListener(onRunChange);
            followed.epochProperty().removeListener(onRunChange);
            followed.messageProperty().removeListener(onRunChange);
        }
        followed = now;
        now.phaseProperty().addListener(onRunChange);
        now.epochProperty().addListener(onRunChange);
        now.messageProperty().addListener(onRunChange);
    }

    private void showRunState() {
        boolean live = followed != null && followed.controllable();
        RunViewModel.Phase phase =
                followed == null ? null : followed.phaseProperty().get();
        boolean paused = phase == RunViewModel.Phase.PAUSED;
        train.setDisable(live);
        pause.setDisable(!live || !(paused || phase == RunViewModel.Phase.TRAINING));
        pause.setText(paused ? "Continue" : "Pause");
        pause.setGraphic(new FontIcon(paused ? "mdmz-play_arrow" : "mdmz-pause"));
        step.setDisable(pause.isDisable());
        stop.setDisable(!live || phase == RunViewModel.Phase.STOPPING);
        status.setText(followed == null ? "Ready" : followed.status());
        status.setAccessibleText(status.getText());
        back.setVisible(live && shown != followed);
        back.setManaged(back.isVisible());
        progress.setVisible(live);
        if (live && followed.startedProperty().get() != null) {
            progress.setProgress((double) followed.epochProperty().get()
                    / followed.startedProperty().get().epochs());
        }
    }

    // ---- commands of menus and keys ----

    void run(java.util.function.Consumer<RunViewModel> command) {
        if (followed != null) {
            command.accept(followed);
        }
    }

    void startTraining() {
        if (model.training()) {
            model.bannerProperty()
                    .set(model.liveRunProperty().get().run().title()
                            + " is training. Stop it (Ctrl+.) or wait for its end, then train the next one.");
        } else if (setup.canTrain()) {
            model.train();
        } else {
            model.bannerProperty()
                    .set(
                            model.setup().obstacleProperty().get().isEmpty()
                                    ? "Fix the marked hyperparameters, then train."
                                    : model.setup().obstacleProperty().get());
        }
    }

    void chooseFile() {
        files.ask(scene.getWindow()).ifPresent(model::open);
    }

    void findSetting() {
        setup.focusSearch();
    }

    void close() {
        scene.getWindow().fireEvent(new WindowEvent(scene.getWindow(), WindowEvent.WINDOW_CLOSE_REQUEST));
    }

    /** Parts between which F6 moves, in reading order. */
    List<Node> regions() {
        List<Node> regions = new ArrayList<>(List.of(toolBar, setup, runList));
        regions.addAll(pages.getChildren());
        return regions;
    }

    private final class Wishes implements RunPage.Wishes {
        @Override
        public void train() {
            startTraining();
        }

        @Override
        public void chooseLabel() {
            model.pageProperty().set(ShellViewModel.Page.DATA);
        }

        @Override
        public void swapLabels() {
            model.swapLabels();
        }

        @Override
        public void changeSplit() {
            setup.showEvaluation();
        }

        @Override
        public void resume() {
            model.resume();
        }

        @Override
        public void loadSettings() {
            model.loadSettings();
        }
    }

    void showLog() {
        if (shown != null) {
            model.pageProperty().set(ShellViewModel.Page.RUN);
            runPage.get().showLog();
        }
    }

    private void acceptDrops() {
        scene.setOnDragOver(event -> {
            if (event.getDragboard().hasFiles()) {
                event.acceptTransferModes(TransferMode.COPY);
            }
            event.consume();
        });
        scene.setOnDragDropped(this::drop);
    }

    private void drop(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        if (files.size() == 1) {
            model.open(Path.of(files.get(0).getPath()));
        } else {
            model.bannerProperty().set("Drop one file at a time; " + files.size() + " were dropped.");
        }
        event.setDropCompleted(true);
        event.consume();
    }

    /** The run page, for tests. */
    public RunPage runPage() {
        return runPage.get();
    }
}

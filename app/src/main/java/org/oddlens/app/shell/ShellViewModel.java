package org.oddlens.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.app.device.DeviceViewModel;
import org.oddlens.app.device.LocalDevices;
import org.oddlens.app.run.RunItem;
import org.oddlens.app.run.RunList;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.settings.Settings;
import org.oddlens.app.settings.SettingsFile;
import org.oddlens.app.setup.SetupViewModel;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunService;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunPlan;
import org.oddlens.sample.Sample;
import org.oddlens.sample.Samples;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** State of the whole window: page shown, data, setup, current run, recorded runs, engine. UI thread only. */
public final class ShellViewModel {

    private static final Logger LOG = LoggerFactory.getLogger(ShellViewModel.class);

    /** What waits for the driver, a download or a self-test must not hold up files. */
    private static final Executor SLOW = task -> {
        Thread thread = new Thread(task, "devices");
        thread.setDaemon(true);
        thread.start();
    };

    /** What fills the middle of the window. */
    public enum Page {
        WELCOME,
        DATA,
        RUN
    }

    private final OddlensHome home;
    private final DetectorRegistry registry;
    private final EngineDesk engine;
    private final SettingsFile settingsFile;
    private final Executor worker;
    private final Executor uiThread;
    private final DataViewModel data;
    private final SetupViewModel setup;
    private final RunList runs;
    private final DeviceViewModel devices;
    private final EngineStatus engineStatus;
    private final RunModels models;
    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(Page.WELCOME);
    private final ReadOnlyObjectWrapper<RunViewModel> run = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Settings> settings = new ReadOnlyObjectWrapper<>();
    private final StringProperty banner = new SimpleStringProperty("");
    private DetectorDescriptor runDetector;
    private DataSpec runData;
    private RunFolder runFolder;

    /**
     * @param worker   reads files, one task at a time
     * @param uiThread runs a task soon on the UI thread
     * @param paced    likewise, at most 20 times a second
     */
    public ShellViewModel(
            OddlensHome home,
            DetectorRegistry registry,
            EngineFactory engines,
            SettingsFile settingsFile,
            Executor worker,
            Executor uiThread,
            Executor paced) {
        this.home = home;
        this.registry = registry;
        this.settingsFile = settingsFile;
        this.worker = worker;
        this.uiThread = uiThread;
        this.engine = engines.create((state, detail) -> uiThread.execute(() -> engineChanged(state, detail)));
        this.data = new DataViewModel(engine, uiThread);
        this.setup = new SetupViewModel(registry);
        this.runs = new RunList(home, registry, worker, uiThread);
        this.models = new RunModels(registry, engine, worker, paced);
        settings.set(settingsFile.load());
        DeviceProbe probe = DeviceChoice.probe(home, System.getenv(), OddlensCommand.class.getName());
        this.devices = new DeviceViewModel(new LocalDevices(probe, System.getenv()), SLOW, uiThread);
        this.engineStatus =
                new EngineStatus(engine, new DeviceChoice(probe, OddlensCommand.class.getName()), devices, banner);
        devices.wishedProperty().set(settings.get().card());
        devices.wishedProperty().addListener((property, before, now) -> wishCard(now));
        devices.reportProperty().addListener((property, before, now) -> engineStatus.chooseDevice());
        data.inspectionProperty()
                .addListener((property, before, now) -> setup.dataProperty().set(now));
        data.phaseProperty().addListener((property, before, now) -> setup.readingProperty()
                .set(now == DataViewModel.Phase.READING));
        data.onOpened(
                file -> change(settings.get().withRecent(file.toAbsolutePath().toString())));
    }

    /** Makes the way to the engine. */
    public interface EngineFactory {
        EngineDesk create(EngineClient.StateListener listener);
    }

    /** Starts the engine and reads the recorded runs. */
    public void start() {
        engine.warmUp();
        runs.refresh();
        if (settings.get().card()) {
            devices.test();
        }
    }

    private void wishCard(boolean wish) {
        change(settings.get().withCard(wish));
        engineStatus.chooseDevice();
    }

    private void engineChanged(EngineClient.State state, String detail) {
        engineStatus.changed(state, detail);
        if (state == EngineClient.State.GONE
                && (run.get() == null || !run.get().liveProperty().get())) {
            banner.set(detail + " The window is unaffected and a new engine is on its way.");
        }
    }

    // ---- data ----

    /** Opens a data file and shows its page. */
    public void open(Path file) {
        page.set(Page.DATA);
        data.open(file);
    }

    /** Opens a bundled data set. */
    public void openSample(String id) {
        worker.execute(() -> {
            try {
                Path file = Samples.install(id, home.root().resolve("samples"));
                uiThread.execute(() -> open(file));
            } catch (IOException e) {
                LOG.warn("sample {} cannot be written", id, e);
                uiThread.execute(() -> banner.set("The sample could not be written to "
                        + home.root().resolve("samples") + ": " + e.getMessage()));
            }
        });
    }

    public List<Sample> samples() {
        return Samples.all();
    }

    /** Turns round which label means normal in the data of the run shown; the next run uses it. */
    public void swapLabels() {
        if (runData == null) {
            return;
        }
        data.openSwapped(runData);
        page.set(Page.DATA);
        banner.set("Normal and anomaly are swapped for the next run. Check the counts, then train again.");
    }

    // ---- runs ----

    /** Starts the run that the setup describes. */
    public void train() {
        if (!setup.obstacleProperty().get().isEmpty() || training()) {
            return;
        }
        RunSpec spec = engineStatus.onCard() ? setup.spec().on(DeviceUse.CUDA).by(RunPlan.CARD_EXECUTOR) : setup.spec();
        Path folder = home.newRun(spec.detector(), LocalDateTime.now());
        RunFolder run = new RunFolder(folder);
        RunViewModel started = models.of(run, spec);
        handIn(started, run, spec, () -> engine.submit(spec, folder, started::publish));
    }

    /** Goes on with the run shown, where it was left before its end. */
    public void resume() {
        if (run.get() == null || !run.get().resumable() || training()) {
            return;
        }
        RunFolder folder = runFolder;
        worker.execute(() -> {
            try {
                RunSpec spec = folder.readRecord().spec();
                List<RunEvent> events = folder.readEvents().stream()
                        .filter(event -> !(event instanceof RunEvent.Ended))
                        .toList();
                uiThread.execute(() -> resume(folder, spec, events));
            } catch (IOException | RuntimeException e) {
                LOG.warn("run {} cannot be resumed", folder.id(), e);
                uiThread.execute(() -> banner.set("Run " + folder.id() + " cannot be resumed: " + e.getMessage()));
            }
        });
    }

    private void resume(RunFolder folder, RunSpec spec, List<RunEvent> events) {
        if (!training()) {
            RunViewModel resumed = models.of(folder, spec);
            resumed.replay(events, null);
            handIn(resumed, folder, spec, () -> engine.resume(folder.path(), resumed::publish));
        }
    }

    private void handIn(RunViewModel begun, RunFolder folder, RunSpec spec, Supplier<RunService.RunHandle> order) {
        begun.onEnd(ended -> ended(ended));
        begun.startedProperty().addListener((property, before, now) -> runs.refresh());
        begun.phaseProperty().addListener((property, before, now) -> showBusy(now.live()));
        show(begun, folder, spec);
        banner.set("");
        try {
            showBusy(true);
            begun.follow(order.get());
        } catch (RuntimeException e) {
            showBusy(false);
            banner.set(e.getMessage());
        }
    }

    private void showBusy(boolean trains) {
        setup.busyProperty().set(trains);
        engineStatus.showTraining(trains);
    }

    private void ended(RunViewModel ended) {
        if (ended.phaseProperty().get() == RunViewModel.Phase.INTERRUPTED
                || ended.phaseProperty().get() == RunViewModel.Phase.FAILED
                || ended.phaseProperty().get() == RunViewModel.Phase.DIVERGED) {
            banner.set(ended.messageProperty().get());
        }
        runs.refresh();
        engineStatus.chooseDevice();
    }

    private void show(RunViewModel shown, RunFolder folder, RunSpec spec) {
        runFolder = folder;
        runDetector = registry.get(spec.detector()).descriptor();
        runData = spec.data();
        run.set(shown);
        page.set(Page.RUN);
    }

    /** Whether a run trains in this window's engine. */
    public boolean training() {
        return run.get() != null && run.get().controllable();
    }

    /** Shows a recorded run. */
    public void openRun(RunItem item) {
        if (training()) {
            if (!item.id().equals(run.get().id())) {
                banner.set("A run is training. Stop it before looking at another one, or wait for its end.");
            }
            page.set(Page.RUN);
            return;
        }
        worker.execute(() -> {
            try {
                RunSpec spec = item.folder().readRecord().spec();
                List<RunEvent> events = item.folder().readEvents();
                RunFolder.State state = item.folder().state();
                uiThread.execute(() -> {
                    RunViewModel recorded = models.of(item.folder(), spec);
                    show(recorded, item.folder(), spec);
                    recorded.replay(
                            events, state == RunFolder.State.INTERRUPTED ? RunViewModel.Phase.INTERRUPTED : null);
                });
            } catch (IOException | RuntimeException e) {
                LOG.warn("run {} cannot be opened", item.id(), e);
                uiThread.execute(() -> banner.set("Run " + item.id() + " cannot be opened: " + e.getMessage()));
            }
        });
    }

    // ---- settings ----

    public void useDark(boolean dark) {
        change(settings.get().withDark(dark));
    }

    private void change(Settings changed) {
        settings.set(changed);
        worker.execute(() -> settingsFile.save(changed));
    }

    /** Ends the engine; a run that trains is stopped and kept. Blocks for a few seconds at most; not on the UI thread. */
    public void close() {
        engine.close();
    }

    // ---- state ----

    public DataViewModel data() {
        return data;
    }

    /** State of the GPU page. */
    public DeviceViewModel devices() {
        return devices;
    }

    public SetupViewModel setup() {
        return setup;
    }

    public RunList runs() {
        return runs;
    }

    public ObjectProperty<Page> pageProperty() {
        return page;
    }

    /** The run shown; null before the first. */
    public ReadOnlyObjectProperty<RunViewModel> runProperty() {
        return run.getReadOnlyProperty();
    }

    /** Descriptor of the run shown. */
    public DetectorDescriptor runDetector() {
        return runDetector;
    }

    public ReadOnlyObjectProperty<Settings> settingsProperty() {
        return settings.getReadOnlyProperty();
    }

    /** What the engine is doing. */
    public EngineStatus engineStatus() {
        return engineStatus;
    }

    /** Something that needs the user's eye; empty when there is nothing. */
    public StringProperty bannerProperty() {
        return banner;
    }

    /** Process id of the engine, −1 if none runs. */
    public long enginePid() {
        return engine.pid();
    }
}

package org.oddlens.app.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.oddlens.app.dataset.DataViewModel;
import org.oddlens.app.device.DeviceViewModel;
import org.oddlens.app.device.LocalDevices;
import org.oddlens.app.run.RunFolderWatch;
import org.oddlens.app.run.RunItem;
import org.oddlens.app.run.RunList;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.run.ShownRun;
import org.oddlens.app.settings.Settings;
import org.oddlens.app.settings.SettingsFile;
import org.oddlens.app.setup.SetupViewModel;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.process.DeviceChoice;
import org.oddlens.engine.process.EngineClient;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.study.DataInspection;
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
    private final EngineDesk engine;
    private final SettingsFile settingsFile;
    private final Threads threads;
    private final DataViewModel data;
    private final SetupViewModel setup;
    private final RunList runs;
    private final DeviceViewModel devices;
    private final EngineStatus engineStatus;
    private final OpenRuns open;
    private final RunFolderWatch watch;
    private final ObjectProperty<Page> page = new SimpleObjectProperty<>(Page.WELCOME);
    private final ReadOnlyObjectWrapper<Settings> settings = new ReadOnlyObjectWrapper<>();
    private final StringProperty banner = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Pace> pace = new ReadOnlyObjectWrapper<>(Pace.FULL);

    public ShellViewModel(
            OddlensHome home,
            DetectorRegistry registry,
            EngineFactory engines,
            SettingsFile settingsFile,
            Threads threads) {
        this.home = home;
        this.settingsFile = settingsFile;
        this.threads = threads;
        this.engine = engines.create((state, detail) -> threads.ui().execute(() -> engineChanged(state, detail)));
        this.data = new DataViewModel(engine, threads.ui());
        this.setup = new SetupViewModel(registry);
        this.runs = new RunList(home, registry, threads.files(), threads.ui());
        this.watch = new RunFolderWatch(home, runs::refresh);
        this.open = new OpenRuns(
                home, engine, threads, new RunModels(registry, engine, threads), runs, banner, new Around());
        settings.set(settingsFile.load());
        pace.addListener((property, before, now) -> engine.pace(now.epochsPerSecond()));
        keepPace(Pace.FULL);
        DeviceProbe probe = DeviceChoice.probe(home, System.getenv(), OddlensCommand.class.getName());
        this.devices = new DeviceViewModel(new LocalDevices(probe, System.getenv()), SLOW, threads.ui());
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
        watch.start();
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
        if (state == EngineClient.State.GONE && !open.runTellsThatTheEngineIsGone()) {
            banner.set(detail + " The window is unaffected and a new engine is on its way.");
        }
    }

    // ---- data ----

    /** Opens a data file and shows its page. */
    public void open(Path file) {
        open(file, Pace.FULL);
    }

    private void open(Path file, Pace usual) {
        page.set(Page.DATA);
        data.open(file);
        keepPace(usual);
    }

    // ---- pace ----

    /** The pace that was chosen once, or the usual one for these data. */
    private void keepPace(Pace usual) {
        String chosen = settings.get().pace();
        pace.set(Arrays.stream(Pace.values())
                .filter(known -> known.name().equals(chosen))
                .findFirst()
                .orElse(usual));
    }

    /** Chooses how fast trainings go from now on, also the one under way; kept for later windows. */
    public void choosePace(Pace chosen) {
        change(settings.get().withPace(chosen.name()));
        pace.set(chosen);
    }

    /** How fast trainings go. */
    public ReadOnlyObjectProperty<Pace> paceProperty() {
        return pace.getReadOnlyProperty();
    }

    /** Opens a bundled data set. */
    public void openSample(String id) {
        threads.files().execute(() -> {
            try {
                Path file = Samples.install(id, home.root().resolve("samples"));
                // a newcomer is to see the codes move
                threads.ui().execute(() -> open(file, Pace.THIRTY));
            } catch (IOException e) {
                LOG.warn("sample {} cannot be written", id, e);
                threads.ui()
                        .execute(() -> banner.set("The sample could not be written to "
                                + home.root().resolve("samples") + ": " + e.getMessage()));
            }
        });
    }

    public List<Sample> samples() {
        return Samples.all();
    }

    /** Turns round which label means normal in the data of the run shown; the next run uses it. */
    public void swapLabels() {
        if (open.shown() == null || open.shown().spec() == null) {
            return;
        }
        data.openSwapped(open.shown().spec().data());
        page.set(Page.DATA);
        banner.set("Normal and anomaly are swapped for the next run. Check the counts, then train again.");
    }

    // ---- runs ----

    /** Starts the run that the setup describes. */
    public void train() {
        if (!setup.obstacleProperty().get().isEmpty() || training()) {
            return;
        }
        open.train(engineStatus.onCard() ? setup.spec().on(DeviceUse.CUDA).by(RunPlan.CARD_EXECUTOR) : setup.spec());
    }

    /** What the runs tell the window. */
    private final class Around implements OpenRuns.Surroundings {
        @Override
        public void shown() {
            page.set(Page.RUN);
        }

        @Override
        public void busy(boolean trains) {
            setup.busyProperty().set(trains);
            engineStatus.showTraining(trains);
        }

        @Override
        public void ended() {
            engineStatus.chooseDevice();
        }
    }

    /** Goes on with the run shown, where it was left before its end. */
    public void resume() {
        open.resume();
    }

    /** Takes the settings of the run shown over into the form, and opens its data unless they are open. */
    public void loadSettings() {
        ShownRun shown = open.shown();
        if (shown == null || shown.spec() == null) {
            return;
        }
        String left = setup.load(shown.spec());
        DataInspection now = data.inspectionProperty().get();
        if (now == null || now.data() == null || !now.data().equals(shown.spec().data())) {
            data.openAs(shown.spec().data());
        }
        banner.set("The form has the settings of " + shown.run().title() + " now." + left);
    }

    /** Shows the run that trains again. */
    public void showLive() {
        open.showLive();
    }

    /** Whether a run trains in this window's engine. */
    public boolean training() {
        return open.training();
    }

    /** Shows a recorded run, also while another one trains. */
    public void openRun(RunItem item) {
        open.open(item);
    }

    // ---- settings ----

    public void useDark(boolean dark) {
        change(settings.get().withDark(dark));
    }

    private void change(Settings changed) {
        settings.set(changed);
        threads.files().execute(() -> settingsFile.save(changed));
    }

    /** Ends the engine; a run that trains is stopped and kept. Blocks for a few seconds at most; not on the UI thread. */
    public void close() {
        watch.close();
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
        return open.shownModelProperty();
    }

    /** The run shown, with what it was made from; null before the first. */
    public ShownRun shownRun() {
        return open.shown();
    }

    /** The run that was handed to the engine last, which need not be the one shown; null before the first. */
    public ReadOnlyObjectProperty<ShownRun> liveRunProperty() {
        return open.liveProperty();
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

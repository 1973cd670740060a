package org.oddlens.app.shell;

import java.io.IOException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import org.oddlens.app.run.RunItem;
import org.oddlens.app.run.RunList;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.run.ShownRun;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunService;
import org.oddlens.engine.run.RunSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run that is shown and the run that trains, which need not be the same: an older one can be looked at meanwhile. UI
 * thread only.
 */
final class OpenRuns {

    private static final Logger LOG = LoggerFactory.getLogger(OpenRuns.class);

    /** What these runs ask of the window around them. */
    interface Surroundings {
        /** A run has come into view. */
        void shown();

        /** Whether a run trains now. */
        void busy(boolean trains);

        /** A run has ended, however. */
        void ended();
    }

    private final OddlensHome home;
    private final EngineDesk engine;
    private final Threads threads;
    private final RunModels models;
    private final RunList list;
    private final StringProperty banner;
    private final Surroundings surroundings;
    private final ReadOnlyObjectWrapper<ShownRun> shown = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<RunViewModel> shownModel = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<ShownRun> live = new ReadOnlyObjectWrapper<>();
    private long opening;
    private boolean toldOfTheEngine;

    OpenRuns(
            OddlensHome home,
            EngineDesk engine,
            Threads threads,
            RunModels models,
            RunList list,
            StringProperty banner,
            Surroundings surroundings) {
        this.home = home;
        this.engine = engine;
        this.threads = threads;
        this.models = models;
        this.list = list;
        this.banner = banner;
        this.surroundings = surroundings;
    }

    /** Starts a run, unless one trains. */
    void train(RunSpec spec) {
        if (training()) {
            return;
        }
        RunFolder folder = new RunFolder(home.newRun(spec.detector(), LocalDateTime.now()));
        ShownRun started = models.of(folder, spec);
        handIn(started, () -> engine.submit(spec, folder.path(), started.run()::publish));
    }

    /** Goes on with the run shown, where it was left before its end. */
    void resume() {
        if (shown.get() == null || !shown.get().run().resumable() || training()) {
            return;
        }
        RunFolder folder = new RunFolder(shown.get().folder());
        threads.files().execute(() -> {
            try {
                RunSpec spec = folder.readRecord().spec();
                List<RunEvent> events = folder.readEvents().stream()
                        .filter(event -> !(event instanceof RunEvent.Ended))
                        .toList();
                threads.ui().execute(() -> resume(folder, spec, events));
            } catch (IOException | RuntimeException e) {
                LOG.warn("run {} cannot be resumed", folder.id(), e);
                threads.ui().execute(() -> banner.set("Run " + folder.id() + " cannot be resumed: " + e.getMessage()));
            }
        });
    }

    private void resume(RunFolder folder, RunSpec spec, List<RunEvent> events) {
        if (!training()) {
            ShownRun resumed = models.of(folder, spec);
            resumed.run().replay(events, null);
            handIn(resumed, () -> engine.resume(folder.path(), resumed.run()::publish));
        }
    }

    private void handIn(ShownRun begun, Supplier<RunService.RunHandle> order) {
        RunViewModel run = begun.run();
        live.set(begun);
        run.onEnd(this::ended);
        run.startedProperty().addListener((property, before, now) -> list.refresh());
        run.phaseProperty().addListener((property, before, now) -> surroundings.busy(now.live()));
        show(begun);
        try {
            surroundings.busy(true);
            run.follow(order.get());
        } catch (RuntimeException e) {
            surroundings.busy(false);
            banner.set(e.getMessage());
        }
    }

    private void ended(RunViewModel ended) {
        RunViewModel.Phase phase = ended.phaseProperty().get();
        toldOfTheEngine |= phase == RunViewModel.Phase.INTERRUPTED;
        boolean bad = phase == RunViewModel.Phase.INTERRUPTED
                || phase == RunViewModel.Phase.FAILED
                || phase == RunViewModel.Phase.DIVERGED;
        if (bad && shownModel.get() != ended) { // the page of the run itself says it
            banner.set(ended.title() + ": " + ended.messageProperty().get());
        }
        list.refresh();
        surroundings.ended();
    }

    /** The engine has gone: whether a run has told so, or will. */
    boolean runTellsThatTheEngineIsGone() {
        boolean told = toldOfTheEngine || training();
        toldOfTheEngine = false;
        return told;
    }

    private void show(ShownRun now) {
        opening++;
        shown.set(now);
        banner.set("");
        shownModel.set(now.run());
        surroundings.shown();
    }

    /** Whether a run trains in this window's engine. */
    boolean training() {
        return live.get() != null && live.get().run().controllable();
    }

    /** Shows the run that trains, or trained last, again. */
    void showLive() {
        if (live.get() != null) {
            show(live.get());
        }
    }

    /** Shows a recorded run; of several asked for in a row the last. */
    void open(RunItem item) {
        if (training() && item.id().equals(live.get().run().id())) {
            showLive();
            return;
        }
        long mine = ++opening;
        threads.files().execute(() -> {
            try {
                RunSpec spec = item.folder().readRecord().spec();
                List<RunEvent> events = item.folder().readEvents();
                RunFolder.State state = item.folder().state();
                threads.ui().execute(() -> {
                    if (mine == opening) {
                        ShownRun recorded = models.of(item.folder(), spec);
                        show(recorded);
                        recorded.run()
                                .replay(
                                        events,
                                        state == RunFolder.State.INTERRUPTED ? RunViewModel.Phase.INTERRUPTED : null);
                    }
                });
            } catch (IOException | RuntimeException e) {
                LOG.warn("run {} cannot be opened", item.id(), e);
                threads.ui().execute(() -> banner.set("Run " + item.id() + " cannot be opened: " + e.getMessage()));
            }
        });
    }

    /** The run shown; null before the first. */
    ReadOnlyObjectProperty<RunViewModel> shownModelProperty() {
        return shownModel.getReadOnlyProperty();
    }

    /** The run shown, with what it was made from; null before the first. */
    ShownRun shown() {
        return shown.get();
    }

    /** The run that was handed to the engine last; null before the first. */
    ReadOnlyObjectProperty<ShownRun> liveProperty() {
        return live.getReadOnlyProperty();
    }
}

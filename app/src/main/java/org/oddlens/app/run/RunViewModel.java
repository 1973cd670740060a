package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.oddlens.app.fx.CoalescingFeed;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.process.EngineGoneException;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunService;
import org.oddlens.engine.study.RunMetrics;

/**
 * State of one run as the window shows it, live or read back from its folder. Knows no control. UI thread only.
 */
public final class RunViewModel {

    /** Where a run stands, with the words of the interface. */
    public enum Phase {
        STARTING("Starting"),
        TRAINING("Training"),
        PAUSED("Paused"),
        STOPPING("Stopping"),
        SCORING("Scoring"),
        COMPLETED("Finished"),
        EARLY_STOPPED("Stopped early"),
        STOPPED("Stopped by you"),
        DISCARDED("Discarded"),
        DIVERGED("Diverged"),
        FAILED("Failed"),
        INTERRUPTED("Interrupted");

        private final String word;

        Phase(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }

        /** Whether the engine still works on it. */
        public boolean live() {
            return ordinal() <= SCORING.ordinal();
        }
    }

    private final String id;
    private final String title;
    private final SnapshotSource snapshots;
    private final CoalescingFeed<RunEvent> feed;
    private final Executor uiThread;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.STARTING);
    private final ReadOnlyObjectWrapper<RunEvent.Started> started = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper epoch = new ReadOnlyIntegerWrapper();
    private final ReadOnlyDoubleWrapper secondsPerEpoch = new ReadOnlyDoubleWrapper(Double.NaN);
    private final ReadOnlyStringWrapper message = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<SnapshotPicture> scored = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<RunMetrics> metrics = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper live = new ReadOnlyBooleanWrapper();
    private final ObservableList<RunEvent.Epoch> epochs = FXCollections.observableArrayList();
    private final ObservableList<Integer> seams = FXCollections.observableArrayList();
    private final RunLog log = new RunLog();
    private final KeptEpochs kept;
    private final LiveChanges changes;
    private final RowExplanation explanation;
    private RunService.RunHandle handle;
    private Consumer<RunViewModel> onEnd = run -> {};

    /**
     * @param title     what the run is called: detector and data
     * @param snapshots reads the run's folder away from the UI thread
     * @param explainer asks the engine about single rows
     * @param uiThread  runs a task later on the UI thread, at most 20 times a second
     */
    public RunViewModel(String id, String title, SnapshotSource snapshots, RowExplainer explainer, Executor uiThread) {
        this.id = id;
        this.title = title;
        this.snapshots = snapshots;
        this.uiThread = uiThread;
        this.kept = new KeptEpochs(snapshots, uiThread);
        this.changes = new LiveChanges(uiThread);
        this.explanation = new RowExplanation(explainer, () -> metrics.get() != null, uiThread);
        this.feed = new CoalescingFeed<>(uiThread, this::apply);
        phase.addListener((property, before, now) -> live.set(now.live()));
        live.set(true);
    }

    /** Takes events from any thread. */
    public void publish(RunEvent event) {
        feed.publish(event);
    }

    /** Follows a run that was handed in. */
    public void follow(RunService.RunHandle newHandle) {
        handle = newHandle;
        newHandle.ended().whenComplete((ended, failure) -> {
            if (failure != null) {
                uiThread.execute(() -> lost(failure));
            }
        });
    }

    /** Told once when the run has ended, however. */
    public void onEnd(Consumer<RunViewModel> listener) {
        onEnd = listener;
    }

    private void lost(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        boolean gone = cause instanceof EngineGoneException;
        message.set(
                gone
                        ? cause.getMessage() + " The window is unaffected. The run is recorded up to epoch "
                                + epoch.get()
                                + (started.get() == null
                                        ? ""
                                        : " of " + started.get().epochs()) + "."
                        : cause.getMessage());
        log.add(message.get());
        phase.set(gone ? Phase.INTERRUPTED : Phase.FAILED);
        onEnd.accept(this);
    }

    private void apply(List<RunEvent> batch) {
        List<RunEvent.Epoch> arrived = new ArrayList<>();
        List<Integer> pictures = new ArrayList<>();
        for (RunEvent event : batch) {
            log.add(event);
            if (event instanceof RunEvent.Epoch done) {
                arrived.add(done);
                if (done.snapshot()) {
                    pictures.add(done.epoch());
                }
            } else if (event instanceof RunEvent.Resumed resumed) {
                arrived.removeIf(done -> done.epoch() >= resumed.fromEpoch());
                pictures.removeIf(shown -> shown >= resumed.fromEpoch());
                goOn(resumed);
            } else {
                applyOther(event);
            }
        }
        if (!arrived.isEmpty()) {
            epochs.addAll(arrived);
            RunEvent.Epoch last = arrived.get(arrived.size() - 1);
            epoch.set(last.epoch());
            secondsPerEpoch.set(meanSeconds());
        }
        kept.add(pictures);
    }

    /** What is trained again takes the place of what was shown. */
    private void goOn(RunEvent.Resumed resumed) {
        epochs.removeIf(done -> done.epoch() >= resumed.fromEpoch());
        kept.forgetFrom(resumed.fromEpoch());
        seams.add(resumed.fromEpoch());
        message.set("");
    }

    private void applyOther(RunEvent event) {
        if (event instanceof RunEvent.Phase now) {
            switch (now.phase()) {
                case "training" -> phase.set(Phase.TRAINING);
                case "scoring" -> phase.set(Phase.SCORING);
                default -> phase.set(Phase.STARTING);
            }
        } else if (event instanceof RunEvent.Started begun) {
            started.set(begun);
        } else if (event instanceof RunEvent.Paused held) {
            if (phase.get() != Phase.STOPPING) {
                phase.set(held.paused() ? Phase.PAUSED : Phase.TRAINING);
            }
        } else if (event instanceof RunEvent.Change change) {
            changes.made(change);
        } else if (event instanceof RunEvent.Warning warning) {
            if (warning.code().equals("change-refused")) {
                changes.refused(warning.text());
            }
            if (!warning.code().equals("data") && !warning.code().equals("split")) {
                message.set(warning.text());
            }
        } else if (event instanceof RunEvent.Ended ended) {
            end(ended);
        }
    }

    private void end(RunEvent.Ended ended) {
        message.set(ended.message());
        phase.set(Phase.valueOf(ended.end().name()));
        snapshots.result(result -> uiThread.execute(() -> {
            metrics.set(result.metrics()); // first: whoever waits for the scores finds the metrics there
            scored.set(result.scored());
            kept.replaceBy(result.kept());
        }));
        onEnd.accept(this);
    }

    private double meanSeconds() {
        double sum = 0;
        int counted = 0;
        for (int i = epochs.size() - 1; i >= 0 && counted < 10 && epochs.get(i).epoch() > 0; i--) {
            sum += epochs.get(i).seconds();
            counted++;
        }
        return counted == 0 ? Double.NaN : sum / counted;
    }

    /** Replays recorded events, for a run read back from its folder. */
    public void replay(List<RunEvent> recorded, Phase state) {
        List<RunEvent> live = new ArrayList<>(recorded);
        apply(live);
        if (state == Phase.INTERRUPTED) {
            message.set("This run was interrupted at epoch " + epoch.get()
                    + (started.get() == null ? "." : " of " + started.get().epochs() + "."));
            phase.set(Phase.INTERRUPTED);
        }
    }

    // ---- commands ----

    public void stopAndKeep() {
        command(Phase.STOPPING, run -> run.stop(RunControl.Stop.KEEP));
    }

    public void discard() {
        command(Phase.STOPPING, run -> run.stop(RunControl.Stop.DISCARD));
    }

    /** Holds a training run, or lets a held one go on. */
    public void pauseOrProceed() {
        if (phase.get() == Phase.PAUSED) {
            command(null, RunService.RunHandle::proceed);
        } else if (phase.get() == Phase.TRAINING) {
            command(null, RunService.RunHandle::pause);
        }
    }

    public void stepEpoch() {
        command(null, RunService.RunHandle::stepEpoch);
    }

    /** Asks for another value of a live hyperparameter from the next epoch on. */
    public void change(Hyperparameter<?> hyperparameter, String text) {
        if (changeable()) {
            changes.ask(handle, hyperparameter, text);
        }
    }

    private void command(Phase shown, Consumer<RunService.RunHandle> order) {
        if (handle != null && phase.get().live()) {
            if (shown != null) {
                phase.set(shown);
            }
            order.accept(handle);
        }
    }

    // ---- state ----

    public String id() {
        return id;
    }

    public String title() {
        return title;
    }

    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty liveProperty() {
        return live.getReadOnlyProperty();
    }

    /** What training began with; null before. */
    public ReadOnlyObjectProperty<RunEvent.Started> startedProperty() {
        return started.getReadOnlyProperty();
    }

    /** Whether this window can hold and stop the run: it is live, and in this window's engine. */
    public boolean controllable() {
        return handle != null && live.get();
    }

    /** Whether values can change now: it trains or is held, in this window's engine. */
    public boolean changeable() {
        return handle != null && (phase.get() == Phase.TRAINING || phase.get() == Phase.PAUSED);
    }

    /** Whether it can go on from where it was left. */
    public boolean resumable() {
        return phase.get() == Phase.INTERRUPTED
                || phase.get() == Phase.STOPPED
                || phase.get() == Phase.FAILED && started.get() != null;
    }

    /** Live hyperparameters and what became of the wishes for them. */
    public LiveChanges changes() {
        return changes;
    }

    /** Epochs in which the run was resumed. */
    public ObservableList<Integer> seams() {
        return seams;
    }

    /** Why the row looked at has its score. */
    public RowExplanation explanation() {
        return explanation;
    }

    /** Last finished epoch. */
    public ReadOnlyIntegerProperty epochProperty() {
        return epoch.getReadOnlyProperty();
    }

    /** Where the run's threshold method puts the line after an epoch; NaN where the record does not tell. */
    double thresholdAt(int number) {
        return epochs.stream()
                .filter(done -> done.epoch() == number && done.threshold() != null)
                .mapToDouble(RunEvent.Epoch::threshold)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Mean of the last ten epochs, NaN before the first. */
    public ReadOnlyDoubleProperty secondsPerEpochProperty() {
        return secondsPerEpoch.getReadOnlyProperty();
    }

    /** The newest sentence about the run. */
    public ReadOnlyStringProperty messageProperty() {
        return message.getReadOnlyProperty();
    }

    /** Epochs whose rows can be looked at, and the one that is. */
    public KeptEpochs kept() {
        return kept;
    }

    /** All evaluated rows with their final scores; null before the end. */
    public ReadOnlyObjectProperty<SnapshotPicture> scoredProperty() {
        return scored.getReadOnlyProperty();
    }

    /** Final metrics; null before the end. */
    public ReadOnlyObjectProperty<RunMetrics> metricsProperty() {
        return metrics.getReadOnlyProperty();
    }

    /** Epochs in their order, epoch 0 first. */
    public ObservableList<RunEvent.Epoch> epochs() {
        return epochs;
    }

    public ObservableList<String> log() {
        return log.lines();
    }

    /** A sentence for the status bar. */
    public String status() {
        return new RunStatus(this).text();
    }
}

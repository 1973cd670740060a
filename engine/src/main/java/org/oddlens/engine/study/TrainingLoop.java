package org.oddlens.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.oddlens.engine.compute.BlockScoring;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.detector.TrainingState;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.Tensor;

/** Drives a training epoch by epoch: changes, divergence, early stopping, snapshots and checkpoints. */
final class TrainingLoop {

    private static final Telemetry.Seen NOT_SEEN = new Telemetry.Seen(null, null);

    private final Training training;
    private final TrainingData data;
    private final Telemetry telemetry;
    private final Checkpoints checkpoints;
    private final LiveValues live;
    private final RunControl control;
    private final RunRecorder recorder;
    private final EarlyStopping patience;
    private Map<String, Tensor> lastGood;
    private int epochsDone;
    private long stepsBefore;
    private long stepsAtStart;
    private long stepsOfLastEpoch;
    private double first = Double.NaN;
    private double last = Double.NaN;
    private double seconds;

    TrainingLoop(
            Training training,
            TrainingData data,
            Values values,
            Telemetry telemetry,
            Checkpoints checkpoints,
            LiveValues live,
            RunControl control,
            RunRecorder recorder) {
        this.training = training;
        this.data = data;
        this.telemetry = telemetry;
        this.checkpoints = checkpoints;
        this.live = live;
        this.control = control;
        this.recorder = recorder;
        boolean patient = values.texts().containsKey(SharedHyperparameters.PATIENCE.key());
        this.patience = new EarlyStopping(patient ? values.get(SharedHyperparameters.PATIENCE) : 0);
    }

    /** Goes on from a checkpoint instead of the first epoch. */
    void restore(Checkpoint checkpoint) {
        live.replay(training, Math.max(checkpoint.epoch(), checkpoint.training().epoch()));
        training.restore(checkpoint.training());
        lastGood = checkpoint.lastGood();
        patience.restore(checkpoint.patience());
        epochsDone = checkpoint.epoch();
        stepsBefore = checkpoint.steps() - checkpoint.training().steps();
        stepsAtStart = checkpoint.steps();
        first = checkpoint.first();
        last = checkpoint.last();
        seconds = checkpoint.seconds();
    }

    /** Trains to the end. */
    RunEnd run() throws IOException {
        lastGood = lastGood == null ? training.weights() : lastGood;
        checkpoints.startCounting(epochsDone);
        control.beforeBatch(this::checkpointIfDue);
        control.onPause(this::paused);
        int underWay = training.state().map(TrainingState::epoch).orElse(0);
        RunEnd end = null;
        while (end == null && epochsDone < training.epochs() && !training.finished()) {
            int epoch = epochsDone + 1;
            control.keepPace();
            if (epoch != underWay) { // the changes of an epoch under way are in force already
                live.apply(training, epoch, stepsBefore, recorder);
            }
            end = epoch(epoch);
        }
        if (end == RunEnd.STOPPED) {
            checkpoint();
        }
        if (end == RunEnd.STOPPED) {
            snapshotLastWholeEpoch();
        } else if (end != RunEnd.DISCARDED) {
            snapshotOnce();
        }
        control.beforeBatch(() -> {});
        return end == null ? RunEnd.COMPLETED : end;
    }

    private RunEnd epoch(int epoch) throws IOException {
        long start = System.nanoTime();
        Training.EpochResult result = training.epoch(epoch);
        double epochSeconds = (System.nanoTime() - start) / 1e9;
        seconds += epochSeconds;
        stepsOfLastEpoch = result.steps();
        String diverged = result.complete() ? notFinite(result) : result.divergedIn();
        if (diverged != null) {
            training.restore(lastGood);
            recorder.warn("diverged", divergence(result, diverged, epoch));
            return RunEnd.DIVERGED;
        }
        if (!result.complete()) {
            return stopped();
        }
        control.epochDone();
        lastGood = training.weights();
        epochsDone = epoch;
        stepsBefore += result.steps();
        stepsOfLastEpoch = 0;
        recordEpoch(result, epoch, epochSeconds);
        if (patience.exhausted(epoch, result.validation(), lastGood)) {
            return stopEarly(epoch);
        }
        if (epoch < training.epochs() && checkpoints.dueAfter(epoch)) {
            checkpoint();
        }
        return null;
    }

    private void recordEpoch(Training.EpochResult result, int epoch, double epochSeconds) throws IOException {
        if (!result.terms().isEmpty()) { // an epoch may do something else than train
            last = result.terms().values().stream().mapToDouble(d -> d).sum();
        }
        first = Double.isNaN(first) ? last : first;
        boolean due = telemetry.due(epoch, seconds);
        Telemetry.Seen seen =
                due ? telemetry.snapshot(training.detector(), epoch, seconds, control.spareSeconds()) : NOT_SEEN;
        recorder.record(new RunEvent.Epoch(
                recorder.now(),
                epoch,
                result.steps(),
                result.terms(),
                Double.isNaN(result.validation()) ? null : (Double) result.validation(),
                result.learningRate(),
                epochSeconds,
                seen.auroc(),
                due,
                seen.threshold()));
    }

    // ---- checkpoints ----

    private void checkpointIfDue() {
        if (checkpoints.dueByTime()) {
            checkpointBetweenBatches();
        }
    }

    private void paused(boolean paused) {
        if (paused) {
            checkpointBetweenBatches();
        }
        recorder.paused(paused);
    }

    private void checkpointBetweenBatches() {
        try {
            checkpoint();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkpoint() throws IOException {
        Optional<TrainingState> state = training.state();
        if (state.isEmpty()) {
            checkpoints.startCounting(epochsDone); // solved in one go: it would start again in any case
            return;
        }
        Checkpoint now = new Checkpoint(
                epochsDone,
                stepsBefore + state.get().steps(),
                state.get(),
                lastGood,
                patience.seen(),
                first,
                last,
                seconds);
        String file = checkpoints.write(now);
        recorder.record(
                new RunEvent.Checkpoint(recorder.now(), epochsDone, state.get().steps(), file));
    }

    // ---- ends ----

    private void snapshotOnce() throws IOException {
        if (telemetry.isOn() && telemetry.lastEpoch() != epochsDone) {
            telemetry.snapshot(training.detector(), epochsDone, seconds, 0);
        }
    }

    /** Stopped inside an epoch, the weights are ahead of the last whole one, and a snapshot shows the epoch in its name. */
    private void snapshotLastWholeEpoch() throws IOException {
        Map<String, Tensor> now = training.weights();
        training.restore(lastGood);
        snapshotOnce();
        training.restore(now);
    }

    /** What is not finite after an epoch although each of its steps was, null if nothing. */
    private String notFinite(Training.EpochResult result) {
        double validation = result.validation();
        if (Double.isInfinite(validation) || Double.isNaN(validation) && data.validationRows() > 0) {
            return "validation";
        }
        // One block is enough to see weights that are past mending, and costs little beside an epoch.
        int numbers = Math.min(data.train().length, BlockScoring.BLOCK * data.features());
        return training.scoresAreFinite(Arrays.copyOf(data.train(), numbers)) ? null : "score";
    }

    private RunEnd stopEarly(int epoch) throws IOException {
        snapshotOnce(); // before the weights go back: a snapshot shows the epoch in its name
        training.restore(patience.bestWeights());
        recorder.warn(
                "early-stopped",
                "The validation loss has not improved since epoch " + patience.bestEpoch() + ", "
                        + (epoch - patience.bestEpoch()) + " epochs ago; that epoch is kept.");
        return RunEnd.EARLY_STOPPED;
    }

    private RunEnd stopped() {
        if (training.state().isEmpty()) {
            recorder.warn(
                    "nothing-kept",
                    "This detector is solved in one go and was stopped before the end, so there is nothing to keep."
                            + " Train again; fewer training rows take less time.");
            return RunEnd.DISCARDED;
        }
        return control.requestedStop().orElse(RunControl.Stop.KEEP) == RunControl.Stop.DISCARD
                ? RunEnd.DISCARDED
                : RunEnd.STOPPED;
    }

    private static String divergence(Training.EpochResult result, String term, int epoch) {
        return String.format(
                Locale.ROOT,
                "Loss became infinite or no number in epoch %d, step %d (term: %s). The learning rate is %s; try a"
                        + " tenth of it. Training stopped; the last good state is epoch %d and is kept.",
                epoch,
                result.complete() ? result.steps() : result.steps() + 1,
                term,
                result.learningRate(),
                epoch - 1);
    }

    // ---- what came of it ----

    /** Loss of the first epoch, null before its end. */
    Double firstLoss() {
        return Double.isNaN(first) ? null : (Double) first;
    }

    /** Loss of the last whole epoch, null before the first. */
    Double lastLoss() {
        return Double.isNaN(last) ? null : (Double) last;
    }

    /** Seconds trained, those before a checkpoint included. */
    double seconds() {
        return seconds;
    }

    /** Steps done by this process. */
    long stepsExecuted() {
        return stepsBefore + stepsOfLastEpoch - stepsAtStart;
    }
}

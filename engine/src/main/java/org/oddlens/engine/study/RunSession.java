package org.oddlens.engine.study;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.oddlens.engine.compute.BlockScoring;
import org.oddlens.engine.compute.NativeThreads;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.run.Tensor;

/** The steps of one run, from the request to its end. */
final class RunSession {

    private final Supplier<RunPlan> planning;
    private final RunFolder run;
    private final RunControl control;
    private final RunRecorder recorder;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private double trainingSeconds;
    private Double firstLoss;
    private Double lastLoss;

    /** @param planning loads and checks, or hands over what is planned already */
    RunSession(Supplier<RunPlan> planning, RunFolder run, RunControl control, RunRecorder recorder) {
        this.planning = planning;
        this.run = run;
        this.control = control;
        this.recorder = recorder;
    }

    /** Runs to the end; whatever is thrown becomes the failed end of the run. */
    RunEvent.Ended run(Supplier<MachineKind> machine, DeviceUse process) throws IOException {
        recorder.record(new RunEvent.Phase(recorder.now(), "loading"));
        RunPlan plan = planning.get();
        long start = System.nanoTime();
        DeviceUse device = process.forRun(plan.spec().device());
        RunSpec spec = plan.spec().on(device.used());
        NativeThreads.limit(spec.threads());
        run.writeRecord(new RunRecord(RunRecord.FORMAT, run.id(), recorder.now(), spec, machine.get(), device));
        if (!device.reason().isEmpty()) {
            recorder.warn("device", device.reason());
        }
        Split split = plan.split();
        FittedScaler scaler = Scaler.parse(spec.scaler()).fit(plan.imported().dataset(), split.train());
        TrainingData data = new TrainingData(
                new DataShape(plan.imported().dataset().rowShape(), spec.scaler(), split.train().length),
                scaler.transform(plan.imported().dataset(), split.train()),
                scaler.transform(plan.imported().dataset(), split.validation()));
        TrainingContext context =
                new TrainingContext(new RandomStreams(spec.seed()), control, spec.executor(), recorder::warn);
        try (Training training = plan.provider().begin(plan.values(), data, context)) {
            Telemetry telemetry = new Telemetry(run, plan, scaler, numbersPerRow(plan, training));
            RunResult result = new RunResult(run, plan, scaler, data.train());
            seconds.put("load", plan.seconds() + since(start));
            begin(plan, training, telemetry);
            result.beforeTraining(training.detector());
            RunEnd end = train(plan, data, training, telemetry);
            seconds.put("train", trainingSeconds);
            if (end != RunEnd.DISCARDED) {
                recorder.record(new RunEvent.Phase(recorder.now(), "scoring"));
                Map<String, Double> loss = new LinkedHashMap<>();
                loss.put("first", firstLoss);
                loss.put("last", lastLoss);
                result.write(training.detector(), end, recorder.lastEpoch(), loss, seconds);
            }
            return new RunEvent.Ended(recorder.now(), end, recorder.lastEpoch(), message(end), seconds);
        }
    }

    private static int numbersPerRow(RunPlan plan, Training training) {
        int code = training.shape().widths().stream()
                .mapToInt(width -> width)
                .min()
                .orElse(2);
        return 1 + plan.provider().descriptor().latentSpaces().size() * code;
    }

    private void begin(RunPlan plan, Training training, Telemetry telemetry) throws IOException {
        Split split = plan.split();
        Map<String, int[]> roles = new LinkedHashMap<>();
        roles.put("train", split.train());
        roles.put("validation", split.validation());
        roles.put("test", split.test());
        roles.put("tracked", telemetry.tracked());
        split.labels(split.test()).ifPresent(labels -> roles.put("test_labels", zeroOne(labels)));
        split.labels(telemetry.tracked()).ifPresent(labels -> roles.put("tracked_labels", zeroOne(labels)));
        run.writeSplit(roles);
        new RowIds(run).write(plan.imported().dataset());
        plan.imported().report().sentences().forEach(sentence -> recorder.warn("data", sentence));
        split.notes().forEach(note -> recorder.warn("split", note));
        recorder.record(new RunEvent.Phase(recorder.now(), "training"));
        recorder.record(new RunEvent.Started(
                recorder.now(),
                RunResult.rows(split),
                plan.imported().dataset().features(),
                training.shape().text(),
                training.shape().parameterCount(),
                training.epochs(),
                telemetry.tracked().length,
                training.terms()));
        Double auroc = telemetry.snapshot(training.detector(), 0);
        recorder.record(new RunEvent.Epoch(recorder.now(), 0, 0, Map.of(), null, null, 0, auroc, true));
    }

    private RunEnd train(RunPlan plan, TrainingData data, Training training, Telemetry telemetry) throws IOException {
        EarlyStopping patience = new EarlyStopping(
                plan.values().texts().containsKey(SharedHyperparameters.PATIENCE.key())
                        ? plan.values().get(SharedHyperparameters.PATIENCE)
                        : 0);
        Map<String, Tensor> lastGood = training.weights();
        RunEnd end = null;
        for (int epoch = 1; end == null && epoch <= training.epochs(); epoch++) {
            long start = System.nanoTime();
            Training.EpochResult result = training.epoch(epoch);
            double epochSeconds = since(start);
            trainingSeconds += epochSeconds;
            String diverged = result.complete() ? notFinite(training, result, data) : result.divergedIn();
            if (diverged != null) {
                training.restore(lastGood);
                recorder.warn("diverged", divergence(result, diverged, epoch));
                end = RunEnd.DIVERGED;
            } else if (!result.complete()) {
                end = stopped();
            } else {
                control.epochDone();
                lastGood = training.weights();
                recordEpoch(training, telemetry, result, epoch, epochSeconds);
                end = patience.exhausted(epoch, result.validation(), lastGood)
                        ? stopEarly(training, telemetry, patience, epoch)
                        : null;
            }
        }
        if (end != RunEnd.DISCARDED) {
            snapshotOnce(training, telemetry);
        }
        return end == null ? RunEnd.COMPLETED : end;
    }

    private void recordEpoch(
            Training training, Telemetry telemetry, Training.EpochResult result, int epoch, double epochSeconds)
            throws IOException {
        lastLoss = result.terms().values().stream().mapToDouble(d -> d).sum();
        firstLoss = firstLoss == null ? lastLoss : firstLoss;
        boolean due = epoch == training.epochs() || telemetry.due(epoch, trainingSeconds);
        Double auroc = due ? telemetry.snapshot(training.detector(), epoch) : null;
        recorder.record(new RunEvent.Epoch(
                recorder.now(),
                epoch,
                result.steps(),
                result.terms(),
                Double.isNaN(result.validation()) ? null : (Double) result.validation(),
                result.learningRate(),
                epochSeconds,
                auroc,
                due));
    }

    private void snapshotOnce(Training training, Telemetry telemetry) throws IOException {
        if (telemetry.lastEpoch() != recorder.lastEpoch()) {
            telemetry.snapshot(training.detector(), recorder.lastEpoch());
        }
    }

    /** What is not finite after an epoch although each of its steps was, null if nothing. */
    private static String notFinite(Training training, Training.EpochResult result, TrainingData data) {
        double validation = result.validation();
        if (Double.isInfinite(validation) || Double.isNaN(validation) && data.validationRows() > 0) {
            return "validation";
        }
        // One block is enough to see weights that are past mending, and costs little beside an epoch.
        int numbers = Math.min(data.train().length, BlockScoring.BLOCK * data.features());
        double[] scores = training.detector().score(Arrays.copyOf(data.train(), numbers));
        return Arrays.stream(scores).allMatch(Double::isFinite) ? null : "score";
    }

    private RunEnd stopEarly(Training training, Telemetry telemetry, EarlyStopping patience, int epoch)
            throws IOException {
        snapshotOnce(training, telemetry); // before the weights go back: a snapshot shows the epoch in its name
        training.restore(patience.bestWeights());
        recorder.warn(
                "early-stopped",
                "The validation loss has not improved since epoch " + patience.bestEpoch() + ", "
                        + (epoch - patience.bestEpoch()) + " epochs ago; that epoch is kept.");
        return RunEnd.EARLY_STOPPED;
    }

    private RunEnd stopped() {
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

    private String message(RunEnd end) {
        int epoch = recorder.lastEpoch();
        return switch (end) {
            case COMPLETED -> epoch == 1 ? "The one epoch is done." : "All " + epoch + " epochs done.";
            case EARLY_STOPPED -> "Stopped after epoch " + epoch + ": the validation loss no longer improves.";
            case STOPPED -> "Stopped by the user after epoch " + epoch + "; the model is kept.";
            case DIVERGED -> "The loss is no longer finite; the state after epoch " + epoch + " is kept.";
            case DISCARDED -> "Discarded by the user after epoch " + epoch + ".";
            case FAILED -> "";
        };
    }

    private static int[] zeroOne(boolean[] labels) {
        int[] numbers = new int[labels.length];
        for (int i = 0; i < labels.length; i++) {
            numbers[i] = labels[i] ? 1 : 0;
        }
        return numbers;
    }

    private static double since(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}

package org.oddlens.engine.study;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.oddlens.engine.compute.NativeThreads;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.detector.DataShape;
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

/** The steps of one run, from the request, or from where it was left, to its end. */
final class RunSession {

    private final Supplier<RunPlan> planning;
    private final RunFolder run;
    private final RunControl control;
    private final RunRecorder recorder;
    private final Checkpoints checkpoints;
    private final Snapshots snapshots;
    private final Resumption resumption;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private long stepsExecuted;

    /**
     * @param planning   loads and checks, or hands over what is planned already
     * @param resumption where the run goes on; null for a new run
     */
    RunSession(
            Supplier<RunPlan> planning,
            RunFolder run,
            RunControl control,
            RunRecorder recorder,
            Checkpoints checkpoints,
            Snapshots snapshots,
            Resumption resumption) {
        this.planning = planning;
        this.run = run;
        this.control = control;
        this.recorder = recorder;
        this.checkpoints = checkpoints;
        this.snapshots = snapshots;
        this.resumption = resumption;
    }

    /** Runs to the end; whatever is thrown becomes the failed end of the run. */
    RunEvent.Ended run(Supplier<MachineKind> machine, DeviceUse process) throws IOException {
        recorder.record(new RunEvent.Phase(recorder.now(), "loading"));
        RunPlan plan = planning.get();
        long start = System.nanoTime();
        DeviceUse device = process.forRun(plan.spec().device());
        RunSpec spec = plan.spec().on(device.used());
        NativeThreads.limit(spec.executor(), spec.threads());
        if (resumption == null) {
            run.writeRecord(new RunRecord(RunRecord.FORMAT, run.id(), recorder.now(), spec, machine.get(), device));
        } else {
            resumption.compare(machine.get(), recorder);
        }
        if (!device.reason().isEmpty()) {
            recorder.warn("device", device.reason());
        }
        Split split = plan.split();
        FittedScaler scaler = Scaler.parse(spec.scaler())
                .fit(plan.imported().dataset(), split.train(), RunPlan.constantFeatures(spec));
        TrainingData data = new TrainingData(
                new DataShape(plan.imported().dataset().rowShape(), spec.scaler(), split.train().length),
                scaler.transform(plan.imported().dataset(), split.train()),
                scaler.transform(plan.imported().dataset(), split.validation()));
        TrainingContext context = new TrainingContext(
                new RandomStreams(spec.seed()), control, spec.executor(), spec.threads(), warnings());
        try (Training training = plan.provider().begin(plan.values(), data, context)) {
            Telemetry telemetry =
                    new Telemetry(run, plan, scaler, numbersPerRow(plan, training), training.epochs(), snapshots);
            RunResult result = new RunResult(run, plan, scaler, data.train());
            seconds.put("load", plan.seconds() + since(start));
            begin(plan, scaler, training, telemetry);
            result.beforeTraining(training.detector());
            LiveValues live = new LiveValues(plan.values(), changes(spec), control);
            TrainingLoop loop =
                    new TrainingLoop(training, data, plan.values(), telemetry, checkpoints, live, control, recorder);
            RunEnd end = train(loop);
            if (end == RunEnd.DISCARDED) {
                checkpoints.clear();
            } else {
                recorder.record(new RunEvent.Phase(recorder.now(), "scoring"));
                Map<String, Double> loss = new LinkedHashMap<>();
                loss.put("first", loop.firstLoss());
                loss.put("last", loop.lastLoss());
                ResultChecks checks = new ResultChecks(plan.provider().descriptor(), recorder::warn);
                result.write(training.detector(), checks, live.now(), end, recorder.lastEpoch(), loss, seconds);
            }
            return new RunEvent.Ended(recorder.now(), end, recorder.lastEpoch(), message(end), seconds);
        }
    }

    private RunEnd train(TrainingLoop loop) throws IOException {
        if (resumption != null && resumption.checkpoint() != null) {
            loop.restore(resumption.checkpoint());
        }
        RunEnd end = loop.run();
        seconds.put("train", loop.seconds());
        stepsExecuted = loop.stepsExecuted();
        return end;
    }

    /** Steps of the training done by this session. */
    long stepsExecuted() {
        return stepsExecuted;
    }

    /** What was said when the run began is not said again when it goes on. */
    private BiConsumer<String, String> warnings() {
        return goesOn() ? (code, text) -> {} : recorder::warn;
    }

    private boolean goesOn() {
        return resumption != null && resumption.checkpoint() != null;
    }

    private Map<Integer, Map<String, Object>> changes(RunSpec spec) throws IOException {
        return run.readChanges(spec.changes());
    }

    private static int numbersPerRow(RunPlan plan, Training training) {
        int code = training.shape().widths().stream()
                .mapToInt(width -> width)
                .min()
                .orElse(2);
        return 1 + plan.provider().descriptor().latentSpaces().size() * code;
    }

    private void begin(RunPlan plan, FittedScaler scaler, Training training, Telemetry telemetry) throws IOException {
        Split split = plan.split();
        if (!goesOn()) {
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
            scaler.aboutConstantFeatures(plan.imported().dataset().featureNames())
                    .ifPresent(sentence -> recorder.warn("scaler", sentence));
        }
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
        if (!goesOn()) {
            boolean on = telemetry.isOn();
            Telemetry.Seen seen =
                    on ? telemetry.snapshot(training.detector(), 0, 0, 0) : new Telemetry.Seen(null, null);
            recorder.record(new RunEvent.Epoch(
                    recorder.now(), 0, 0, Map.of(), null, null, 0, seen.auroc(), on, seen.threshold()));
        }
    }

    private String message(RunEnd end) {
        int epoch = recorder.lastEpoch();
        return switch (end) {
            case COMPLETED -> epoch == 1 ? "The one epoch is done." : "Done after " + epoch + " epochs.";
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

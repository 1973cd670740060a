package org.oddlens.engine.study;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.oddlens.engine.compute.BlockScoring;
import org.oddlens.engine.compute.NativeThreads;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.metric.Evaluation;
import org.oddlens.engine.metric.RankingMetrics;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.run.Tensor;
import org.oddlens.engine.threshold.Threshold;
import org.oddlens.engine.threshold.ThresholdSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one run: load, plan, train epoch by epoch, record, score, evaluate. Whatever happens, it ends in exactly one
 * {@link RunEvent.Ended}.
 */
public final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    private final DetectorRegistry registry;
    private final Supplier<MachineKind> machine;
    private final Clock clock;

    /**
     * @param machine asked once per run, after the native libraries are loaded
     * @param clock   for the times in the record
     */
    public RunExecution(DetectorRegistry registry, Supplier<MachineKind> machine, Clock clock) {
        this.registry = registry;
        this.machine = machine;
        this.clock = clock;
    }

    /**
     * Runs on the calling thread.
     *
     * @param folder   absent or empty
     * @param listener told every event right after it is recorded
     * @return the end, which the listener has been told too
     * @throws org.oddlens.engine.run.RunFolderException if the folder cannot be used; nothing is written then
     */
    public RunEvent.Ended execute(RunSpec request, Path folder, RunControl control, Consumer<RunEvent> listener)
            throws IOException {
        RunFolder run = RunFolder.create(folder);
        RunFolder.RunLock lock = run.lock();
        try {
            Recorder recorder = new Recorder(run, listener, clock);
            control.onPause(paused -> listener.accept(new RunEvent.Paused(recorder.now(), paused)));
            RunEvent.Ended ended;
            try {
                ended = new Execution(request, run, control, recorder).run();
            } catch (Throwable failure) { // the border of the run: a missing native library arrives as an Error
                LOG.info("run {} failed", run.id(), failure);
                recorder.trace(failure);
                String sentence = failure.getMessage() == null ? failure.toString() : failure.getMessage();
                ended = new RunEvent.Ended(recorder.now(), RunEnd.FAILED, recorder.lastEpoch(), sentence, Map.of());
            }
            recorder.record(ended);
            return ended;
        } finally {
            lock.close();
        }
    }

    /** One execution; its fields are what the steps hand to each other. */
    private final class Execution {

        private final RunSpec request;
        private final RunFolder run;
        private final RunControl control;
        private final Recorder recorder;
        private final Map<String, Double> seconds = new LinkedHashMap<>();

        private RunPlan plan;
        private FittedScaler scaler;
        private int[] tracked;
        private Optional<boolean[]> trackedLabels;
        private float[] trackedRows;
        private float[] trainRows;
        private double trainingSeconds;
        private double snapshotSeconds;
        private long lastSnapshotNanos;
        private int lastSnapshotEpoch = -1;
        private Map<String, Double> firstTerms;
        private Map<String, Double> lastTerms;

        Execution(RunSpec request, RunFolder run, RunControl control, Recorder recorder) {
            this.request = request;
            this.run = run;
            this.control = control;
            this.recorder = recorder;
        }

        RunEvent.Ended run() throws IOException {
            long start = System.nanoTime();
            NativeThreads.limit(Math.max(1, request.threads()));
            recorder.record(new RunEvent.Phase(recorder.now(), "loading"));
            plan = RunPlan.of(request, registry);
            RunSpec spec = plan.spec();
            run.writeRecord(new RunRecord(RunRecord.FORMAT, run.id(), recorder.now(), spec, machine.get()));
            Split split = plan.split();
            scaler = Scaler.parse(spec.scaler()).fit(plan.imported().dataset(), split.train());
            trainRows = scaler.transform(plan.imported().dataset(), split.train());
            TrainingData data = new TrainingData(
                    new DataShape(plan.imported().dataset().rowShape(), spec.scaler(), split.train().length),
                    trainRows,
                    scaler.transform(plan.imported().dataset(), split.validation()));
            RandomStreams streams = new RandomStreams(spec.seed());
            TrainingContext context =
                    new TrainingContext(streams, control, spec.executor(), (code, text) -> recorder.warn(code, text));
            try (Training training = plan.provider().begin(plan.values(), data, context)) {
                seconds.put("load", since(start));
                begin(training, streams);
                RunEnd end = train(training);
                if (end == RunEnd.DISCARDED) {
                    seconds.put("train", trainingSeconds);
                    return ended(end, "Discarded by the user.");
                }
                return finish(training, end);
            }
        }

        private void begin(Training training, RandomStreams streams) throws IOException {
            Split split = plan.split();
            int perRow = 1
                    + plan.provider().descriptor().latentSpaces().size()
                            * Math.max(
                                    2,
                                    training.shape().widths().stream()
                                            .mapToInt(w -> w)
                                            .min()
                                            .orElse(2));
            tracked = TrackedRows.of(split, perRow, streams.stream("tracked rows"));
            trackedLabels = split.labels(tracked).filter(RunExecution::bothClasses);
            trackedRows = scaler.transform(plan.imported().dataset(), tracked);
            run.writeSplit(orderedRoles(split));
            plan.imported().report().sentences().forEach(sentence -> recorder.warn("data", sentence));
            split.notes().forEach(note -> recorder.warn("split", note));
            recorder.record(new RunEvent.Phase(recorder.now(), "training"));
            recorder.record(new RunEvent.Started(
                    recorder.now(),
                    rows(),
                    plan.imported().dataset().features(),
                    training.shape().text(),
                    training.shape().parameterCount(),
                    training.epochs(),
                    tracked.length,
                    training.terms()));
            Double auroc = snapshot(training, 0);
            recorder.record(new RunEvent.Epoch(recorder.now(), 0, 0, Map.of(), null, null, 0, auroc, true));
        }

        private Map<String, int[]> orderedRoles(Split split) {
            Map<String, int[]> roles = new LinkedHashMap<>();
            roles.put("train", split.train());
            roles.put("validation", split.validation());
            roles.put("test", split.test());
            roles.put("tracked", tracked);
            split.labels(split.test()).ifPresent(labels -> roles.put("test_labels", zeroOne(labels)));
            split.labels(tracked).ifPresent(labels -> roles.put("tracked_labels", zeroOne(labels)));
            return roles;
        }

        private RunEnd train(Training training) throws IOException {
            EarlyStopping patience = new EarlyStopping(
                    plan.values().texts().containsKey(SharedHyperparameters.PATIENCE.key())
                            ? plan.values().get(SharedHyperparameters.PATIENCE)
                            : 0);
            Map<String, Tensor> lastGood = training.weights();
            RunEnd end = RunEnd.COMPLETED;
            for (int epoch = 1; epoch <= training.epochs(); epoch++) {
                long start = System.nanoTime();
                Training.EpochResult result = training.epoch(epoch);
                double epochSeconds = since(start);
                trainingSeconds += epochSeconds;
                String diverged = result.complete() ? notFinite(training, result) : result.divergedIn();
                if (diverged != null) {
                    training.restore(lastGood);
                    recorder.warn("diverged", divergence(result, diverged, epoch));
                    end = RunEnd.DIVERGED;
                    break;
                }
                if (!result.complete()) {
                    end = stopped();
                    break;
                }
                control.epochDone();
                lastGood = training.weights();
                firstTerms = firstTerms == null ? result.terms() : firstTerms;
                lastTerms = result.terms();
                boolean due = epoch <= 1 || epoch == training.epochs() || snapshotDue();
                Double auroc = due ? snapshot(training, epoch) : null;
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
                if (patience.exhausted(epoch, result.validation(), lastGood)) {
                    snapshotOnce(training); // before the weights go back: a snapshot shows the epoch in its name
                    training.restore(patience.bestWeights());
                    recorder.warn(
                            "early-stopped",
                            "The validation loss has not improved since epoch " + patience.bestEpoch() + ", "
                                    + (epoch - patience.bestEpoch()) + " epochs ago; that epoch is kept.");
                    end = RunEnd.EARLY_STOPPED;
                    break;
                }
            }
            if (end != RunEnd.DISCARDED) {
                snapshotOnce(training);
            }
            return end;
        }

        private void snapshotOnce(Training training) throws IOException {
            if (lastSnapshotEpoch != recorder.lastEpoch()) {
                snapshot(training, recorder.lastEpoch());
            }
        }

        /** What is not finite after an epoch although each of its steps was, null if nothing. */
        private String notFinite(Training training, Training.EpochResult result) {
            if (Double.isInfinite(result.validation())
                    || Double.isNaN(result.validation()) && plan.split().validation().length > 0) {
                return "validation";
            }
            boolean finite = Arrays.stream(training.detector().score(firstTrainingRows()))
                    .allMatch(Double::isFinite);
            return finite ? null : "score";
        }

        /** One block is enough to see weights that are past mending, and costs little beside an epoch. */
        private float[] firstTrainingRows() {
            int numbers = BlockScoring.BLOCK * plan.imported().dataset().features();
            return trainRows.length <= numbers ? trainRows : Arrays.copyOf(trainRows, numbers);
        }

        private RunEnd stopped() {
            return control.requestedStop().orElse(RunControl.Stop.KEEP) == RunControl.Stop.DISCARD
                    ? RunEnd.DISCARDED
                    : RunEnd.STOPPED;
        }

        private String divergence(Training.EpochResult result, String term, int epoch) {
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

        /** Telemetry may take 2 % of the training time, and is never older than 2 s. */
        private boolean snapshotDue() {
            return snapshotSeconds <= 0.02 * trainingSeconds || System.nanoTime() - lastSnapshotNanos >= 2_000_000_000L;
        }

        private Double snapshot(Training training, int epoch) throws IOException {
            long start = System.nanoTime();
            var observation = training.detector().observe(trackedRows);
            run.writeSnapshot(epoch, observation.scores(), observation.codes(), observation.anatomy());
            lastSnapshotEpoch = epoch;
            lastSnapshotNanos = System.nanoTime();
            Double auroc = trackedLabels
                    .map(labels -> RankingMetrics.of(observation.scores(), labels)
                            .auroc()
                            .orNaN())
                    .orElse(null);
            if (epoch == 0) {
                untrained = training.detector().score(evaluatedRows());
            } else {
                snapshotSeconds += since(start);
            }
            return auroc;
        }

        private double[] untrained;
        private float[] evaluated;

        private float[] evaluatedRows() {
            if (evaluated == null) {
                evaluated = Arrays.equals(tracked, plan.split().test())
                        ? trackedRows
                        : scaler.transform(
                                plan.imported().dataset(), plan.split().test());
            }
            return evaluated;
        }

        private RunEvent.Ended finish(Training training, RunEnd end) throws IOException {
            recorder.record(new RunEvent.Phase(recorder.now(), "scoring"));
            long start = System.nanoTime();
            RunSpec spec = plan.spec();
            double[] scores = training.detector().score(evaluatedRows());
            run.writeFinalScores(scores);
            boolean[] labels = plan.split().labels(plan.split().test()).orElse(null);
            ThresholdSpec threshold = ThresholdSpec.parse(spec.threshold());
            // A threshold without labels is taken from the training rows, as it would be in use.
            double[] reference =
                    threshold.usesLabels() ? scores : training.detector().score(trainRows);
            double value = Threshold.of(threshold, reference, threshold.usesLabels() ? labels : null);
            Evaluation evaluation = Evaluation.of(scores, labels, value);
            Map<String, Tensor> weights = training.detector().weights();
            new ModelFile()
                    .write(
                            run.file(RunFolder.MODEL),
                            new ModelFile.Header(
                                    ModelFile.Header.FORMAT,
                                    spec.detector(),
                                    spec.hyperparameters(),
                                    plan.imported().dataset().rowShape(),
                                    scaler,
                                    value),
                            weights);
            seconds.put("train", trainingSeconds);
            seconds.put("score", since(start));
            run.writeMetrics(new RunMetrics(
                    RunMetrics.FORMAT,
                    spec.detector(),
                    spec.preset(),
                    spec.protocol().id(),
                    spec.scaler(),
                    spec.seed(),
                    end.id(),
                    recorder.lastEpoch(),
                    plan.imported().dataset().features(),
                    rows(),
                    new RunMetrics.ThresholdUsed(
                            threshold.format(),
                            value,
                            threshold.usesLabels(),
                            threshold.usesLabels() ? "evaluated rows" : "training rows"),
                    RunMetrics.values(evaluation),
                    RunMetrics.reasons(evaluation),
                    Evaluation.TUNED_ON_LABELS,
                    losses(),
                    baselines(labels),
                    seconds));
            return ended(end, message(end));
        }

        private Map<String, Double> losses() {
            Map<String, Double> losses = new LinkedHashMap<>();
            losses.put("first", total(firstTerms));
            losses.put("last", total(lastTerms));
            return losses;
        }

        private Double total(Map<String, Double> terms) {
            return terms == null
                    ? null
                    : (Double) terms.values().stream().mapToDouble(d -> d).sum();
        }

        private Map<String, Map<String, Double>> baselines(boolean[] labels) {
            Map<String, Map<String, Double>> baselines = new LinkedHashMap<>();
            if (labels != null && bothClasses(labels)) {
                baselines.put("untrained", areas(untrained, labels));
                baselines.put(
                        "mean_distance",
                        areas(
                                MeanDistance.scores(
                                        plan.imported().dataset(),
                                        plan.split().train(),
                                        plan.split().test()),
                                labels));
            }
            return baselines;
        }

        private Map<String, Double> areas(double[] scores, boolean[] labels) {
            RankingMetrics ranking = RankingMetrics.of(scores, labels);
            Map<String, Double> areas = new LinkedHashMap<>();
            areas.put("auroc", ranking.auroc().orNaN());
            areas.put("auprc", ranking.averagePrecision().orNaN());
            return areas;
        }

        private Map<String, Integer> rows() {
            Split split = plan.split();
            Map<String, Integer> rows = new LinkedHashMap<>();
            rows.put("train", split.train().length);
            rows.put("validation", split.validation().length);
            rows.put("test", split.test().length);
            int anomalies = 0;
            for (boolean label : split.labels(split.test()).orElse(new boolean[0])) {
                anomalies += label ? 1 : 0;
            }
            rows.put("anomalies", anomalies);
            return rows;
        }

        private RunEvent.Ended ended(RunEnd end, String message) {
            return new RunEvent.Ended(recorder.now(), end, recorder.lastEpoch(), message, seconds);
        }

        private String message(RunEnd end) {
            int epoch = recorder.lastEpoch();
            return switch (end) {
                case COMPLETED -> "All " + epoch + " epochs done.";
                case EARLY_STOPPED -> "Stopped after epoch " + epoch + ": the validation loss no longer improves.";
                case STOPPED -> "Stopped by the user after epoch " + epoch + "; the model is kept.";
                case DIVERGED -> "The loss is no longer finite; the state after epoch " + epoch + " is kept.";
                case DISCARDED, FAILED -> "";
            };
        }
    }

    private static boolean bothClasses(boolean[] labels) {
        boolean anomaly = false;
        boolean normal = false;
        for (boolean label : labels) {
            anomaly |= label;
            normal |= !label;
        }
        return anomaly && normal;
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

    /** Writes events down before anyone hears of them. */
    private static final class Recorder {

        private final RunFolder run;
        private final Consumer<RunEvent> listener;
        private final Clock clock;
        private int lastEpoch;

        Recorder(RunFolder run, Consumer<RunEvent> listener, Clock clock) {
            this.run = run;
            this.listener = listener;
            this.clock = clock;
        }

        void record(RunEvent event) throws IOException {
            if (event instanceof RunEvent.Epoch epoch) {
                lastEpoch = epoch.epoch();
            }
            run.append(event);
            run.log(LogLine.of(event));
            listener.accept(event);
        }

        void warn(String code, String text) {
            try {
                record(new RunEvent.Warning(now(), lastEpoch, code, text));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** The stack of a failure, for the log only. */
        void trace(Throwable failure) throws IOException {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            run.log(trace.toString());
        }

        int lastEpoch() {
            return lastEpoch;
        }

        String now() {
            return Instant.now(clock).toString();
        }
    }
}

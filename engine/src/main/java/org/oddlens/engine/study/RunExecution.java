package org.oddlens.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.FailureSentence;
import org.oddlens.engine.run.FolderContent;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.OutputException;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunLock;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does one run: load, plan, train epoch by epoch, record, score, evaluate. Whatever happens, it ends in exactly one
 * {@link RunEvent.Ended}.
 */
public final class RunExecution {

    private static final Logger LOG = LoggerFactory.getLogger(RunExecution.class);

    /**
     * What became of a resumed run.
     *
     * @param ended         its end, also if it had ended before and nothing was done
     * @param fromEpoch     epoch in which training went on; 0 from the very start
     * @param stepsExecuted steps done now
     * @param endedBefore   whether there was nothing left to do
     */
    public record Resumed(RunEvent.Ended ended, int fromEpoch, long stepsExecuted, boolean endedBefore) {}

    private final DetectorRegistry registry;
    private final Supplier<MachineKind> machine;
    private final Clock clock;
    private final DeviceUse device;
    private final CheckpointInterval interval;
    private final Snapshots snapshots;
    private final CheckpointFile.Witness witness;
    private final OpenData open;

    /**
     * @param machine asked once per run, after the native libraries are loaded
     * @param clock   for the times in the record
     */
    public RunExecution(DetectorRegistry registry, Supplier<MachineKind> machine, Clock clock) {
        this(
                registry,
                machine,
                clock,
                DeviceUse.cpu(),
                CheckpointInterval.DEFAULT,
                Snapshots.REGULAR,
                stage -> {},
                new OpenData());
    }

    private RunExecution(
            DetectorRegistry registry,
            Supplier<MachineKind> machine,
            Clock clock,
            DeviceUse device,
            CheckpointInterval interval,
            Snapshots snapshots,
            CheckpointFile.Witness witness,
            OpenData open) {
        this.registry = registry;
        this.machine = machine;
        this.clock = clock;
        this.device = device;
        this.interval = interval;
        this.snapshots = snapshots;
        this.witness = witness;
        this.open = open;
    }

    /** The same, told what this process computes on and why; recorded with each run. */
    public RunExecution on(DeviceUse use) {
        return new RunExecution(registry, machine, clock, use, interval, snapshots, witness, open);
    }

    /** The same with checkpoints at another interval. */
    public RunExecution checkpointing(CheckpointInterval newInterval) {
        return new RunExecution(registry, machine, clock, device, newInterval, snapshots, witness, open);
    }

    /** The same, with the rows that {@code data} holds where a run is on the same. */
    public RunExecution on(OpenData data) {
        return new RunExecution(registry, machine, clock, device, interval, snapshots, witness, data);
    }

    /** The same with or without a look at the tracked rows while training goes on. */
    public RunExecution snapshotting(Snapshots newSnapshots) {
        return new RunExecution(registry, machine, clock, device, interval, newSnapshots, witness, open);
    }

    /** The same, telling where the writer of checkpoints is; for tests that kill the process inside it. */
    RunExecution witnessedBy(CheckpointFile.Witness newWitness) {
        return new RunExecution(registry, machine, clock, device, interval, snapshots, newWitness, open);
    }

    /**
     * A value of a live hyperparameter as a run records it, for {@link RunControl#change}.
     *
     * @throws org.oddlens.engine.param.InvalidValuesException with the sentence for the user
     */
    public Object liveValue(String detector, String key, Object value) {
        DetectorDescriptor descriptor = registry.get(detector).descriptor();
        return new ChangePlan(descriptor, Values.defaults(descriptor.hyperparameters())).value(key, value);
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
        return execute(() -> RunPlan.of(request, registry, open), folder, control, listener);
    }

    /** Likewise, for a run that is planned already, so that nothing about its data or settings can be refused any more. */
    public RunEvent.Ended execute(RunPlan plan, Path folder, RunControl control, Consumer<RunEvent> listener)
            throws IOException {
        return execute(() -> plan, folder, control, listener);
    }

    private RunEvent.Ended execute(
            Supplier<RunPlan> planning, Path folder, RunControl control, Consumer<RunEvent> listener)
            throws IOException {
        RunFolder run = RunFolder.create(folder);
        RunLock lock = run.lock();
        try {
            RunRecorder recorder = new RunRecorder(run, listener, clock);
            RunSession session = new RunSession(planning, run, control, recorder, checkpoints(run), snapshots, null);
            return run(session, run, control, recorder);
        } finally {
            lock.close();
        }
    }

    /**
     * Goes on with an interrupted, stopped or failed run from its last sound checkpoint, or from the start where there is
     * none, to the same bits as if nothing had happened.
     *
     * @throws org.oddlens.engine.run.RunFolderException if it is no run, is being written, or has nothing to go on with
     */
    public Resumed resume(RunFolder run, RunControl control, Consumer<RunEvent> listener) throws IOException {
        RunRecord before = run.readRecord();
        Optional<Resumed> done = nothingLeft(run);
        if (done.isPresent()) {
            return done.get(); // without a lock: a run that is complete may lie on a disk that can only be read
        }
        new FolderContent(run).refuseLinks();
        RunLock lock = run.lock();
        try {
            done = nothingLeft(run); // another process may have ended it while this one waited
            if (done.isPresent()) {
                return done.get();
            }
            return goOn(run, before, control, new RunRecorder(run, listener, clock));
        } finally {
            lock.close();
        }
    }

    private Resumed goOn(RunFolder run, RunRecord before, RunControl control, RunRecorder recorder) throws IOException {
        run.mendEvents();
        Checkpoints checkpoints = checkpoints(run);
        Optional<Checkpoint> checkpoint = checkpoints.newest(sentence -> recorder.warn("checkpoint", sentence));
        Resumption resumption = new Resumption(checkpoint.orElse(null), before.machine());
        for (int epoch : run.snapshots()) {
            if (epoch >= resumption.fromEpoch()) {
                run.removeSnapshot(epoch);
            }
        }
        recorder.goOnAfter(Math.max(0, resumption.fromEpoch() - 1));
        recorder.record(new RunEvent.Resumed(recorder.now(), resumption.fromEpoch(), resumption.fromStep()));
        RunSession session = new RunSession(
                () -> RunPlan.of(before.spec(), registry, open),
                run,
                control,
                recorder,
                checkpoints,
                snapshots,
                resumption);
        RunEvent.Ended ended = run(session, run, control, recorder);
        return new Resumed(ended, resumption.fromEpoch(), session.stepsExecuted(), false);
    }

    private static Optional<Resumed> nothingLeft(RunFolder run) throws IOException {
        return run.readEnd().filter(end -> isFinal(run, end)).map(end -> new Resumed(end, 0, 0, true));
    }

    /** Whether nothing is left to do; refuses where going on would lead nowhere. */
    private static boolean isFinal(RunFolder run, RunEvent.Ended end) {
        return switch (end.end()) {
            case COMPLETED, EARLY_STOPPED -> true;
            case STOPPED, FAILED -> false;
            case DIVERGED -> throw new RunFolderException("Run " + run.id()
                    + " diverged, and going on would repeat that: " + end.message()
                    + " Train again with a lower learning rate.");
            case DISCARDED -> throw new RunFolderException("Run " + run.id()
                    + " was discarded; nothing of it was kept to go on with. 'oddlens rerun' repeats its settings.");
        };
    }

    private Checkpoints checkpoints(RunFolder run) {
        return new Checkpoints(run, interval, witness);
    }

    private RunEvent.Ended run(RunSession session, RunFolder run, RunControl control, RunRecorder recorder)
            throws IOException {
        control.onPause(recorder::paused);
        RunEvent.Ended ended;
        try {
            ended = session.run(machine, device);
        } catch (Throwable failure) { // the border of the run: a missing native library arrives as an Error
            LOG.info("run {} failed", run.id(), failure);
            new FolderContent(run).sweepParts();
            String sentence = sentence(run, failure);
            try {
                recorder.trace(failure);
            } catch (IOException full) {
                LOG.info("the stack could not be logged", full);
            }
            ended = new RunEvent.Ended(recorder.now(), RunEnd.FAILED, recorder.lastEpoch(), sentence, Map.of());
        }
        try {
            recorder.record(ended);
        } catch (IOException e) { // a full disk takes not even the end
            throw new OutputException(
                    ended.end() == RunEnd.FAILED ? ended.message() : FailureSentence.about(run.path(), e), e);
        }
        return ended;
    }

    /** What the run writes lies in its folder, which Java's own failures often do not name. */
    private static String sentence(RunFolder run, Throwable failure) {
        Throwable cause = failure instanceof UncheckedIOException ? failure.getCause() : failure;
        return cause instanceof IOException io ? FailureSentence.about(run.path(), io) : FailureSentence.of(cause);
    }
}

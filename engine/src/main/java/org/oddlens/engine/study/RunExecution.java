package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
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
    private final DeviceUse device;

    /**
     * @param machine asked once per run, after the native libraries are loaded
     * @param clock   for the times in the record
     */
    public RunExecution(DetectorRegistry registry, Supplier<MachineKind> machine, Clock clock) {
        this(registry, machine, clock, DeviceUse.cpu());
    }

    private RunExecution(DetectorRegistry registry, Supplier<MachineKind> machine, Clock clock, DeviceUse device) {
        this.registry = registry;
        this.machine = machine;
        this.clock = clock;
        this.device = device;
    }

    /** The same, told what this process computes on and why; recorded with each run. */
    public RunExecution on(DeviceUse use) {
        return new RunExecution(registry, machine, clock, use);
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
        return execute(() -> RunPlan.of(request, registry), folder, control, listener);
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
        RunFolder.RunLock lock = run.lock();
        try {
            RunRecorder recorder = new RunRecorder(run, listener, clock);
            control.onPause(recorder::paused);
            RunEvent.Ended ended;
            try {
                ended = new RunSession(planning, run, control, recorder).run(machine, device);
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
}

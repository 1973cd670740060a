package org.oddlens.engine.study;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;

/** Writes events down before anyone hears of them. */
final class RunRecorder {

    private final RunFolder run;
    private final Consumer<RunEvent> listener;
    private final Clock clock;
    private int lastEpoch;

    RunRecorder(RunFolder run, Consumer<RunEvent> listener, Clock clock) {
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
            throw new UncheckedIOException(e);
        }
    }

    /** Tells that training holds or goes on; live only. */
    void paused(boolean paused) {
        listener.accept(new RunEvent.Paused(now(), paused));
    }

    /** Goes on after an epoch recorded before; resuming counts from there. */
    void goOnAfter(int epoch) {
        lastEpoch = epoch;
    }

    /** The stack of a failure, for the log only. */
    void trace(Throwable failure) throws IOException {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        run.log(trace.toString());
    }

    /** Last epoch recorded, 0 before the first. */
    int lastEpoch() {
        return lastEpoch;
    }

    String now() {
        return Instant.now(clock).toString();
    }
}

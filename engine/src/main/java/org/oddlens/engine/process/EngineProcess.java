package org.oddlens.engine.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.oddlens.engine.run.FailureSentence;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.engine.study.DataPicture;
import org.oddlens.engine.study.OpenData;
import org.oddlens.engine.study.RowContributions;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.Snapshots;
import org.oddlens.engine.study.WarmUp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's side of the border: reads commands, trains one run at a time on a thread of its own, answers questions
 * on another, beats once a second, and ends when its standard input does, because then its window is gone.
 */
public final class EngineProcess {

    private static final Logger LOG = LoggerFactory.getLogger(EngineProcess.class);

    private final RunExecution execution;
    private final RowContributions contributions;
    private final WarmUp warmUp;
    private final InputStream commands;
    private final PrintStream messages;
    private final RunJson json = new RunJson();
    private final ExecutorService runThread = Executors.newSingleThreadExecutor(named("run"));
    private final ExecutorService questions = Executors.newSingleThreadExecutor(named("questions"));
    /** A picture may take long; what another file holds must not wait for it. */
    private final ExecutorService pictureThread = Executors.newSingleThreadExecutor(named("pictures"));

    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(named("heartbeat"));
    private final Pictures pictures = new Pictures();
    private final OpenData open = new OpenData();
    private final Object currentLock = new Object();
    private Current current;
    private double pace = Double.POSITIVE_INFINITY;

    /** The run that trains. */
    private record Current(RunControl control, String detector) {}

    /** Work on the run's thread. */
    private interface Execution {
        void run(RunControl control, Consumer<RunEvent> listener) throws IOException;
    }

    /**
     * @param warmUp   what is done between the message {@code ready} and the first run; a run ends it
     * @param commands standard input
     * @param messages the original standard output; nothing else may write to it
     */
    public EngineProcess(
            RunExecution execution,
            RowContributions contributions,
            WarmUp warmUp,
            InputStream commands,
            PrintStream messages) {
        this.execution = execution.on(open);
        this.contributions = contributions;
        this.warmUp = warmUp;
        this.commands = commands;
        this.messages = messages;
    }

    private static java.util.concurrent.ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /**
     * Serves until standard input ends or {@code quit} comes.
     *
     * @param load loads the native libraries; its text names the device
     */
    public void serve(java.util.function.Supplier<String> load) {
        long start = System.nanoTime();
        heart.scheduleAtFixedRate(
                () -> send(new Protocol.Heartbeat((System.nanoTime() - start) / 1_000_000)), 0, 1, TimeUnit.SECONDS);
        runThread.execute(() -> send(new Protocol.Ready(
                Protocol.Ready.VERSION, ProcessHandle.current().pid(), load.get())));
        runThread.execute(warmUp::run);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8))) {
            for (String line; (line = in.readLine()) != null; ) {
                if (!handle(line)) {
                    break;
                }
            }
        } catch (IOException e) {
            LOG.info("standard input is gone", e);
        }
        shutDown();
    }

    private boolean handle(String line) {
        Protocol.Command command;
        try {
            command = json.read(line, Protocol.Command.class);
        } catch (IOException e) {
            send(new Protocol.Refused(null, "This line is no command of " + Protocol.Ready.VERSION + ": " + line));
            return true;
        }
        if (command instanceof Protocol.Train train) {
            start(train.id(), train.spec().detector(), (control, listener) -> recording(train.snapshots())
                    .execute(train.spec(), Path.of(train.folder()), control, listener));
        } else if (command instanceof Protocol.Resume resume) {
            resume(resume);
        } else if (command instanceof Protocol.Change change) {
            change(change);
        } else if (command instanceof Protocol.Pace wished) {
            pace(wished);
        } else if (command instanceof Protocol.Control control) {
            control(control.action());
        } else if (command instanceof Protocol.Inspect inspect) {
            pictures.drop(); // of a file, or of roles, that are no longer looked at
            answer(questions, inspect.id(), () -> DataInspection.of(inspect.data(), open));
        } else if (command instanceof Protocol.Picture picture) {
            pictures.drop();
            pictures.took(
                    picture.id(),
                    answer(
                            pictureThread,
                            picture.id(),
                            () -> DataPicture.of(
                                    open.load(picture.data()).dataset(), picture.method(), picture.seed())));
        } else if (command instanceof Protocol.Contributions asked) {
            answer(questions, asked.id(), () -> contributions.of(new RunFolder(Path.of(asked.run())), asked.row()));
        }
        return !(command instanceof Protocol.Quit);
    }

    private RunExecution recording(String snapshots) {
        return execution.snapshotting(Snapshots.parse(snapshots));
    }

    private void pace(Protocol.Pace wished) {
        double epochs = wished.epochsPerSecond() == null ? Double.POSITIVE_INFINITY : wished.epochsPerSecond();
        if (!(epochs > 0)) {
            send(new Protocol.Refused(null, "A pace must be above 0 epochs a second, not " + epochs + "."));
            return;
        }
        synchronized (currentLock) {
            pace = epochs;
            if (current != null) {
                current.control.pace(epochs);
            }
        }
    }

    private void resume(Protocol.Resume resume) {
        RunFolder run = new RunFolder(Path.of(resume.folder()));
        try {
            start(resume.id(), run.readRecord().spec().detector(), (control, listener) -> {
                RunExecution.Resumed resumed = recording(resume.snapshots()).resume(run, control, listener);
                if (resumed.endedBefore()) {
                    listener.accept(resumed.ended());
                }
            });
        } catch (IOException | RuntimeException e) {
            send(new Protocol.Refused(resume.id(), FailureSentence.of(e)));
        }
    }

    private void start(String id, String detector, Execution work) {
        RunControl control = new RunControl();
        synchronized (currentLock) {
            if (current != null) {
                send(new Protocol.Refused(id, "This engine trains already; stop that run or start another engine."));
                return;
            }
            control.pace(pace);
            current = new Current(control, detector);
        }
        warmUp.stop();
        runThread.execute(() -> {
            try {
                work.run(control, event -> publish(id, event));
            } catch (IOException | RuntimeException e) {
                LOG.error("run {} could not be recorded", id, e);
                send(new Protocol.Refused(id, FailureSentence.of(e)));
                release();
            }
        });
    }

    private void change(Protocol.Change change) {
        Current now = current();
        if (now == null) {
            send(new Protocol.Refused(change.id(), "Nothing trains any more; the change comes too late."));
            return;
        }
        try {
            Object value = execution.liveValue(now.detector, change.key(), change.value());
            now.control.change(change.key(), value);
            send(new Protocol.Answer(change.id(), new ObjectMapper().valueToTree(value)));
        } catch (RuntimeException e) {
            send(new Protocol.Refused(change.id(), FailureSentence.of(e)));
        }
    }

    /** Frees the engine before the end is told, so that whoever hears of it can start the next run at once. */
    private void publish(String id, RunEvent event) {
        if (event instanceof RunEvent.Ended) {
            release();
        }
        send(new Protocol.Event(id, event));
    }

    private void release() {
        synchronized (currentLock) {
            current = null;
        }
    }

    private Current current() {
        synchronized (currentLock) {
            return current;
        }
    }

    private void control(String action) {
        Current now = current();
        if (now == null) {
            return; // the run has just ended; its end is on the way
        }
        RunControl control = now.control;
        switch (action) {
            case "stop" -> control.stop(RunControl.Stop.KEEP);
            case "discard" -> control.stop(RunControl.Stop.DISCARD);
            case "pause" -> control.pause();
            case "proceed" -> control.proceed();
            case "step" -> control.stepEpoch();
            default -> send(new Protocol.Refused(null, "There is no action '" + action + "'."));
        }
    }

    private Future<?> answer(ExecutorService thread, String id, Callable<Object> question) {
        return thread.submit(() -> {
            warmUp.pause(); // else the two share the processors, and who asks waits twice as long
            try {
                JsonNode result = new ObjectMapper().valueToTree(question.call());
                send(new Protocol.Answer(id, result));
                giveMemoryBack();
            } catch (CancellationException e) {
                LOG.debug("question {} is no longer wanted", id); // and is answered already
            } catch (Throwable e) {
                if (!Thread.currentThread().isInterrupted()) { // else it failed because it was to end
                    LOG.warn("question {} failed", id, e);
                    send(new Protocol.Refused(id, FailureSentence.of(e)));
                }
            } finally {
                warmUp.proceed();
            }
        });
    }

    /** Reading leaves several times the data behind; a run, whose steps allocate nothing, is not held up for it. */
    private void giveMemoryBack() {
        if (current() == null) {
            System.gc();
        }
    }

    /** The picture that is asked for or drawn; a newer one, or another file, takes its place. Of the reading thread. */
    private final class Pictures {

        private String id;
        private Future<?> work;

        void took(String newId, Future<?> newWork) {
            id = newId;
            work = newWork;
        }

        void drop() {
            if (work != null && !work.isDone() && work.cancel(true)) {
                send(new Protocol.Refused(id, "The picture is no longer wanted: another one was asked for."));
            }
            work = null;
        }
    }

    private void send(Protocol.Message message) {
        // Bytes, because a print stream writes in the encoding of the locale, and the protocol is UTF-8.
        byte[] line = (json.line(message) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (messages) {
            messages.write(line, 0, line.length);
            messages.flush();
        }
    }

    private void shutDown() {
        warmUp.stop();
        control("stop");
        runThread.shutdown();
        questions.shutdownNow();
        pictureThread.shutdownNow();
        try {
            runThread.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        heart.shutdownNow();
    }
}

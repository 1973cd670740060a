package org.oddlens.app.fx;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javafx.application.Platform;

/**
 * Watches the JavaFX thread during a test: complains about a task that uses more than 100 ms of the thread's CPU time
 * (system property {@code oddlens.watchdog.millis}), and about a task that waits for a lock, sleeps or reads a file. Open it after the first layout of a page.
 *
 * <p>A heartbeat is posted to the thread every few milliseconds; the CPU time between two heartbeats is that of the
 * tasks between them. While a heartbeat is overdue, the thread's stack is sampled, so that a complaint names the place.
 */
public final class FxWatchdog implements AutoCloseable {

    /** Most CPU time of a task in milliseconds; the journeys in a real window allow more. */
    private static final String LIMIT = "oddlens.watchdog.millis";

    private static final int USUAL_LIMIT = 100;
    private static final long OVERDUE_NANOS = 15_000_000L;
    private static final int FRAMES = 18;

    /** The toolkit waits for its own renderer and for the next task, and loads classes; all that is none of our doing. */
    private static final List<String> ALLOWED_TO_WAIT = List.of(
            "com.sun.glass.ui.monocle.RunnableQueue",
            "com.sun.javafx.tk.quantum",
            "com.sun.prism",
            "java.lang.ClassLoader",
            "jdk.internal.loader",
            "sun.font");

    private static final List<String> FILE_AND_NET = List.of(
            "java.io.FileInputStream.read",
            "java.io.FileOutputStream.write",
            "java.io.RandomAccessFile.read",
            "sun.nio.ch.FileDispatcherImpl",
            "sun.nio.ch.SocketDispatcher",
            "sun.nio.ch.Net",
            "sun.nio.fs.UnixNativeDispatcher",
            "java.lang.ProcessImpl");

    private final long mostCpuNanos = Integer.getInteger(LIMIT, USUAL_LIMIT) * 1_000_000L;
    private final Map<String, Integer> passes = new ConcurrentSkipListMap<>();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "fx-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());
    private final AtomicLong beats = new AtomicLong();
    private final AtomicBoolean outstanding = new AtomicBoolean();
    private final Thread fxThread;
    private volatile long postedAt;
    private volatile String lastBusyStack = "";
    private volatile String lastWait = "";
    private long cpuAtLastBeat = -1;

    /** Starts watching. */
    public FxWatchdog() {
        fxThread = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("JavaFX Application Thread"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JavaFX is not running"));
        sampler.scheduleWithFixedDelay(this::look, 0, 4, TimeUnit.MILLISECONDS);
    }

    /** What was seen so far; empty when the thread was always free. */
    public List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Waits until the thread has answered a few more heartbeats, so that what it did before has been judged. */
    public void awaitBeats(int more) {
        long wanted = beats.get() + more;
        long end = System.nanoTime() + 20_000_000_000L;
        while (beats.get() < wanted && System.nanoTime() < end) {
            try {
                Thread.sleep(2);
            } catch (InterruptedException stopped) {
                throw new AssertionError(stopped);
            }
        }
    }

    /** Stops watching; fails with all complaints when there are any. */
    @Override
    public void close() {
        stop();
        if (!complaints.isEmpty()) {
            throw new AssertionError(String.join(System.lineSeparator(), complaints));
        }
    }

    /** Stops watching without judging. */
    public void stop() {
        sampler.shutdownNow();
    }

    private void look() {
        if (outstanding.compareAndSet(false, true)) {
            postedAt = System.nanoTime();
            Platform.runLater(this::beat);
        } else if (System.nanoTime() - postedAt > OVERDUE_NANOS) {
            sample();
        }
    }

    private void beat() {
        long cpu = threads.getCurrentThreadCpuTime();
        if (cpuAtLastBeat >= 0 && cpu - cpuAtLastBeat > mostCpuNanos) {
            complaints.add("The UI thread was busy for " + (cpu - cpuAtLastBeat) / 1_000_000
                    + " ms of CPU time (samples " + passes + "), last seen in" + lastBusyStack);
        }
        cpuAtLastBeat = cpu;
        beats.incrementAndGet();
        passes.clear();
        lastBusyStack = "";
        lastWait = "";
        outstanding.set(false);
    }

    private void sample() {
        StackTraceElement[] stack = fxThread.getStackTrace();
        Thread.State state = fxThread.getState();
        if (stack.length == 0) {
            return;
        }
        String text = Arrays.stream(stack)
                .limit(FRAMES)
                .map(frame -> System.lineSeparator() + "    at " + frame)
                .collect(Collectors.joining());
        lastBusyStack = text;
        passes.merge(pass(stack), 1, Integer::sum);
        boolean allowed = Arrays.stream(stack).limit(10).anyMatch(frame -> ALLOWED_TO_WAIT.stream()
                .anyMatch(frame.getClassName()::startsWith));
        boolean waits = state != Thread.State.RUNNABLE || readsOrWrites(stack[0]);
        if (!waits || allowed) {
            return;
        }
        String place = stack[0].toString() + stack[Math.min(stack.length, FRAMES) - 1];
        if (place.equals(lastWait)) { // seen twice in a row: it really stands there
            complaints.add("The UI thread waits (" + state + ") in" + text);
            lastWait = "reported";
        } else if (!lastWait.equals("reported")) {
            lastWait = place;
        }
    }

    /** What the toolkit is at, so that a complaint tells styling and layout from our own work. */
    private static String pass(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (frame.getClassName().startsWith("org.oddlens.")) {
                return "ours";
            }
            switch (frame.getMethodName()) {
                case "doCSSPass" -> {
                    return "style";
                }
                case "doLayoutPass" -> {
                    return "layout";
                }
                default -> {
                    // look further down
                }
            }
        }
        return "other";
    }

    private static boolean readsOrWrites(StackTraceElement top) {
        String call = top.getClassName() + "." + top.getMethodName();
        return FILE_AND_NET.stream().anyMatch(call::startsWith);
    }
}

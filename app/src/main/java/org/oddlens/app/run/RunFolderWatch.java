package org.oddlens.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every two seconds whether runs have come, gone or ended, whoever made them: this window, another one or the command
 * line. On a thread of its own.
 */
public final class RunFolderWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunFolderWatch.class);
    private static final long SECONDS = 2;
    /** Events that are younger belong to a run that goes on; it is told of once, not at every epoch. */
    private static final long SETTLED_MILLIS = 3_000;

    /** When something in a run's folder came or went, and when its last event was written, 0 while it still writes. */
    private record State(long folder, long events) {}

    private final OddlensHome home;
    private final Runnable changed;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "run-folder-watch");
        thread.setDaemon(true);
        return thread;
    });
    private Map<Path, State> before;

    /** @param changed told on the watching thread */
    public RunFolderWatch(OddlensHome home, Runnable changed) {
        this.home = home;
        this.changed = changed;
    }

    /** Begins to look. */
    public void start() {
        clock.scheduleWithFixedDelay(this::look, 0, SECONDS, TimeUnit.SECONDS);
    }

    /** The first look only remembers. */
    void look() {
        try {
            Map<Path, State> now = states();
            boolean other = before != null && !before.equals(now);
            before = now;
            if (other) {
                changed.run();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("the runs cannot be watched", e);
        }
    }

    private Map<Path, State> states() throws IOException {
        Map<Path, State> found = new HashMap<>();
        if (Files.isDirectory(home.runs())) {
            try (Stream<Path> folders = Files.list(home.runs())) {
                for (Path folder : (Iterable<Path>) folders::iterator) {
                    long events = modified(folder.resolve(RunFolder.EVENTS));
                    boolean settled = System.currentTimeMillis() - events > SETTLED_MILLIS;
                    found.put(folder, new State(modified(folder), settled ? events : 0));
                }
            }
        }
        return found;
    }

    /** 0 for what is not there, or no longer. */
    private static long modified(Path path) {
        try {
            return Files.getLastModifiedTime(path).toMillis();
        } catch (IOException gone) {
            return 0;
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

package org.oddlens.engine.process;

import java.util.function.LongSupplier;

/**
 * Judges whether an engine is gone, from when it said something and from whether its process lives.
 *
 * <p>Neither a dead engine nor a silent one is given up while something it said has yet to be read: the end of a run may
 * be in the pipe, and this process may have been held itself.
 */
final class Pulse {

    /** How often to look. */
    static final long CHECK_MILLIS = 500;

    private static final long SILENCE_MILLIS = 3_000;
    private static final long START_MILLIS = 60_000;
    private static final long LAST_WORDS_MILLIS = 1_000;

    /** What a look found. */
    enum Finding {
        /** Nothing is wrong, or it is too early to say. */
        WELL,
        /** The process has ended, and there was time to read what it said last. */
        DEAD,
        /** The process lives but has been silent for too long. */
        SILENT
    }

    private final LongSupplier clock;
    private volatile long lastSign;
    private volatile boolean reading;
    private volatile boolean beating;
    private long lastCheck; // of the looking thread, as are the next two
    private long deadSince;
    private long silentMillis;

    /** @param clock nanoseconds from any origin, as {@link System#nanoTime} */
    Pulse(LongSupplier clock) {
        this.clock = clock;
        lastSign = clock.getAsLong();
        lastCheck = lastSign;
    }

    /** A line has come from the engine and is being read. */
    void heard() {
        lastSign = clock.getAsLong();
        reading = true;
    }

    /** The line has been read. */
    void read() {
        reading = false;
    }

    /** The line was a heartbeat: start-up is over, so the engine may be silent no longer than between a few beats. */
    void beat() {
        beating = true;
    }

    /** Whether a heartbeat was ever heard. */
    boolean beating() {
        return beating;
    }

    /** Looks; always from the same thread, every {@link #CHECK_MILLIS}. */
    Finding check(boolean alive) {
        long now = clock.getAsLong();
        if (reading || now - lastCheck > 3 * CHECK_MILLIS * 1_000_000) {
            lastSign = now;
        }
        lastCheck = now;
        if (!alive) {
            deadSince = deadSince == 0 || reading ? now : deadSince;
            return now - deadSince > LAST_WORDS_MILLIS * 1_000_000 ? Finding.DEAD : Finding.WELL;
        }
        silentMillis = (now - lastSign) / 1_000_000;
        return silentMillis > (beating ? SILENCE_MILLIS : START_MILLIS) ? Finding.SILENT : Finding.WELL;
    }

    /** How long the engine had been silent at the last look, whole seconds. */
    long silentSeconds() {
        return silentMillis / 1000;
    }
}

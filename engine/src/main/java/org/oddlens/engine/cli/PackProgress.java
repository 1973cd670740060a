package org.oddlens.engine.cli;

import org.oddlens.engine.device.Bytes;

/** Progress of a download on the error stream: a line that is overwritten on a terminal, a line for every tenth elsewhere. */
final class PackProgress implements AutoCloseable {

    private static final long REDRAW_NANOS = 200_000_000L;

    private final Console console;
    private final long total;
    private final boolean quiet;
    private long lastDrawn;
    private long lastTenth = -1;
    private boolean lineOpen;

    PackProgress(Console console, long total, boolean quiet) {
        this.console = console;
        this.total = total;
        this.quiet = quiet;
    }

    void show(long present) {
        if (quiet) {
            return;
        }
        String text = Bytes.text(present) + " of " + Bytes.text(total);
        if (console.terminal()) {
            if (present == total || System.nanoTime() - lastDrawn > REDRAW_NANOS) {
                lastDrawn = System.nanoTime();
                console.err().print("\r" + text + " \u001b[K");
                lineOpen = true;
            }
        } else if (10 * present / total > lastTenth) {
            lastTenth = 10 * present / total;
            console.err().println(text);
        }
    }

    @Override
    public void close() {
        if (lineOpen) {
            console.err().println();
        }
    }
}

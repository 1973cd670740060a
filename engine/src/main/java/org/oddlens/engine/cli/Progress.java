package org.oddlens.engine.cli;

import java.util.Locale;
import java.util.stream.Collectors;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;

/** Progress of a run on the error stream: a bar on a terminal, a line for every tenth elsewhere. */
final class Progress implements AutoCloseable {

    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000L;

    private final Console console;
    private final boolean quiet;
    private int epochs;
    private long started;
    private long lastDrawn;
    private boolean lineOpen;

    Progress(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    void show(RunEvent event) {
        if (quiet) {
            return;
        }
        if (event instanceof RunEvent.Started start) {
            epochs = start.epochs();
            started = System.nanoTime();
            line("Network " + start.shape() + ", " + start.parameters() + " parameters. Rows: train "
                    + start.rows().get("train") + ", validation " + start.rows().get("validation") + ", test "
                    + start.rows().get("test") + " with " + start.rows().get("anomalies") + " anomalies.");
        } else if (event instanceof RunEvent.Epoch epoch && epoch.epoch() > 0) {
            epoch(epoch);
        } else if (event instanceof RunEvent.Warning warning) {
            line("Note: " + warning.text());
        } else if (event instanceof RunEvent.Ended ended
                && ended.end() != RunEnd.FAILED) { // a failure the command tells
            line(ended.message());
        }
    }

    private void epoch(RunEvent.Epoch epoch) {
        boolean last = epoch.epoch() == epochs;
        String terms = epoch.terms().entrySet().stream()
                .map(term -> String.format(Locale.ROOT, "%s %.4g", term.getKey(), term.getValue()))
                .collect(Collectors.joining("  "));
        if (console.terminal()) {
            if (last || System.nanoTime() - lastDrawn > REDRAW_NANOS) {
                lastDrawn = System.nanoTime();
                int done = WIDTH * epoch.epoch() / epochs;
                double left = (System.nanoTime() - started) / 1e9 / epoch.epoch() * (epochs - epoch.epoch());
                console.err()
                        .print(String.format(
                                Locale.ROOT,
                                "\r[%s%s] epoch %d/%d  %s  %.0f s left \u001b[K",
                                "#".repeat(done),
                                ".".repeat(WIDTH - done),
                                epoch.epoch(),
                                epochs,
                                terms,
                                left));
                lineOpen = true;
            }
        } else if (last || epoch.epoch() % Math.max(1, epochs / 10) == 0) {
            line("epoch " + epoch.epoch() + "/" + epochs + "  " + terms);
        }
    }

    private void line(String text) {
        if (lineOpen) {
            console.err().println();
            lineOpen = false;
        }
        console.err().println(text);
    }

    @Override
    public void close() {
        if (lineOpen) {
            console.err().println();
        }
    }
}

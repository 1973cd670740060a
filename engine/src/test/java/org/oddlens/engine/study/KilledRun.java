package org.oddlens.engine.study;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;

/**
 * A process that begins or resumes a run and is killed from outside. Says {@code t} when it trains. Where a number is
 * given, it stands still inside the writer of checkpoints when that has passed so many of its stages, and says {@code h}.
 */
public final class KilledRun {

    private KilledRun() {}

    /** @param args specification, run folder, seconds between checkpoints, stages to pass or −1 */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        RunSpec spec = new RunJson().read(Path.of(args[0]), RunSpec.class);
        Path folder = Path.of(args[1]);
        int stages = Integer.parseInt(args[3]);
        int[] passed = new int[1];
        RunExecution execution = TestRuns.execution()
                .checkpointing(new CheckpointInterval(Double.parseDouble(args[2]), 0))
                .witnessedBy(stage -> {
                    if (passed[0]++ == stages) {
                        say(out, 'h');
                        standStill();
                    }
                });
        boolean[] told = new boolean[1];
        java.util.function.Consumer<RunEvent> listener = event -> {
            if (event instanceof RunEvent.Started && !told[0]) {
                told[0] = true;
                say(out, 't');
            }
        };
        if (Files.exists(folder.resolve(RunFolder.RECORD))) {
            execution.resume(new RunFolder(folder), new RunControl(), listener);
        } else {
            execution.execute(spec, folder, new RunControl(), listener);
        }
    }

    private static void say(PrintStream out, char word) {
        out.print(word);
        out.flush();
    }

    private static void standStill() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

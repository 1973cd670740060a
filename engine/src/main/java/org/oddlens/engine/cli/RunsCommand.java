package org.oddlens.engine.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code oddlens runs}: the runs kept under {@code $ODDLENS_HOME}. */
@Command(name = "runs", description = "Lists the recorded runs, newest first.")
final class RunsCommand implements Callable<Integer> {

    private final OddlensHome home;
    private final Console console;

    @Mixin
    private Output output;

    RunsCommand(OddlensHome home, Console console) {
        this.home = home;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        List<Map<String, Object>> documents = new ArrayList<>();
        for (RunFolder run : home.list()) {
            RunRecord runRecord = run.readRecord();
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("id", run.id());
            document.put("state", run.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            document.put("detector", runRecord.spec().detector());
            document.put("data", runRecord.spec().data().file());
            document.put("seed", runRecord.spec().seed());
            documents.add(document);
        }
        if (output.json) {
            console.json(documents);
        } else if (documents.isEmpty()) {
            console.out().println("No runs in " + home.runs() + " yet.");
        } else {
            documents.forEach(document -> console.out()
                    .printf(
                            "%-36s %-14s %-14s seed %-6s %s%n",
                            document.get("id"),
                            document.get("state"),
                            document.get("detector"),
                            document.get("seed"),
                            document.get("data")));
        }
        return 0;
    }
}

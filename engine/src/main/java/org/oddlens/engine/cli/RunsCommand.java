package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.run.FailureSentence;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunMetrics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code oddlens runs}: the runs kept under {@code $ODDLENS_HOME}. */
@Command(name = "runs", description = "Lists the recorded runs, newest first.")
final class RunsCommand implements Callable<Integer> {

    private static final String PROBLEM = "problem";

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
            documents.add(document(run));
        }
        if (output.json) {
            console.json(documents);
        } else if (documents.isEmpty()) {
            console.out().println("No runs in " + home.runs() + " yet.");
        } else {
            documents.stream().filter(document -> document.containsKey(PROBLEM)).forEach(document -> console.err()
                    .println("Left out: " + onOneLine(document.get(PROBLEM))));
            documents.stream()
                    .filter(document -> !document.containsKey(PROBLEM))
                    .forEach(document -> console.out()
                            .printf(
                                    "%-36s %-14s %-14s seed %-6s %s%n",
                                    onOneLine(document.get("id")),
                                    document.get("state"),
                                    document.get("detector"),
                                    document.get("seed"),
                                    onOneLine(document.get("data"))));
        }
        return 0;
    }

    /** A name may hold a line break or worse, which would take a list apart; as JSON it is told as it is. */
    private static String onOneLine(Object name) {
        return name.toString().replaceAll("\\p{Cntrl}", "?");
    }

    /** One run; one that cannot be read has a problem in place of what it would tell, and hides no other. */
    private static Map<String, Object> document(RunFolder run) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", run.id());
        try {
            RunSpec spec = run.readRecord().spec();
            if (Files.exists(run.file(RunFolder.METRICS))) {
                RunMetrics.read(run); // a run that cannot be evaluated is not called complete
            }
            document.put("state", run.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
            document.put("detector", spec.detector());
            document.put("data", spec.data().file());
            document.put("seed", spec.seed());
        } catch (IOException | RuntimeException e) {
            document.put("state", "unreadable");
            document.put(PROBLEM, FailureSentence.of(e));
        }
        return document;
    }
}

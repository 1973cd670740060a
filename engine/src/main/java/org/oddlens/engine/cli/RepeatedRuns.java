package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.comparison.Cell;
import org.oddlens.engine.comparison.CellFile;
import org.oddlens.engine.comparison.CellResult;
import org.oddlens.engine.comparison.Comparison;
import org.oddlens.engine.comparison.ComparisonLock;
import org.oddlens.engine.comparison.ComparisonReport;
import org.oddlens.engine.comparison.Contestant;
import org.oddlens.engine.comparison.DataFacts;
import org.oddlens.engine.comparison.Grid;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunExecution;
import org.oddlens.engine.study.RunPlan;

/**
 * One specification with several seeds, one run after the other: run k of n is the run that {@code --seed} (seed + k) with
 * {@code --split-seed} would have been alone.
 */
final class RepeatedRuns {

    /**
     * What is wished for.
     *
     * @param count       runs
     * @param splitPerRun whether each run draws rows of its own; else all share those of the first
     * @param folder      for the table, summaries and run folders; goes on if it was begun
     * @param models      for run folders, null for {@code folder/runs}
     * @param results     for the text report, null for {@code folder}
     */
    record Wish(int count, boolean splitPerRun, Path folder, Path models, Path results) {}

    private final RunExecution execution;
    private final Console console;
    private final String version;

    RepeatedRuns(RunExecution execution, Console console, String version) {
        this.execution = execution;
        this.console = console;
        this.version = version;
    }

    /** Trains and tells; gives the exit code. */
    int train(RunPlan plan, Wish wish, boolean json, boolean quiet) throws IOException {
        ComparisonLock lock = ComparisonLock.take(wish.folder());
        try {
            return train(plan, wish, cells(plan, wish), json, quiet);
        } finally {
            lock.close();
        }
    }

    private int train(RunPlan plan, Wish wish, List<Cell> cells, boolean json, boolean quiet) throws IOException {
        CellFile file = new CellFile(wish.folder().resolve(CellFile.NAME));
        Path runs = wish.models() == null ? wish.folder().resolve("runs") : wish.models();
        boolean done;
        try (Progress progress = new Progress(console, quiet);
                InterruptibleRun run = new InterruptibleRun()) {
            done = new Comparison(file, runs, true, version)
                    .run(
                            cells,
                            1,
                            lane -> new LocalLane(execution, progress::show),
                            true,
                            run.control(),
                            (cell, result, finished, all) -> tell(result, finished, all, quiet));
        }
        List<CellResult> results = file.of(cells);
        if (results.isEmpty()) {
            throw new IllegalStateException("Stopped before the first run was over; nothing is kept.");
        }
        ComparisonReport report = new ComparisonReport(
                grid(plan, cells),
                results,
                contestant -> contestant.title(plan.provider().descriptor()),
                version);
        report.write(wish.folder());
        Path text = new TextReport(
                        plan.spec(),
                        plan.provider().descriptor().name(),
                        cells.get(0).data())
                .append(wish.results() == null ? wish.folder() : wish.results(), results);
        if (json) {
            console.json(report.document());
        } else {
            new SummaryTable(console, report.tunesThreshold()).print(report.summary());
            console.out().println("Runs: " + runs.toAbsolutePath().normalize());
            console.out().println("Report: " + text.toAbsolutePath().normalize());
        }
        return done && results.stream().noneMatch(CellResult::hasFailed) ? 0 : 1;
    }

    private void tell(CellResult result, int finished, int all, boolean quiet) {
        if (!quiet && result.hasFailed()) {
            console.err()
                    .println("Run " + finished + " of " + all + ", seed " + result.seed() + ", FAILED: "
                            + result.message());
        }
    }

    private static List<Cell> cells(RunPlan plan, Wish wish) {
        Dataset data = plan.imported().dataset();
        DataFacts facts = DataFacts.of(plan.spec().data(), data);
        RunSpec spec = plan.spec();
        ProtocolSpec protocol = spec.protocol();
        Contestant contestant = new Contestant(spec.detector(), spec.preset());
        List<Cell> cells = new ArrayList<>();
        for (int k = 0; k < wish.count(); k++) {
            ProtocolSpec own = wish.splitPerRun() ? protocol.withSplitSeed(protocol.splitSeed() + k) : protocol;
            cells.add(new Cell(contestant, facts, protocol.rho(), spec.seeded(spec.seed() + k, own)));
        }
        return cells;
    }

    private static Grid grid(RunPlan plan, List<Cell> cells) {
        RunSpec spec = plan.spec();
        return new Grid(
                List.of(cells.get(0).contestant()),
                List.of(spec.data()),
                spec.protocol().id(),
                List.of(spec.protocol().rho()),
                cells.stream().map(cell -> cell.spec().seed()).toList(),
                spec.protocol().splitSeed(),
                spec.scaler(),
                spec.threshold(),
                Map.of(),
                0,
                spec.threads());
    }
}

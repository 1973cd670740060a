package org.oddlens.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.comparison.Cell;
import org.oddlens.engine.comparison.CellFile;
import org.oddlens.engine.comparison.CellResult;
import org.oddlens.engine.comparison.Comparison;
import org.oddlens.engine.comparison.ComparisonLock;
import org.oddlens.engine.comparison.ComparisonReport;
import org.oddlens.engine.comparison.Contestant;
import org.oddlens.engine.comparison.Grid;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.MissingValuesException;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.process.EngineCommand;
import org.oddlens.engine.threshold.ThresholdException;
import org.oddlens.engine.threshold.ThresholdSpec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code oddlens compare}: detectors on data sets with seeds, and shares of anomalies in training, as one table. */
@Command(
        name = "compare",
        sortOptions = false,
        description = {
            "Trains every detector on every data set with every seed and tells the results together.",
            "Killed or stopped, the same command goes on where it was: finished cells are not repeated.",
            "Exit code 1 if a cell failed; failed cells stay in the table with their reason."
        })
final class CompareCommand implements Callable<Integer> {

    private final DetectorRegistry registry;
    private final Console console;
    private final String mainClass;
    private final String version;

    @Mixin
    private Output output;

    @Mixin
    private RoleFlags roles;

    @Option(
            names = "--data",
            required = true,
            split = ",",
            paramLabel = "FILE",
            description = "Data files, separated by commas or by repeating the flag.")
    private List<String> data;

    @Option(
            names = "--detectors",
            required = true,
            paramLabel = "ID[:PRESET],…",
            description = "Detectors, each with its default preset or the one named; 'all' for all.")
    private String detectors;

    @Option(names = "--seeds", paramLabel = "A-B", description = "Seeds, such as 0-4 (default) or 1,2,7.")
    private String seeds = "0-4";

    @Option(
            names = "--rho",
            paramLabel = "SHARE,…",
            description = "Shares of anomalies in the training rows; several make a study of contamination.")
    private String rho = "0";

    @Option(names = "--protocol", paramLabel = "ID", description = "Which rows train and test; default normal-split.")
    private String protocol = ProtocolSpec.NORMAL_SPLIT;

    @Option(
            names = "--split-seed",
            paramLabel = "N",
            description = "One split for all seeds; default: each seed its own, the same for all detectors.")
    private Long splitSeed;

    @Option(names = "--scaler", paramLabel = "ID", description = "For all; default: what each preset wants.")
    private String scaler;

    @Option(names = "--threshold", paramLabel = "METHOD[:VALUE]", description = "Default percentile:95.")
    private String threshold;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "A hyperparameter for every detector that has it, such as epochs=50; may be repeated.")
    private Map<String, String> hyperparameters = new LinkedHashMap<>();

    @Option(
            names = "--max-rows",
            paramLabel = "N",
            description = "Rows used of a data set at most, drawn by class; 0 for all.")
    private int mostRows;

    @Option(names = "--missing", paramLabel = "POLICY", description = "Missing values: report, drop or impute.")
    private String missing = "report";

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "Cells at a time, each in a process; default: as many as cores and --memory allow.")
    private Integer jobs;

    @Option(
            names = "--memory",
            paramLabel = "SIZE",
            description = "Heap of all processes together, such as 8g (default).")
    private String memory = "8g";

    @Option(names = "--job-memory", paramLabel = "SIZE", description = "Heap of one process; default 2g.")
    private String jobMemory = "2g";

    @Option(names = "--retry-failed", description = "Tries cells again that failed before.")
    private boolean retry;

    @Option(names = "--discard-runs", description = "Keeps the table's lines only, not the run folders.")
    private boolean discard;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "DIR",
            description = "Folder of the comparison: new, or one that this command goes on with.")
    private Path out;

    CompareCommand(DetectorRegistry registry, Console console, String mainClass, String version) {
        this.registry = registry;
        this.console = console;
        this.mainClass = mainClass;
        this.version = version;
    }

    @Override
    public Integer call() throws IOException {
        Grid grid = grid();
        List<Cell> cells;
        int lanes = lanes();
        try {
            cells = grid.cells(registry);
        } catch (MissingValuesException e) {
            throw new UsageException(e.getMessage() + " Say --missing drop or --missing impute.");
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
        requireNoInput();
        ComparisonLock lock = ComparisonLock.take(out);
        try {
            return compare(grid, cells, lanes);
        } finally {
            lock.close();
        }
    }

    /** A data file among the tables of the comparison would be written over. */
    private void requireNoInput() throws IOException {
        for (String name : List.of(CellFile.NAME, "summary.csv", "summary.json", "summary.md", "comparison.html")) {
            for (String input : data) {
                Path table = out.resolve(name);
                if (Files.exists(table) && Files.isSameFile(table, Path.of(input.strip()))) {
                    throw new UsageException("--out: the comparison would write over its data " + input.strip()
                            + ". Choose another folder.");
                }
            }
        }
    }

    private int compare(Grid grid, List<Cell> cells, int lanes) throws IOException {
        CellFile file = new CellFile(out.resolve(CellFile.NAME));
        Comparison comparison = new Comparison(file, out.resolve("runs"), !discard, version);
        boolean done;
        try (InterruptibleRun run = new InterruptibleRun()) {
            done = comparison.run(
                    cells, lanes, number -> new EngineLane(engine(), log(number)), retry, run.control(), this::tell);
            ComparisonReport report = new ComparisonReport(
                    grid,
                    file.of(cells),
                    contestant ->
                            contestant.title(registry.get(contestant.detector()).descriptor()),
                    version);
            report.write(out);
            tell(report, done);
        }
        return done && file.of(cells).stream().noneMatch(CellResult::hasFailed) ? 0 : 1;
    }

    private Path log(int number) {
        return out.resolve("engine-" + (number + 1) + ".txt");
    }

    private EngineCommand engine() {
        return EngineCommand.ofThisProgram(mainClass, 1).withHeap(NumberList.bytes("--job-memory", jobMemory));
    }

    private int lanes() {
        if (jobs != null) {
            if (jobs < 1) {
                throw new UsageException("--jobs must be at least 1, not " + jobs + ".");
            }
            return jobs;
        }
        long byMemory = NumberList.bytes("--memory", memory) / NumberList.bytes("--job-memory", jobMemory);
        if (byMemory < 1) {
            throw new UsageException("--memory " + memory + " holds no process of --job-memory " + jobMemory
                    + ". Raise the first or lower the second.");
        }
        return (int) Math.min(byMemory, Runtime.getRuntime().availableProcessors());
    }

    private Grid grid() {
        List<Contestant> contestants;
        try {
            contestants = Contestant.parseAll(detectors, registry);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--detectors: " + e.getMessage());
        }
        if (!ProtocolSpec.IDS.contains(protocol)) {
            throw new UsageException("--protocol: there is no '" + protocol + "'; choose one of "
                    + String.join(", ", ProtocolSpec.IDS) + ".");
        }
        try {
            ThresholdSpec.parse(threshold == null ? ThresholdSpec.DEFAULT.format() : threshold);
            if (scaler != null) {
                Scaler.parse(scaler);
            }
        } catch (ThresholdException | DataFormatException e) {
            throw new UsageException(e.getMessage());
        }
        List<DataSpec> files = data.stream().map(String::strip).map(this::file).toList();
        return new Grid(
                contestants,
                files,
                protocol,
                NumberList.shares("--rho", rho),
                NumberList.whole("--seeds", seeds),
                splitSeed == null ? -1 : splitSeed,
                scaler,
                threshold,
                hyperparameters,
                mostRows,
                1);
    }

    private DataSpec file(String name) {
        InputFiles.require("--data", name);
        return roles.roles().of(DataSpec.of(name).withMissing(MissingFlag.parse(missing)));
    }

    private synchronized void tell(Cell cell, CellResult result, int done, int all) {
        if (output.quiet || output.json) {
            return;
        }
        console.err()
                .printf(
                        Locale.ROOT,
                        "[%d/%d] %s: %s%n",
                        done,
                        all,
                        cell.text(),
                        result.hasFailed()
                                ? "FAILED: " + result.message()
                                : String.format(Locale.ROOT, "AUROC %.3f, %.1f s", result.auroc(), result.seconds()));
    }

    private void tell(ComparisonReport report, boolean done) {
        if (output.json) {
            console.json(report.document());
            return;
        }
        new SummaryTable(console, report.tunesThreshold()).print(report.summary());
        if (!done) {
            console.out().println("Stopped before the end; the same command goes on.");
        }
        console.out()
                .println("Page: "
                        + out.resolve("comparison.html").toAbsolutePath().normalize());
    }
}

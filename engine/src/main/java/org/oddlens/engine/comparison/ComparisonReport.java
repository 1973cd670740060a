package org.oddlens.engine.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.oddlens.engine.run.OutputFile;
import org.oddlens.engine.run.RunJson;

/** Writes what a comparison says beside its cells: {@code summary.csv}, {@code .json}, {@code .md}, {@code comparison.html}. */
public final class ComparisonReport {

    public static final String FORMAT = "oddlens.comparison/1";

    private final Grid grid;
    private final List<CellResult> cells;
    private final Summary summary;
    private final Function<Contestant, String> title;
    private final String version;

    /** @param title names of the contestants as their papers write them */
    public ComparisonReport(Grid grid, List<CellResult> cells, Function<Contestant, String> title, String version) {
        this.grid = grid;
        this.cells = List.copyOf(cells);
        this.summary = Summary.of(cells);
        this.title = title;
        this.version = version;
    }

    public Summary summary() {
        return summary;
    }

    /** Whether labels chose the threshold. */
    public boolean tunesThreshold() {
        return grid.tunesThreshold();
    }

    /** Writes the four files. */
    public void write(Path folder) throws IOException {
        write(folder, "summary.csv", part -> Files.write(part, csv()));
        write(folder, "summary.json", part -> new RunJson().write(part, document()));
        write(folder, "summary.md", part -> Files.write(part, new MarkdownTables(summary, grid.rho()).lines()));
        String page = new ComparisonPage(grid, summary, title, version).html();
        write(folder, "comparison.html", part -> Files.writeString(part, page));
    }

    /** The tables of the comparison are its own and written anew each time. */
    private static void write(Path folder, String name, OutputFile.Content content) throws IOException {
        OutputFile.at(folder.resolve(name), true).write(content);
    }

    List<String> csv() {
        List<String> lines = new ArrayList<>();
        lines.add("detector,preset,data,rho,runs,failed,features,train_rows,test_rows,auroc_mean,auroc_sd,auroc_median,"
                + "auroc_min,auroc_max,auprc_mean,auprc_sd,f1_known_ratio_mean,f1_known_ratio_sd,f1_threshold_mean,"
                + "f1_threshold_sd,auroc_mean_distance,auroc_untrained,train_seconds_median");
        for (SummaryRow row : summary.rows()) {
            lines.add(String.join(
                    ",",
                    row.contestant().detector(),
                    row.contestant().preset(),
                    row.data(),
                    String.valueOf(row.rho()),
                    String.valueOf(row.runs()),
                    String.valueOf(row.failed()),
                    String.valueOf(row.features()),
                    String.valueOf(row.trainRows()),
                    String.valueOf(row.testRows()),
                    text(row.auroc().mean()),
                    text(row.auroc().sd()),
                    text(row.auroc().median()),
                    text(row.auroc().min()),
                    text(row.auroc().max()),
                    text(row.auprc().mean()),
                    text(row.auprc().sd()),
                    text(row.f1().mean()),
                    text(row.f1().sd()),
                    text(row.f1AtThreshold().mean()),
                    text(row.f1AtThreshold().sd()),
                    text(row.meanDistance()),
                    text(row.untrained()),
                    text(row.seconds().median())));
        }
        return lines;
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%.6f", value);
    }

    /** The whole as one JSON document. */
    public Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("format", FORMAT);
        document.put("version", version);
        document.put("grid", grid);
        document.put("usesLabels", tunesThreshold() ? List.of("f1", "f1AtThreshold") : List.of("f1"));
        document.put("rows", summary.rows());
        Map<String, Double> ranks = new LinkedHashMap<>();
        summary.ranks().forEach((contestant, rank) -> ranks.put(contestant.text(), rank));
        document.put("meanRanks", ranks);
        document.put("duels", summary.duels());
        document.put("cells", cells);
        return document;
    }
}

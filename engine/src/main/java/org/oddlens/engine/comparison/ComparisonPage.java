package org.oddlens.engine.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** A comparison as one HTML page that needs nothing beside it, light or dark as its reader's system. */
final class ComparisonPage {

    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Oddlens comparison</title>
            <style>
            :root { color-scheme: light dark; --ink: #1b1f24; --soft: #59636e; --line: #d1d9e0; --ground: #ffffff;
              --good: 0, 114, 178; --bad: #b3261e; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d;
              --ground: #0d1117; --good: 86, 180, 233; --bad: #ff8a80; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground);
              max-width: 76rem; margin: 2.5rem auto; padding: 0 1.25rem; }
            h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
            p, caption { color: var(--soft); } caption { text-align: left; padding-bottom: .4rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; } thead th { color: var(--soft); font-weight: 600; }
            td small, th small { color: var(--soft); font-weight: 400; } td.best { font-weight: 700; }
            td.failed, small.failed { color: var(--bad); } tr.baseline td { color: var(--soft); font-style: italic; }
            </style>
            </head>
            <body>
            """;

    private final Grid grid;
    private final Summary summary;
    private final String version;
    private final StringBuilder html = new StringBuilder();

    ComparisonPage(Grid grid, Summary summary, String version) {
        this.grid = grid;
        this.summary = summary;
        this.version = version;
    }

    String html() {
        html.setLength(0);
        html.append(HEAD);
        html.append("<h1>Comparison of ")
                .append(counted(summary.contestants().size(), "detector"))
                .append(" on ")
                .append(counted((int) data().count(), "data set"))
                .append("</h1>\n<p>")
                .append(escape(conditions()))
                .append("</p>\n");
        for (double rho : grid.rho()) {
            table("AUROC", "median over the seeds ± population standard deviation; the best of a column is bold", rho);
        }
        if (grid.rho().size() > 1) {
            html.append(new ContaminationChart(summary, grid.rho()).svg());
        }
        duels();
        details();
        return html.append("</body>\n</html>\n").toString();
    }

    private java.util.stream.Stream<String> data() {
        return summary.rows().stream().map(SummaryRow::data).distinct();
    }

    private String conditions() {
        String rows = grid.mostRows() > 0
                ? String.format(Locale.ROOT, ", at most %,d rows of a data set", grid.mostRows())
                : "";
        String set = grid.hyperparameters().isEmpty()
                ? ""
                : ", "
                        + grid.hyperparameters().entrySet().stream()
                                .map(entry -> entry.getKey() + " = " + entry.getValue())
                                .sorted()
                                .collect(Collectors.joining(", "));
        return "Protocol " + grid.protocol() + ", "
                + (grid.scaler() == null ? "each preset's scaler" : "scaler " + grid.scaler()) + ", "
                + counted(grid.seeds().size(), "seed") + " ("
                + grid.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")" + rows + set
                + ". Oddlens " + version + ".";
    }

    private void table(String title, String caption, double rho) {
        List<String> names = data().toList();
        html.append("<h2>").append(title).append(rho > 0 ? " with " + percent(rho) + " anomalies in training" : "");
        html.append("</h2>\n<div class=\"wide\"><table>\n<caption>")
                .append(caption)
                .append("</caption>\n<thead><tr><th></th>");
        for (String name : names) {
            String size = rowsOf(name, rho)
                    .findFirst()
                    .map(row -> String.format(
                            Locale.ROOT, "%,d train, %,d test × %d", row.trainRows(), row.testRows(), row.features()))
                    .orElse("");
            html.append("<th>")
                    .append(escape(name))
                    .append("<br><small>")
                    .append(size)
                    .append("</small></th>");
        }
        html.append("<th>Mean rank</th></tr></thead>\n<tbody>\n");
        for (Contestant contestant : summary.contestants()) {
            html.append("<tr><td>").append(escape(contestant.text())).append("</td>");
            names.forEach(name -> cell(contestant, name, rho));
            Double rank = summary.ranks().get(contestant);
            html.append("<td>").append(rank.isNaN() ? "–" : number(rank, 2)).append("</td></tr>\n");
        }
        html.append("<tr class=\"baseline\"><td>distance to the training mean</td>");
        for (String name : names) {
            double mean = Spread.of(rowsOf(name, rho)
                            .mapToDouble(SummaryRow::meanDistance)
                            .toArray())
                    .mean();
            html.append("<td>").append(number(mean, 3)).append("</td>");
        }
        html.append("<td></td></tr>\n</tbody></table></div>\n");
    }

    private java.util.stream.Stream<SummaryRow> rowsOf(String data, double rho) {
        return summary.rows().stream().filter(row -> row.data().equals(data) && row.rho() == rho);
    }

    private void cell(Contestant contestant, String name, double rho) {
        Optional<SummaryRow> found = rowsOf(name, rho)
                .filter(row -> row.contestant().equals(contestant))
                .findFirst();
        if (found.isEmpty()) {
            html.append("<td>–</td>");
            return;
        }
        SummaryRow row = found.get();
        if (row.auroc().n() == 0) {
            html.append("<td class=\"failed\">failed</td>");
            return;
        }
        double best = rowsOf(name, rho)
                .mapToDouble(other -> other.auroc().median())
                .filter(Double::isFinite)
                .max()
                .orElse(Double.NaN);
        double share = Math.max(0, Math.min(1, (row.auroc().median() - 0.5) / 0.5));
        html.append(String.format(
                Locale.ROOT,
                "<td%s style=\"background: rgba(var(--good), %.2f)\">%s <small>± %s</small>%s</td>",
                best - row.auroc().median() < Summary.TIE ? " class=\"best\"" : "",
                0.28 * share * share,
                number(row.auroc().median(), 3),
                number(row.auroc().sd(), 3),
                row.failed() > 0 ? " <small class=\"failed\">" + row.failed() + " failed</small>" : ""));
    }

    private void duels() {
        int sets = (int) data().count() * grid.rho().size();
        html.append("<h2>Pair by pair</h2>\n<p>Data sets on which the row's median AUROC is higher, equal within ")
                .append(Summary.TIE)
                .append(", lower; below it the p-value of Wilcoxon's signed-rank test over ")
                .append(counted(sets, "data set"))
                .append(" after Holm's correction.")
                .append(
                        sets < Summary.FEWEST_DATA_SETS
                                ? " With fewer than " + Summary.FEWEST_DATA_SETS
                                        + " data sets no difference can be significant at 0.05."
                                : "")
                .append("</p>\n<div class=\"wide\"><table><thead><tr><th></th>");
        List<Contestant> all = summary.contestants();
        all.forEach(contestant ->
                html.append("<th>").append(escape(contestant.text())).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (Contestant row : all) {
            html.append("<tr><td>").append(escape(row.text())).append("</td>");
            all.forEach(column -> duel(row, column));
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private void duel(Contestant row, Contestant column) {
        for (Duel duel : summary.duels()) {
            boolean straight = duel.first().equals(row) && duel.second().equals(column);
            boolean turned = duel.first().equals(column) && duel.second().equals(row);
            if (straight || turned) {
                html.append(String.format(
                        Locale.ROOT,
                        "<td>%d / %d / %d<br><small>%s</small></td>",
                        straight ? duel.wins() : duel.losses(),
                        duel.ties(),
                        straight ? duel.losses() : duel.wins(),
                        Double.isNaN(duel.holm()) ? "–" : "p " + number(duel.holm(), 3)));
                return;
            }
        }
        html.append("<td></td>");
    }

    private void details() {
        html.append(
                "<h2>All numbers</h2>\n<p>Mean ± population standard deviation over the seeds that finished. F1 at the"
                        + " known ratio flags as many rows as there are anomalies, so it uses labels.</p>\n"
                        + "<div class=\"wide\"><table><thead><tr><th>Detector</th><th>Data</th>");
        boolean contaminated =
                grid.rho().stream().anyMatch(Objects::nonNull) && grid.rho().size() > 1;
        html.append(contaminated ? "<th>Anomalies in training</th>" : "");
        html.append("<th>Runs</th><th>AUROC</th><th>min – max</th><th>AUPRC</th><th>F1 known ratio</th><th>F1 at ")
                .append(escape(grid.threshold() == null ? "percentile:95" : grid.threshold()))
                .append("</th><th>Untrained</th><th>Training</th></tr></thead>\n<tbody>\n");
        for (SummaryRow row : summary.rows()) {
            List<String> cells = new ArrayList<>(List.of(escape(row.contestant().text()), escape(row.data())));
            if (contaminated) {
                cells.add(percent(row.rho()));
            }
            cells.addAll(List.of(
                    row.runs()
                            + (row.failed() > 0 ? ", <small class=\"failed\">" + row.failed() + " failed</small>" : ""),
                    spread(row.auroc()),
                    number(row.auroc().min(), 3) + " – " + number(row.auroc().max(), 3),
                    spread(row.auprc()),
                    spread(row.f1()),
                    spread(row.f1AtThreshold()),
                    number(row.untrained(), 3),
                    number(row.seconds().median(), 2) + " s"));
            html.append("<tr><td>").append(String.join("</td><td>", cells)).append("</td></tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private static String spread(Spread spread) {
        return spread.n() == 0 ? "–" : number(spread.mean(), 3) + " <small>± " + number(spread.sd(), 3) + "</small>";
    }

    static String number(double value, int digits) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.4g %%", 100 * share).replaceAll("\\.?0+ %", " %");
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

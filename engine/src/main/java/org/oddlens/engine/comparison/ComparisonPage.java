package org.oddlens.engine.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
              --good: 0, 114, 178; --below: 213, 94, 0; --bad: #b3261e; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --soft: #9198a1; --line: #3d444d;
              --ground: #0d1117; --good: 86, 180, 233; --below: 230, 159, 0; --bad: #ff8a80; } }
            body { font: 15px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground);
              max-width: 96rem; margin: 2.5rem auto; padding: 0 1.25rem; }
            h1 { font-size: 1.6rem; margin: 0 0 .25rem; } h2 { font-size: 1.15rem; margin: 2.25rem 0 .5rem; }
            p, caption { color: var(--soft); } p { max-width: 60rem; }
            caption { text-align: left; padding-bottom: .4rem; } .wide { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
            th, td { padding: .3rem .5rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
            th:first-child, td:first-child { text-align: left; position: sticky; left: 0; background: var(--ground); }
            thead th { color: var(--soft); font-weight: 600; vertical-align: bottom; }
            small { color: var(--soft); font-weight: 400; } table.two small { display: block; line-height: 1.2; }
            td.best { font-weight: 700; } td.below { background: rgba(var(--below), .16); }
            td.failed, small.failed { color: var(--bad); } tr.baseline td { color: var(--soft); font-style: italic; }
            tr.group th { padding-top: 1.1rem; color: var(--ink); font-weight: 600; }
            .key { display: inline-block; width: .8em; height: .8em; margin: 0 .3em 0 .8em; }
            </style>
            </head>
            <body>
            """;

    private static final double SIGNIFICANT = 0.05;

    private final Grid grid;
    private final Summary summary;
    private final Function<Contestant, String> title;
    private final String version;
    private final StringBuilder html = new StringBuilder();

    /** @param title names of the contestants as their papers write them */
    ComparisonPage(Grid grid, Summary summary, Function<Contestant, String> title, String version) {
        this.grid = grid;
        this.summary = summary;
        this.title = title;
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
        grid.rho().forEach(this::table);
        if (grid.rho().size() > 1) {
            html.append(new ContaminationChart(summary, title, grid.rho()).svg());
        }
        duels();
        details();
        return html.append("</body>\n</html>\n").toString();
    }

    private Stream<String> data() {
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

    private void table(double rho) {
        List<String> names = data().toList();
        html.append("<h2>AUROC").append(rho > 0 ? " with " + percent(rho) + " anomalies in training" : "");
        html.append(
                """
                </h2>
                <div class="wide"><table class="two">
                <caption>Median over the seeds ± population standard deviation, the best of a column in bold; under a data
                set its training + test rows × features.
                <span class="key" style="background: rgba(var(--good), .28)"></span>the bluer the nearer to 1
                <span class="key" style="background: rgba(var(--below), .3)"></span>below the distance to the training mean
                </caption>
                <thead><tr><th></th>""");
        for (String name : names) {
            String size = rowsOf(name, rho)
                    .findFirst()
                    .map(row -> String.format(
                            Locale.ROOT, "%,d + %,d rows × %d", row.trainRows(), row.testRows(), row.features()))
                    .orElse("");
            html.append("<th>")
                    .append(escape(name))
                    .append("<small>")
                    .append(size)
                    .append("</small></th>");
        }
        html.append("<th>Mean<br>rank</th></tr></thead>\n<tbody>\n");
        Map<Contestant, Double> ranks = summary.ranksAt(rho);
        for (Contestant contestant : summary.contestants()) {
            html.append("<tr><td>").append(escape(title.apply(contestant))).append("</td>");
            names.forEach(name -> cell(contestant, name, rho));
            double rank = ranks.getOrDefault(contestant, Double.NaN);
            html.append("<td>").append(number(rank, 2)).append("</td></tr>\n");
        }
        html.append("<tr class=\"baseline\"><td>distance to the training mean</td>");
        for (String name : names) {
            html.append("<td>").append(number(meanDistance(name, rho), 3)).append("</td>");
        }
        html.append("<td></td></tr>\n</tbody></table></div>\n");
    }

    /** Mean over all runs, NaN if none finished. */
    private double meanDistance(String data, double rho) {
        return Spread.of(rowsOf(data, rho).mapToDouble(SummaryRow::meanDistance).toArray())
                .mean();
    }

    private Stream<SummaryRow> rowsOf(String data, double rho) {
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
        double median = row.auroc().median();
        double share = Math.max(0, Math.min(1, (median - 0.5) / 0.5));
        boolean below = median < meanDistance(name, rho) - Summary.TIE;
        String style = best - median < Summary.TIE
                ? " class=\"best" + (below ? " below\"" : "\"")
                : below ? " class=\"below\"" : "";
        if (!below) {
            style += String.format(
                    Locale.ROOT, " style=\"background: rgba(var(--good), %.2f)\"", 0.32 * Math.pow(share, 4));
        }
        html.append("<td").append(style).append('>').append(number(median, 3)).append("<small>± ");
        html.append(number(row.auroc().sd(), 3)).append("</small>");
        html.append(row.failed() > 0 ? "<small class=\"failed\">" + row.failed() + " failed</small>" : "");
        html.append("</td>");
    }

    private void duels() {
        List<Contestant> all = summary.contestants();
        if (all.size() < 2) {
            return;
        }
        int sets = (int) data().count();
        double smallest = summary.smallestPossibleP();
        boolean tested = smallest <= SIGNIFICANT;
        html.append(
                "<h2>Pair by pair</h2>\n<p>Data sets on which the row's median AUROC is higher / equal within 0.0001 /"
                        + " lower than the column's");
        html.append(grid.rho().size() > 1 ? ", averaged over the shares of anomalies in training. " : ". ");
        html.append(
                tested
                        ? "Below it the p-value of Wilcoxon's signed-rank test over the " + counted(sets, "data set")
                                + " after Holm's correction for "
                                + counted(summary.duels().size(), "pair") + "."
                        : String.format(
                                Locale.ROOT,
                                "No p-values: with %s and %s even a detector that wins everywhere would have p = %s after Holm's"
                                        + " correction. Fewer detectors or more data sets can show a difference.",
                                counted(sets, "data set"),
                                counted(summary.duels().size(), "pair"),
                                number(smallest, 2)));
        html.append("</p>\n<div class=\"wide\"><table class=\"two\"><thead><tr><th></th>");
        all.forEach(contestant ->
                html.append("<th>").append(escape(title.apply(contestant))).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (Contestant row : all) {
            html.append("<tr><td>").append(escape(title.apply(row))).append("</td>");
            all.forEach(column -> duel(row, column, tested));
            html.append("</tr>\n");
        }
        html.append("</tbody></table></div>\n");
    }

    private void duel(Contestant row, Contestant column, boolean tested) {
        for (Duel duel : summary.duels()) {
            boolean straight = duel.first().equals(row) && duel.second().equals(column);
            boolean turned = duel.first().equals(column) && duel.second().equals(row);
            if (straight || turned) {
                html.append(String.format(
                        Locale.ROOT,
                        "<td>%d / %d / %d%s</td>",
                        straight ? duel.wins() : duel.losses(),
                        duel.ties(),
                        straight ? duel.losses() : duel.wins(),
                        tested ? "<small>p " + number(duel.holm(), 3) + "</small>" : ""));
                return;
            }
        }
        html.append("<td></td>");
    }

    private void details() {
        html.append(
                        "<h2>All numbers</h2>\n<p>Mean ± population standard deviation over the seeds that finished. F1 at the"
                                + " known ratio flags as many rows as there are anomalies, so it uses labels.</p>\n"
                                + "<div class=\"wide\"><table><thead><tr><th>Detector</th><th>Runs</th><th>AUROC</th>"
                                + "<th>min – max</th><th>AUPRC</th><th>F1 known ratio</th><th>F1 at ")
                .append(escape(grid.threshold() == null ? "percentile:95" : grid.threshold()))
                .append(grid.tunesThreshold() ? " (uses labels)" : "")
                .append("</th><th>AUROC untrained</th><th>Training</th></tr></thead>\n<tbody>\n");
        String group = "";
        for (SummaryRow row : summary.rows()) {
            String place =
                    row.data() + (grid.rho().size() > 1 ? ", " + percent(row.rho()) + " anomalies in training" : "");
            if (!place.equals(group)) {
                group = place;
                html.append("<tr class=\"group\"><th colspan=\"9\">")
                        .append(escape(place))
                        .append("</th></tr>\n");
            }
            List<String> cells = List.of(
                    escape(title.apply(row.contestant())),
                    row.runs()
                            + (row.failed() > 0 ? ", <small class=\"failed\">" + row.failed() + " failed</small>" : ""),
                    spread(row.auroc()),
                    number(row.auroc().min(), 3) + " – " + number(row.auroc().max(), 3),
                    spread(row.auprc()),
                    spread(row.f1()),
                    spread(row.f1AtThreshold()),
                    number(row.untrained(), 3),
                    number(row.seconds().median(), 2) + " s");
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

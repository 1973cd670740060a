package org.oddlens.engine.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A comparison as Markdown tables, detectors by data sets: for a report or a readme. */
final class MarkdownTables {

    private final Summary summary;
    private final List<Double> shares;

    MarkdownTables(Summary summary, List<Double> shares) {
        this.summary = summary;
        this.shares = shares;
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (double rho : shares) {
            String where = rho == 0 ? "" : ", " + ComparisonPage.percent(rho) + " anomalies in training";
            table(lines, "AUROC" + where, rho, row -> spread(row.auroc()), this::meanDistances, true);
            table(lines, "AUPRC" + where, rho, row -> spread(row.auprc()), null, false);
            table(lines, "F1 at the known ratio (uses labels)" + where, rho, row -> spread(row.f1()), null, false);
            table(lines, "AUROC untrained" + where, rho, row -> number(row.untrained(), 3), null, false);
            table(
                    lines,
                    "Seconds of training, median" + where,
                    rho,
                    row -> number(row.seconds().median(), 2),
                    null,
                    false);
        }
        return lines;
    }

    private List<String> data() {
        return summary.rows().stream().map(SummaryRow::data).distinct().toList();
    }

    private void table(
            List<String> lines,
            String title,
            double rho,
            Function<SummaryRow, String> value,
            Function<Double, String> last,
            boolean ranked) {
        lines.add("### " + title);
        lines.add("");
        StringBuilder head = new StringBuilder("| |");
        for (String name : data()) {
            head.append(' ').append(name).append(size(name, rho)).append(" |");
        }
        lines.add(head + (ranked ? " mean rank |" : ""));
        lines.add("|---|" + "---:|".repeat(data().size() + (ranked ? 1 : 0)));
        Map<Contestant, Double> ranks = summary.ranksAt(rho);
        for (Contestant contestant : summary.contestants()) {
            StringBuilder line = new StringBuilder("| `" + contestant.text() + "` |");
            for (String name : data()) {
                line.append(' ')
                        .append(row(contestant, name, rho).map(value).orElse("–"))
                        .append(" |");
            }
            lines.add(line + (ranked ? " " + number(ranks.getOrDefault(contestant, Double.NaN), 2) + " |" : ""));
        }
        if (last != null) {
            lines.add(last.apply(rho));
        }
        lines.add("");
    }

    private java.util.Optional<SummaryRow> row(Contestant contestant, String data, double rho) {
        return summary.rows().stream()
                .filter(row -> row.contestant().equals(contestant) && row.data().equals(data) && row.rho() == rho)
                .findFirst();
    }

    private String size(String data, double rho) {
        return summary.rows().stream()
                .filter(row -> row.data().equals(data) && row.rho() == rho && row.trainRows() > 0)
                .findFirst()
                .map(row ->
                        String.format(Locale.ROOT, " (%d + %d) × %d", row.trainRows(), row.testRows(), row.features()))
                .orElse("");
    }

    private String meanDistances(double rho) {
        StringBuilder line = new StringBuilder("| distance to the training mean |");
        for (String name : data()) {
            double[] known = summary.rows().stream()
                    .filter(row -> row.data().equals(name) && row.rho() == rho)
                    .mapToDouble(SummaryRow::meanDistance)
                    .toArray();
            line.append(' ').append(number(Spread.of(known).mean(), 3)).append(" |");
        }
        return line + " |";
    }

    private static String spread(Spread spread) {
        return spread.n() == 0 ? "failed" : number(spread.mean(), 3) + " ± " + number(spread.sd(), 3);
    }

    private static String number(double value, int digits) {
        return ComparisonPage.number(value, digits);
    }
}

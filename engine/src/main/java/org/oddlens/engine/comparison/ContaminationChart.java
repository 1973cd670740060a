package org.oddlens.engine.comparison;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** AUROC against the share of anomalies in training, one small chart for each data set, as SVG inside a page. */
final class ContaminationChart {

    private static final int WIDTH = 460;
    private static final int HEIGHT = 300;
    private static final int LEFT = 46;
    private static final int BOTTOM = 40;
    private static final int TOP = 28;
    private static final int LEGEND = 150;

    /** Colours of Okabe and Ito, then again with dashes. */
    private static final List<String> COLOURS =
            List.of("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C7A00", "#808080");

    private final Summary summary;
    private final Function<Contestant, String> title;
    private final List<Double> rho;

    ContaminationChart(Summary summary, Function<Contestant, String> title, List<Double> rho) {
        this.summary = summary;
        this.title = title;
        this.rho = rho;
    }

    String svg() {
        StringBuilder svg =
                new StringBuilder("<h2>AUROC against anomalies in training</h2>\n<p>Mean over the seeds.</p>\n");
        summary.rows().stream().map(SummaryRow::data).distinct().forEach(data -> chart(svg, data));
        return svg.toString();
    }

    private void chart(StringBuilder svg, String data) {
        double low = summary.rows().stream()
                .filter(row -> row.data().equals(data))
                .mapToDouble(row -> row.auroc().mean())
                .filter(Double::isFinite)
                .min()
                .orElse(0.5);
        double from = Math.max(0, Math.floor(low * 20) / 20);
        svg.append(String.format(
                Locale.ROOT,
                "<svg width=\"%d\" height=\"%d\" role=\"img\" aria-label=\"%s\" style=\"font: 12px system-ui; fill: currentColor\">"
                        + "<text x=\"%d\" y=\"16\" font-weight=\"600\">%s</text>",
                WIDTH + LEGEND,
                HEIGHT,
                ComparisonPage.escape("AUROC against contamination on " + data),
                LEFT,
                ComparisonPage.escape(data)));
        for (int tick = 0; tick <= 4; tick++) {
            double value = from + (1 - from) * tick / 4;
            double y = y(value, from);
            svg.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\" opacity=\".15\"/>"
                            + "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" opacity=\".7\">%.2f</text>",
                    LEFT,
                    WIDTH - 12,
                    y,
                    y,
                    LEFT - 6,
                    y + 4,
                    value));
        }
        for (double share : rho) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\" opacity=\".7\">%s</text>",
                    x(share),
                    HEIGHT - BOTTOM + 18,
                    ComparisonPage.percent(share)));
        }
        List<Contestant> contestants = summary.contestants();
        for (int i = 0; i < contestants.size(); i++) {
            line(svg, data, contestants.get(i), i, from);
        }
        svg.append("</svg>\n");
    }

    private void line(StringBuilder svg, String data, Contestant contestant, int number, double from) {
        StringBuilder points = new StringBuilder();
        for (SummaryRow row : summary.rows()) {
            if (row.data().equals(data)
                    && row.contestant().equals(contestant)
                    && row.auroc().n() > 0) {
                points.append(String.format(
                        Locale.ROOT, "%.1f,%.1f ", x(row.rho()), y(row.auroc().mean(), from)));
            }
        }
        String colour = COLOURS.get(number % COLOURS.size());
        String dashes = number < COLOURS.size() ? "" : " stroke-dasharray=\"5 3\"";
        int y = TOP + 6 + 18 * number;
        svg.append(String.format(
                Locale.ROOT,
                "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"%s/>"
                        + "<line x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2\"%s/>"
                        + "<text x=\"%d\" y=\"%d\">%s</text>",
                points,
                colour,
                dashes,
                WIDTH,
                WIDTH + 20,
                y,
                y,
                colour,
                dashes,
                WIDTH + 26,
                y + 4,
                ComparisonPage.escape(title.apply(contestant))));
    }

    private double x(double share) {
        double most = rho.stream().mapToDouble(d -> d).max().orElse(1);
        return LEFT + 8 + (WIDTH - LEFT - 28) * (most > 0 ? share / most : 0);
    }

    private static double y(double auroc, double from) {
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * (auroc - from) / Math.max(1e-9, 1 - from);
    }
}

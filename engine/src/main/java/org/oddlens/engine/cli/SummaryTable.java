package org.oddlens.engine.cli;

import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.comparison.Contestant;
import org.oddlens.engine.comparison.Spread;
import org.oddlens.engine.comparison.Summary;
import org.oddlens.engine.comparison.SummaryRow;

/** What a comparison says, as a table for people. */
final class SummaryTable {

    private final Console console;
    private final boolean tunesThreshold;

    /** @param tunesThreshold whether labels chose the threshold */
    SummaryTable(Console console, boolean tunesThreshold) {
        this.console = console;
        this.tunesThreshold = tunesThreshold;
    }

    void print(Summary summary) {
        String data = "";
        for (SummaryRow row : summary.rows()) {
            String place = row.data() + " at " + row.rho();
            if (!place.equals(data)) {
                data = place;
                head(row);
            }
            row(row);
        }
        if (summary.ranks().size() > 1) {
            ranks(summary);
        }
    }

    private void head(SummaryRow row) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "%n%s: %,d training rows%s, %,d test rows, %d features; distance to the mean has AUROC %s%n",
                        row.data(),
                        row.trainRows(),
                        row.rho() > 0 ? " (rho " + row.rho() + ")" : "",
                        row.testRows(),
                        row.features(),
                        number(row.meanDistance()));
        console.out()
                .printf(
                        "  %-28s %-15s %-15s %-15s %-15s %-15s %9s  %s%n",
                        "mean ± sd",
                        "AUROC",
                        "min - max",
                        "AUPRC",
                        "F1 known ratio*",
                        tunesThreshold ? "F1 threshold*" : "F1 threshold",
                        "train s",
                        "runs");
    }

    private void row(SummaryRow row) {
        console.out()
                .printf(
                        Locale.ROOT,
                        "  %-28s %-15s %-15s %-15s %-15s %-15s %9s  %d%s%n",
                        row.contestant().text(),
                        spread(row.auroc()),
                        number(row.auroc().min()) + " - " + number(row.auroc().max()),
                        spread(row.auprc()),
                        spread(row.f1()),
                        spread(row.f1AtThreshold()),
                        row.seconds().n() == 0
                                ? "–"
                                : String.format(
                                        Locale.ROOT, "%.2f", row.seconds().median()),
                        row.runs(),
                        row.failed() > 0 ? " (" + row.failed() + " FAILED)" : "");
    }

    private void ranks(Summary summary) {
        console.out().printf("%nMean rank by AUROC, 1 is best:%n");
        summary.ranks().entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(entry -> console.out()
                .printf("  %-28s %s%n", name(entry.getKey()), number(entry.getValue())));
        console.out().printf("%n* uses labels. AUROC, AUPRC and F1 are means over the runs that finished.%n");
    }

    private static String name(Contestant contestant) {
        return contestant.text();
    }

    private static String spread(Spread spread) {
        return spread.n() == 0 ? "–" : number(spread.mean()) + " ± " + number(spread.sd());
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
    }
}

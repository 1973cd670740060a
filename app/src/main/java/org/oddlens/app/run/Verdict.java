package org.oddlens.app.run;

import java.util.Map;
import org.oddlens.app.chart.NumberText;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunSnapshot;

/**
 * The result of a run in a few honest sentences: the metric, what an untrained network and a trivial baseline reach, and
 * what the threshold flags.
 */
record Verdict(String title, RunMetrics metrics, RunSnapshot scores, double threshold) {

    String text() {
        StringBuilder text = new StringBuilder(title).append(": ").append(end()).append(". ");
        Double auroc = metrics.metrics().get("auroc");
        if (auroc == null) {
            text.append("AUROC –: ").append(metrics.undefined().get("auroc")).append(' ');
        } else {
            text.append("AUROC ").append(NumberText.metric(auroc));
            text.append(", AUPRC ").append(NumberText.metric(metrics.metrics().get("auprc")));
            baseline(text, "untrained", "untrained network");
            baseline(text, "mean_distance", "distance to the mean");
            text.append(". ");
            if (auroc < 0.45) {
                text.append("The ranking is better when turned round: are the labels swapped? ");
            }
        }
        if (scores != null) {
            int flagged = 0;
            for (double score : scores.scores()) {
                flagged += score >= threshold ? 1 : 0;
            }
            text.append(NumberText.count(flagged))
                    .append(" of ")
                    .append(NumberText.count(scores.scores().length))
                    .append(" rows at or above ")
                    .append(NumberText.score(threshold))
                    .append(". ");
        }
        return text.append("Protocol ")
                .append(metrics.protocol())
                .append(", one seed (")
                .append(metrics.seed())
                .append(").")
                .toString();
    }

    private String end() {
        return switch (metrics.end()) {
            case "completed" -> "finished after " + metrics.epochs() + " epochs";
            case "stopped" -> "stopped by you after " + metrics.epochs() + " epochs, model kept";
            case "early-stopped" -> "stopped early after " + metrics.epochs() + " epochs, best one kept";
            default -> metrics.end() + " after " + metrics.epochs() + " epochs";
        };
    }

    private void baseline(StringBuilder text, String name, String words) {
        Map<String, Double> areas = metrics.baselines().get(name);
        if (areas != null) {
            text.append("; ").append(words).append(' ').append(NumberText.metric(areas.get("auroc")));
        }
    }
}

package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oddlens.app.chart.NumberText;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.study.RunMetrics;

/**
 * The result of a run: the metric beside what an untrained network and a trivial baseline reach, and a few honest
 * sentences.
 *
 * @param scored    all evaluated rows; null if they could not be read
 * @param threshold where the threshold stands now
 * @param solved    whether the detector is solved in one step: there is nothing untrained to compare it with
 */
record Verdict(RunMetrics metrics, SnapshotPicture scored, double threshold, boolean solved) {

    private static final double CLEARLY_WRONG_WAY = 0.45;

    /** A number with its name. */
    record Tile(String name, String value, String help) {}

    List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        metric(tiles, "AUROC ★", "auroc", "Area under the ROC curve of the evaluated rows. ★ uses labels.");
        metric(tiles, "AUPRC ★", "auprc", "Average precision of the evaluated rows. ★ uses labels.");
        if (!solved) {
            baseline(
                    tiles,
                    "untrained",
                    "Untrained ★",
                    "AUROC of the same network before the first epoch. ★ uses labels.");
        }
        baseline(
                tiles,
                "mean_distance",
                "Mean distance ★",
                "AUROC of the distance to the mean of the training rows, the simplest detector. ★ uses labels.");
        return tiles;
    }

    private void metric(List<Tile> tiles, String name, String key, String help) {
        Double value = metrics.metrics().get(key);
        String reason = metrics.undefined().getOrDefault(key, help);
        tiles.add(new Tile(name, value == null ? "–" : NumberText.metric(value), value == null ? reason : help));
    }

    private void baseline(List<Tile> tiles, String key, String name, String help) {
        Map<String, Double> areas = metrics.baselines().get(key);
        if (areas != null && areas.get("auroc") != null) {
            tiles.add(new Tile(name, NumberText.metric(areas.get("auroc")), help));
        }
    }

    /** Whether the ranking is clearly worse than chance. */
    private boolean belowChance() {
        Double auroc = metrics.metrics().get("auroc");
        return auroc != null && auroc < CLEARLY_WRONG_WAY;
    }

    /**
     * Whether the labels look as if they meant the opposite: the ranking is clearly worse than chance and more than half of
     * the evaluated rows are labelled anomalies. A detector that has learned little can rank rare anomalies below normal
     * rows, too, and chosen classes mean what was chosen.
     */
    boolean wrongWay() {
        boolean chosen = metrics.protocol().equals(ProtocolSpec.ONE_CLASS)
                || metrics.protocol().equals(ProtocolSpec.ONE_ANOMALOUS);
        int anomalies = metrics.rows().getOrDefault("anomalies", 0);
        int evaluated = metrics.rows().getOrDefault("test", 0);
        return !chosen && belowChance() && 2 * anomalies > evaluated;
    }

    String text() {
        StringBuilder text = new StringBuilder(end()).append(". ");
        Double auroc = metrics.metrics().get("auroc");
        if (auroc == null) {
            text.append("No AUROC: ").append(metrics.undefined().get("auroc")).append(' ');
        } else if (wrongWay()) {
            text.append(
                    "AUROC is clearly below 0.5, and most evaluated rows are labelled anomalies: normal and anomaly may"
                            + " be swapped. ");
        } else if (belowChance()) {
            text.append("AUROC is clearly below 0.5: this detector scores anomalies lower than normal rows. ");
        }
        if (scored != null) {
            text.append(NumberText.count(scored.distribution().atOrAbove(threshold)))
                    .append(" of ")
                    .append(NumberText.count(scored.distribution().rows()))
                    .append(" rows at or above ")
                    .append(NumberText.score(threshold))
                    .append(". ");
        }
        return text.append("Protocol ")
                .append(metrics.protocol())
                .append(", scaler ")
                .append(metrics.scaler())
                .append(". One seed only.")
                .toString();
    }

    private String end() {
        Double seconds = metrics.seconds().get("train");
        if (solved && metrics.end().equals("completed")) {
            return seconds == null ? "Solved" : "Solved in " + Durations.brief(seconds);
        }
        String epochs = metrics.epochs() + (metrics.epochs() == 1 ? " epoch" : " epochs");
        return switch (metrics.end()) {
            case "completed" -> "Finished after " + epochs;
            case "stopped" -> "Stopped by you after " + epochs + ", model kept";
            case "early-stopped" -> "Stopped early after " + epochs + ", best epoch kept";
            default -> metrics.end() + " after " + epochs;
        };
    }
}

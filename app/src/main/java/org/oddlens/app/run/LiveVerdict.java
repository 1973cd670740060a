package org.oddlens.app.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oddlens.app.chart.NumberText;
import org.oddlens.engine.run.RunEvent;

/** What can be said of a run before it has metrics: how it stands, its network, and the newest numbers of its training. */
record LiveVerdict(RunViewModel run) {

    String text() {
        String message = run.messageProperty().get();
        return run.phaseProperty().get().word() + (message.isEmpty() ? "." : ". " + message) + network();
    }

    private String network() {
        RunEvent.Started begun = run.startedProperty().get();
        return begun == null
                        || !RunLog.hasNetwork(begun)
                        || !run.phaseProperty().get().live()
                ? ""
                : " Network " + begun.shape() + ", " + NumberText.count(begun.parameters()) + " parameters, "
                        + NumberText.count(begun.rows().getOrDefault("train", 0)) + " training rows.";
    }

    List<Verdict.Tile> tiles() {
        List<Verdict.Tile> tiles = new ArrayList<>();
        RunEvent.Started begun = run.startedProperty().get();
        if (!run.epochs().isEmpty() && (begun == null || RunLog.hasNetwork(begun))) {
            RunEvent.Epoch last = run.epochs().get(run.epochs().size() - 1);
            tiles.add(new Verdict.Tile(
                    begun == null ? "Epoch" : "Epoch of " + NumberText.count(begun.epochs()),
                    NumberText.count(last.epoch()),
                    "Last finished epoch"));
            for (Map.Entry<String, Double> term : last.terms().entrySet()) {
                tiles.add(new Verdict.Tile(
                        "Loss", NumberText.score(term.getValue()), "Training loss, mean per sample: " + term.getKey()));
                break;
            }
            for (int i = run.epochs().size() - 1; i >= 0; i--) { // not every epoch is scored
                Double auroc = run.epochs().get(i).auroc();
                if (auroc != null) {
                    tiles.add(new Verdict.Tile(
                            "AUROC ★", NumberText.metric(auroc), "AUROC of the tracked rows. ★ uses labels."));
                    break;
                }
            }
        }
        return tiles;
    }
}

package org.oddlens.engine.comparison;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The seeds of one contestant on one data set at one share of anomalies in training.
 *
 * @param runs         seeds asked for
 * @param failed       seeds without a model; they count in no mean
 * @param trainRows    rows trained on, of the first run
 * @param testRows     rows evaluated, of the first run
 * @param f1           at the known ratio
 * @param f1AtThreshold at the grid's threshold
 * @param meanDistance AUROC of the distance to the training mean, mean over the seeds
 * @param untrained    AUROC of the untrained network, mean over the seeds
 * @param seconds      of training
 */
public record SummaryRow(
        Contestant contestant,
        String data,
        double rho,
        int runs,
        int failed,
        int features,
        int trainRows,
        int testRows,
        Spread auroc,
        Spread auprc,
        Spread f1,
        Spread f1AtThreshold,
        double meanDistance,
        double untrained,
        Spread seconds) {

    static SummaryRow of(List<CellResult> seeds) {
        CellResult first = seeds.get(0);
        CellResult shown =
                seeds.stream().filter(seed -> !seed.hasFailed()).findFirst().orElse(first);
        return new SummaryRow(
                first.contestant(),
                first.data(),
                first.rho(),
                seeds.size(),
                (int) seeds.stream().filter(CellResult::hasFailed).count(),
                first.features(),
                shown.trainRows(),
                shown.testRows(),
                spread(seeds, CellResult::auroc),
                spread(seeds, CellResult::auprc),
                spread(seeds, CellResult::f1),
                spread(seeds, CellResult::f1AtThreshold),
                spread(seeds, CellResult::meanDistance).mean(),
                spread(seeds, CellResult::untrained).mean(),
                spread(seeds, CellResult::seconds));
    }

    private static Spread spread(List<CellResult> seeds, ToDoubleFunction<CellResult> value) {
        return Spread.of(seeds.stream().mapToDouble(value).toArray());
    }
}

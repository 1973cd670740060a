package org.oddlens.engine.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunPlan;

/**
 * What is compared: every contestant on every data set, at every share of anomalies in training, with every seed.
 *
 * @param contestants     detectors with presets
 * @param data            files
 * @param protocol        id of the protocol for all
 * @param rho             shares of anomalies in the training rows
 * @param seeds           seeds of the runs
 * @param splitSeed       seed of the split, or −1 for that of each run; then runs of one seed share rows across detectors
 * @param scaler          for all, or null for what each preset wants
 * @param threshold       as in a run
 * @param hyperparameters values for every detector that has the key, over its preset
 * @param mostRows        rows used of a data set, drawn by class; 0 for all
 * @param threads         threads of a run
 */
public record Grid(
        List<Contestant> contestants,
        List<DataSpec> data,
        String protocol,
        List<Double> rho,
        List<Long> seeds,
        long splitSeed,
        String scaler,
        String threshold,
        Map<String, String> hyperparameters,
        int mostRows,
        int threads) {

    public Grid {
        contestants = List.copyOf(contestants);
        data = List.copyOf(data);
        rho = List.copyOf(rho);
        seeds = List.copyOf(seeds);
        hyperparameters = Map.copyOf(hyperparameters);
    }

    /** Whether labels choose the threshold, so that what is measured at it is too good. */
    boolean tunesThreshold() {
        return RunPlan.tunesThreshold(threshold);
    }

    /**
     * The cells, one data set after the other; reads every data set.
     *
     * @throws IllegalArgumentException if a data set has no labels or is there twice, or no detector has a hyperparameter that is set
     */
    public List<Cell> cells(DetectorRegistry registry) {
        hyperparameters.keySet().forEach(key -> requireKnown(key, registry));
        List<Cell> cells = new ArrayList<>();
        for (DataFacts facts :
                DataFacts.distinct(data.stream().map(DataFacts::of).toList())) {
            for (double share : rho) {
                for (Contestant contestant : contestants) {
                    for (long seed : seeds) {
                        cells.add(new Cell(contestant, facts, share, spec(contestant, facts, share, seed, registry)));
                    }
                }
            }
        }
        return cells;
    }

    private void requireKnown(String key, DetectorRegistry registry) {
        boolean known = contestants.stream()
                .map(contestant -> registry.get(contestant.detector()).descriptor())
                .anyMatch(descriptor -> descriptor.hyperparameter(key).isPresent());
        if (!known) {
            throw new IllegalArgumentException("None of the detectors has a hyperparameter '" + key + "'.");
        }
    }

    private RunSpec spec(Contestant contestant, DataFacts facts, double share, long seed, DetectorRegistry registry) {
        DetectorProvider provider = registry.get(contestant.detector());
        DetectorDescriptor descriptor = provider.descriptor();
        Map<String, Object> over = new LinkedHashMap<>();
        hyperparameters.keySet().stream()
                .filter(key -> descriptor.hyperparameter(key).isPresent())
                .forEach(key -> over.put(key, hyperparameters.get(key)));
        // Complete, so that a cell is done again when a preset has changed.
        Map<String, Object> values = RunPlan.values(
                        provider, descriptor.preset(contestant.preset()).values(), over)
                .json();
        return new RunSpec(
                facts.spec(),
                ProtocolSpec.of(protocol)
                        .withSplitSeed(splitSeed < 0 ? seed : splitSeed)
                        .withRho(share)
                        .withKeep(facts.share(mostRows)),
                scaler,
                contestant.detector(),
                contestant.preset(),
                values,
                threshold,
                seed,
                "cpu",
                null,
                threads);
    }
}

package org.oddlens.engine.comparison;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * What a comparison says.
 *
 * @param rows  one for each contestant, data set and share of anomalies
 * @param ranks mean rank by AUROC over the data sets on which all finished, 1 is best; by contestant
 * @param duels each pair of contestants
 */
public record Summary(List<SummaryRow> rows, Map<Contestant, Double> ranks, List<Duel> duels) {

    /** AUROCs closer than this are a tie. */
    public static final double TIE = 1e-4;

    /** Fewer data sets cannot give a two-sided p below 0.05. */
    public static final int FEWEST_DATA_SETS = 6;

    /** Of the results there are. */
    public static Summary of(List<CellResult> results) {
        Map<List<Object>, List<CellResult>> groups = new LinkedHashMap<>();
        for (CellResult result : results) {
            groups.computeIfAbsent(List.of(result.data(), result.rho(), result.contestant()), key -> new ArrayList<>())
                    .add(result);
        }
        List<SummaryRow> rows = groups.values().stream().map(SummaryRow::of).toList();
        Map<Contestant, Map<List<Object>, Double>> medians = new LinkedHashMap<>();
        for (SummaryRow row : rows) {
            Map<List<Object>, Double> own = medians.computeIfAbsent(row.contestant(), c -> new LinkedHashMap<>());
            if (row.auroc().n() > 0) {
                own.put(List.of(row.data(), row.rho()), row.auroc().median());
            }
        }
        return new Summary(rows, ranks(medians), duels(medians));
    }

    private static Map<Contestant, Double> ranks(Map<Contestant, Map<List<Object>, Double>> medians) {
        List<Contestant> contestants = List.copyOf(medians.keySet());
        Set<List<Object>> common = new LinkedHashSet<>();
        medians.values().forEach(own -> common.addAll(own.keySet()));
        medians.values().forEach(own -> common.retainAll(own.keySet()));
        double[] sums = new double[contestants.size()];
        for (List<Object> place : common) {
            double[] worse = contestants.stream()
                    .mapToDouble(contestant -> -medians.get(contestant).get(place))
                    .toArray();
            double[] ranked = new NaturalRanking().rank(worse);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += ranked[i];
            }
        }
        Map<Contestant, Double> ranks = new LinkedHashMap<>();
        for (int i = 0; i < sums.length; i++) {
            ranks.put(contestants.get(i), common.isEmpty() ? Double.NaN : sums[i] / common.size());
        }
        return ranks;
    }

    private static List<Duel> duels(Map<Contestant, Map<List<Object>, Double>> medians) {
        List<Contestant> contestants = List.copyOf(medians.keySet());
        List<Duel> duels = new ArrayList<>();
        for (int i = 0; i < contestants.size(); i++) {
            for (int j = i + 1; j < contestants.size(); j++) {
                duels.add(duel(contestants.get(i), contestants.get(j), medians));
            }
        }
        double[] holm = SignedRanks.holm(duels.stream().mapToDouble(Duel::p).toArray());
        for (int i = 0; i < holm.length; i++) {
            duels.set(i, duels.get(i).withHolm(holm[i]));
        }
        return duels;
    }

    private static Duel duel(Contestant first, Contestant second, Map<Contestant, Map<List<Object>, Double>> medians) {
        Map<List<Object>, Double> others = medians.get(second);
        double[] differences = medians.get(first).entrySet().stream()
                .filter(entry -> others.containsKey(entry.getKey()))
                .mapToDouble(entry -> entry.getValue() - others.get(entry.getKey()))
                .map(difference -> Math.abs(difference) < TIE ? 0 : difference)
                .toArray();
        int wins = 0;
        int losses = 0;
        for (double difference : differences) {
            wins += difference > 0 ? 1 : 0;
            losses += difference < 0 ? 1 : 0;
        }
        return new Duel(
                first,
                second,
                wins,
                differences.length - wins - losses,
                losses,
                SignedRanks.p(differences),
                Double.NaN);
    }

    /** Contestants in their order. */
    List<Contestant> contestants() {
        return List.copyOf(ranks.keySet());
    }
}

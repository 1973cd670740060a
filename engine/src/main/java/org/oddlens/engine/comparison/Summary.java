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

    /** Of the results there are. */
    public static Summary of(List<CellResult> results) {
        Map<List<Object>, List<CellResult>> groups = new LinkedHashMap<>();
        for (CellResult result : results) {
            groups.computeIfAbsent(List.of(result.data(), result.rho(), result.contestant()), key -> new ArrayList<>())
                    .add(result);
        }
        List<SummaryRow> rows = groups.values().stream().map(SummaryRow::of).toList();
        Map<Contestant, Map<String, Double>> medians = medians(rows);
        return new Summary(rows, ranks(medians), duels(medians));
    }

    /** Mean ranks at one share of anomalies alone. */
    Map<Contestant, Double> ranksAt(double rho) {
        return ranks(medians(rows.stream().filter(row -> row.rho() == rho).toList()));
    }

    /**
     * One number for each contestant and data set, because results on the same data with more or fewer anomalies in
     * training are no independent evidence: the median AUROC of the seeds, averaged over those shares.
     */
    private static Map<Contestant, Map<String, Double>> medians(List<SummaryRow> rows) {
        Map<Contestant, Map<String, List<Double>>> found = new LinkedHashMap<>();
        for (SummaryRow row : rows) {
            List<Double> shares = found.computeIfAbsent(row.contestant(), c -> new LinkedHashMap<>())
                    .computeIfAbsent(row.data(), d -> new ArrayList<>());
            shares.add(row.auroc().n() > 0 ? row.auroc().median() : Double.NaN);
        }
        Map<Contestant, Map<String, Double>> medians = new LinkedHashMap<>();
        found.forEach((contestant, byData) -> {
            Map<String, Double> own = medians.computeIfAbsent(contestant, c -> new LinkedHashMap<>());
            byData.forEach((data, shares) -> {
                double mean = shares.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
                if (!Double.isNaN(mean)) {
                    own.put(data, mean);
                }
            });
        });
        return medians;
    }

    private static Map<Contestant, Double> ranks(Map<Contestant, Map<String, Double>> medians) {
        List<Contestant> contestants = List.copyOf(medians.keySet());
        Set<String> common = new LinkedHashSet<>();
        medians.values().forEach(own -> common.addAll(own.keySet()));
        medians.values().forEach(own -> common.retainAll(own.keySet()));
        double[] sums = new double[contestants.size()];
        for (String data : common) {
            double[] worse = contestants.stream()
                    .mapToDouble(contestant -> -medians.get(contestant).get(data))
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

    private static List<Duel> duels(Map<Contestant, Map<String, Double>> medians) {
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

    private static Duel duel(Contestant first, Contestant second, Map<Contestant, Map<String, Double>> medians) {
        Map<String, Double> others = medians.get(second);
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

    /**
     * The smallest corrected p-value that the clearest result could have: n data sets all won by one of a pair give
     * 2 / 2ⁿ, and Holm multiplies the smallest by the number of pairs. 1 at most.
     */
    double smallestPossibleP() {
        long sets = rows.stream().map(SummaryRow::data).distinct().count();
        return Math.min(1, duels.size() * Math.pow(2, 1 - sets));
    }

    /** Contestants in their order. */
    List<Contestant> contestants() {
        return List.copyOf(ranks.keySet());
    }
}

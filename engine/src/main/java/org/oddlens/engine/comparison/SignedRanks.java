package org.oddlens.engine.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.stat.ranking.NaturalRanking;

/**
 * The Wilcoxon signed-rank test of paired values, and Holm's correction for several tests.
 *
 * <p>Zero differences are left out. Up to {@value #EXACT} differences the p-value is exact, ties included: all signs are
 * equally likely under the null hypothesis and are counted out; beyond, normal with correction for ties and continuity.
 * Wilcoxon 1945, doi:10.2307/3001968; Holm 1979; Demšar 2006 recommends both for detectors over data sets. Ranks and the
 * normal distribution are those of Commons Math, whose own test keeps zero differences and is not exact with ties.
 */
final class SignedRanks {

    private static final int EXACT = 20;

    private SignedRanks() {}

    /** Two-sided p-value; NaN if no pair differs. */
    static double p(double[] differences) {
        double[] different = Arrays.stream(differences).filter(d -> d != 0).toArray();
        if (different.length == 0) {
            return Double.NaN;
        }
        double[] ranks = new NaturalRanking()
                .rank(Arrays.stream(different).map(Math::abs).toArray());
        double positive = 0;
        for (int i = 0; i < ranks.length; i++) {
            positive += different[i] > 0 ? ranks[i] : 0;
        }
        double smaller = Math.min(positive, Arrays.stream(ranks).sum() - positive);
        return Math.min(1, ranks.length <= EXACT ? exact(ranks, smaller) : normal(ranks, smaller));
    }

    /** Ranks may be halves where values are equal, so sums are counted in halves. */
    private static double exact(double[] ranks, double smaller) {
        int total = (int) Math.round(2 * Arrays.stream(ranks).sum());
        double[] ways = new double[total + 1];
        ways[0] = 1;
        for (double rank : ranks) {
            int twice = (int) Math.round(2 * rank);
            for (int sum = total; sum >= twice; sum--) {
                ways[sum] += ways[sum - twice];
            }
        }
        double below = 0;
        for (int sum = 0; sum <= Math.round(2 * smaller); sum++) {
            below += ways[sum];
        }
        return 2 * below / Math.pow(2, ranks.length);
    }

    private static double normal(double[] ranks, double smaller) {
        double mean = Arrays.stream(ranks).sum() / 2;
        double variance = Arrays.stream(ranks).map(r -> r * r).sum() / 4;
        return 2 * new NormalDistribution(0, 1).cumulativeProbability((smaller + 0.5 - mean) / Math.sqrt(variance));
    }

    /** Holm's step-down correction; NaN stays and does not count. */
    static double[] holm(double[] p) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            if (!Double.isNaN(p[i])) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingDouble(i -> p[i]));
        double[] corrected = p.clone();
        double before = 0;
        for (int k = 0; k < order.size(); k++) {
            before = Math.max(before, Math.min(1, (order.size() - k) * p[order.get(k)]));
            corrected[order.get(k)] = before;
        }
        return corrected;
    }
}

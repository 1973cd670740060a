package org.oddlens.engine.comparison;

/**
 * Two contestants over the data sets both finished on, by the median AUROC of their seeds.
 *
 * @param wins   data sets on which the first is better
 * @param ties   data sets on which they differ by less than {@value Summary#TIE}
 * @param losses data sets on which the second is better
 * @param p      two-sided Wilcoxon signed-rank test over the data sets; NaN if they never differ
 * @param holm   the same after Holm's correction for the number of pairs
 */
public record Duel(Contestant first, Contestant second, int wins, int ties, int losses, double p, double holm) {

    Duel withHolm(double corrected) {
        return new Duel(first, second, wins, ties, losses, p, corrected);
    }
}

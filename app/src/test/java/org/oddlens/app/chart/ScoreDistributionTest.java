package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How scores are counted when a few lie far from all others. */
class ScoreDistributionTest {

    private static double[] evenly(int n) {
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            scores[i] = i / (double) n;
        }
        return scores;
    }

    @Test
    void anOutlierGoesIntoTheLastBinInsteadOfSqueezingAllOthers() {
        double[] scores = evenly(1000);
        scores[999] = 300;
        ScoreDistribution counted = ScoreDistribution.of(scores, new byte[1000], 50);
        assertThat(counted.cutHigh()).isTrue();
        assertThat(counted.cutLow()).isFalse();
        assertThat(counted.high()).isLessThan(1.1);
        assertThat(Arrays.stream(counted.counts()[0]).sum()).isEqualTo(1000);
        assertThat(counted.range(49).high()).isEqualTo(300);
        assertThat(counted.counts()[0][49]).isEqualTo(counted.atOrAbove(counted.edge(49)));
    }

    @Test
    void anOutlierBelowGoesIntoTheFirstBin() {
        double[] scores = evenly(1000);
        scores[0] = -50;
        ScoreDistribution counted = ScoreDistribution.of(scores, new byte[1000], 50);
        assertThat(counted.cutLow()).isTrue();
        assertThat(counted.cutHigh()).isFalse();
        assertThat(counted.range(0).low()).isEqualTo(-50);
    }

    @Test
    void showsAllScoresWhereNoneSqueezesTheOthers() {
        ScoreDistribution counted = ScoreDistribution.of(evenly(1000), new byte[1000], 50);
        assertThat(counted.cutLow() || counted.cutHigh()).isFalse();
        assertThat(counted.range(49)).isEqualTo(new ScoreRange(counted.edge(49), counted.edge(50), true));
    }
}

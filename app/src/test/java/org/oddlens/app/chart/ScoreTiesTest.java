package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row lies in exactly one bar, and the bar that counts it is the bar that selects it. */
class ScoreTiesTest {

    private static double[] scores(int seed) {
        Random random = new Random(seed);
        return IntStream.range(0, 3000)
                .mapToDouble(i -> i % 3 == 0 ? random.nextInt(60) * 0.1 : random.nextDouble() * 6)
                .toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aBarSelectsTheRowsItCounts(int seed) {
        double[] scores = scores(seed);

        ScoreDistribution counted = ScoreDistribution.of(scores, new byte[scores.length], 60);

        for (int bin = 0; bin < 60; bin++) {
            ScoreRange range = counted.range(bin);
            assertThat(Arrays.stream(scores).filter(range::contains).count())
                    .as("bar %d", bin)
                    .isEqualTo(counted.counts()[0][bin]);
        }
    }

    @Test
    void anOutermostBarSelectsWhatLiesBeyondItToo() {
        double[] scores = scores(4);
        scores[0] = 900;
        scores[1] = -900;

        ScoreDistribution counted = ScoreDistribution.of(scores, new byte[scores.length], 50);

        assertThat(counted.range(49).contains(900)).isTrue();
        assertThat(counted.range(0).contains(-900)).isTrue();
        assertThat(counted.range(1).contains(-900)).isFalse();
    }

    /** 0.7 is no float: the nearest one is smaller, so that a row at a threshold of 0.7 would no longer reach it. */
    @Test
    void aScoreAtTheThresholdReachesIt() {
        ScoreDistribution counted = ScoreDistribution.of(new double[] {0.1, 0.7, 0.9}, new byte[3], 4);

        assertThat(counted.atOrAbove(0.7)).isEqualTo(2);
        assertThat(counted.atOrAbove(Math.nextUp(0.7))).isEqualTo(1);
    }
}

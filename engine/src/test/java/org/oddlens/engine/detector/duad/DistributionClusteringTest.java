package org.oddlens.engine.detector.duad;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;

class DistributionClusteringTest {

    private static final RandomStreams STREAMS = new RandomStreams(11);

    /** Rows 0 to 59 and 60 to 119 are tight, 120 to 149 are wide. */
    private static float[] twoTightOneWide() {
        CounterRandom random = STREAMS.stream("planted");
        float[] rows = new float[300];
        for (int i = 0; i < 150; i++) {
            double spread = i < 120 ? 0.05 : 1.5;
            double centre = i < 60 ? -5 : i < 120 ? 5 : 0;
            rows[2 * i] = (float) (centre + spread * random.nextGaussian());
            rows[2 * i + 1] = (float) ((i < 120 ? 0 : 12) + spread * random.nextGaussian());
        }
        return rows;
    }

    @Test
    void rejectsTheWideOneOfThreePlantedClusters() {
        TightClusters found = clustering(3).of(twoTightOneWide(), 2, STREAMS.stream("fit"));

        assertThat(found.kept(40, 0)).containsExactly(first(120));
    }

    @Test
    void keepsAllRowsWhenNothingIsToBeRejected() {
        TightClusters found = clustering(20).of(twoTightOneWide(), 2, STREAMS.stream("fit"));

        assertThat(found.kept(0, 0)).containsExactly(first(150));
    }

    @Test
    void keepsFurtherClustersUntilThereAreEnoughRows() {
        TightClusters found = clustering(3).of(twoTightOneWide(), 2, STREAMS.stream("fit"));

        assertThat(found.kept(60, 0).length).isEqualTo(60);
        assertThat(found.kept(60, 100)).containsExactly(first(120));
        assertThat(found.kept(60, 150)).containsExactly(first(150));
    }

    @Test
    void looksForNoMoreClustersThanAFifthOfTheRows() {
        assertThat(clustering(50)
                        .of(twoTightOneWide(), 2, STREAMS.stream("fit"))
                        .variances())
                .hasSize(30);
    }

    @Test
    void clustersEqualRowsAsOne() {
        float[] equal = new float[40];
        Arrays.fill(equal, 0.25f);

        assertThat(clustering(4).of(equal, 2, STREAMS.stream("fit")).kept(35, 0))
                .containsExactly(first(20));
    }

    /** 60 features, of which only the first tells the clusters apart. */
    @Test
    void clustersWideRowsByTheirPrincipalComponents() {
        CounterRandom random = STREAMS.stream("wide");
        float[] rows = new float[120 * 60];
        for (int i = 0; i < 120; i++) {
            double spread = i < 80 ? 0.01 : 1;
            for (int j = 0; j < 60; j++) {
                rows[i * 60 + j] = (float) (spread * random.nextGaussian());
            }
            rows[i * 60] += i < 40 ? -20 : i < 80 ? 20 : 60;
        }

        assertThat(clustering(3).of(rows, 60, STREAMS.stream("fit")).kept(40, 0))
                .containsExactly(first(80));
    }

    @Test
    void fitsToASampleOfManyRowsAndAssignsThemAll() {
        CounterRandom random = STREAMS.stream("many");
        int n = DistributionClustering.MOST_ROWS + 3000;
        float[] rows = new float[n];
        for (int i = 0; i < n; i++) {
            rows[i] = (float) (i % 3 == 0 ? 50 + 5 * random.nextGaussian() : 0.1 * random.nextGaussian());
        }

        int[] kept = clustering(2).of(rows, 1, STREAMS.stream("fit")).kept(50, 0);
        assertThat(Arrays.stream(kept).boxed()).hasSize(n - (n + 2) / 3).allMatch(row -> row % 3 != 0);
    }

    private static DistributionClustering clustering(int clusters) {
        return new DistributionClustering(clusters, () -> true);
    }

    private static int[] first(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }
}

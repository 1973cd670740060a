package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.study.RunSnapshot;

/** What becomes of a snapshot's scores on their way to the charts. */
class SnapshotPictureTest {

    /** None of them is a float, and each nearest float is smaller. */
    private static final double[] SCORES = {0.7, 0.1 + 0.2 + 0.4, 1.4, 2.8};

    private static SnapshotPicture picture() {
        float[] code = {1, 2, 3, 4};
        float[] heights = {-1, 0, 1, 2};
        return SnapshotPicture.of(
                new RunSnapshot(
                        3,
                        new int[] {4, 7, 9, 11},
                        new String[] {"a", "b", "c", "d"},
                        new byte[] {0, 0, 1, 1},
                        SCORES,
                        List.of(new RunSnapshot.Space(
                                "code", "Code", 1, code, heights, "Code", "log10 of the anomaly score", List.of())),
                        List.of(),
                        null),
                4,
                2,
                Double.NaN);
    }

    @Test
    void keepsScoresAsTheEngineWroteThem() {
        assertThat(picture().distribution().sorted()).containsExactly(sorted());
        assertThat(picture().spaces().get(0).frame().score()).containsExactly(SCORES);
        assertThat(picture().ranked()).extracting(RowItem::score).containsExactly(2.8, 1.4, 0.1 + 0.2 + 0.4, 0.7);
    }

    @Test
    void everyRowReachesAThresholdThatIsItsOwnScore() {
        for (double threshold : SCORES) {
            int ranked = (int) picture().ranked().stream()
                    .filter(row -> row.score() >= threshold)
                    .count();

            assertThat(picture().distribution().atOrAbove(threshold)).isEqualTo(ranked);
        }
    }

    @Test
    void placesACodeOfOneDimensionWhereTheEngineSays() {
        assertThat(picture().spaces().get(0).frame().y()).containsExactly(-1, 0, 1, 2);
    }

    @Test
    void callsRowsInThePictureAsTheTableDoes() {
        assertThat(picture().spaces().get(0).frame().names()).containsExactly("a", "b", "c", "d");
        assertThat(picture().ranked()).extracting(RowItem::id).containsExactly("d", "c", "b", "a");
    }

    private static double[] sorted() {
        double[] sorted = SCORES.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}

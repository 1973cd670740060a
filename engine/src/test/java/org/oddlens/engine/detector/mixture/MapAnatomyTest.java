package org.oddlens.engine.detector.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.run.Tensor;

/** By hand: a map of 2 · 2 units, four rows in three dimensions, of which two are won by unit (0, 1) and none by (1, 0). */
class MapAnatomyTest {

    private static final float[] SPACE = {
        0, 0, 5, //
        0, 1, 1, //
        0, 1, 3, //
        1, 1, 7
    };

    private final Map<String, Tensor> arrays = new MapAnatomy(2, SPACE, new float[] {-8, 2, 4, 16}, 3).arrays();

    @Test
    void countsTheRowsThatEachUnitWins() {
        assertThat(values("map-hits")).containsExactly(1, 2, 0, 1);
        assertThat(values("map-use")).containsExactly(.25f, .5f, 0, .25f);
        assertThat(values("map-shape")).containsExactly(2, 2);
    }

    @Test
    void averagesTheScoresOfThemAndGivesZeroWithoutRows() {
        assertThat(values("map-score")).containsExactly(-8, 3, 0, 16);
    }

    @Test
    void liesWhereItsRowsLieOnAverageOrWhereAllDoWithoutRows() {
        assertThat(values("map")).containsExactly(0, 0, 5, 0, 1, 2, 1, 0, 4, 1, 1, 7);
    }

    private float[] values(String name) {
        return arrays.get(name).values();
    }
}

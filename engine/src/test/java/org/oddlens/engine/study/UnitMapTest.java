package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.AnatomyObject.Kind;

class UnitMapTest {

    private static final List<AnatomyObject> MAP = List.of(new AnatomyObject("map", "Map units", Kind.GRID));

    @Test
    void readsShapeScoresAndHits() {
        UnitMap map = UnitMap.of(
                        Map.of(
                                "map-shape", floats(1, 3),
                                "map-score", floats(.5f, 0, 2),
                                "map-hits", floats(4, 0, 1)),
                        MAP)
                .get(0);

        assertThat(map.label()).isEqualTo("Map units");
        assertThat(map.rows()).isEqualTo(1);
        assertThat(map.columns()).isEqualTo(3);
        assertThat(map.scores()).containsExactly(.5f, 0, 2);
        assertThat(map.hits()).containsExactly(4, 0, 1);
    }

    @Test
    void isNotThereInRunsOfEarlierVersions() {
        assertThat(UnitMap.of(Map.of("map-shape", floats(1, 3), "map-use", floats(1, 0, 0)), MAP))
                .isEmpty();
    }

    /** Without the last score quartiles are 1 and 3, so 9 is the end; and the score of a unit without rows is none. */
    @Test
    void lendsItsColoursToMostUnitsWhereOneIsFarFromAll() {
        UnitMap even = UnitMap.of("", 1, 5, new float[] {0, 1, 2, 3, 4}, new int[] {1, 1, 1, 1, 1});
        UnitMap far = UnitMap.of("", 1, 6, new float[] {0, 1, 2, 3, 900, -70}, new int[] {1, 1, 1, 1, 1, 0});

        assertThat(even.low()).isZero();
        assertThat(even.high()).isEqualTo(4);
        assertThat(far.low()).isZero();
        assertThat(far.high()).isEqualTo(9);
    }

    @Test
    void hasColoursForEqualScoresAndForNone() {
        UnitMap equal = UnitMap.of("", 1, 2, new float[] {7, 7}, new int[] {1, 1});
        UnitMap none = UnitMap.of("", 1, 2, new float[2], new int[2]);

        assertThat(equal.low()).isEqualTo(7);
        assertThat(equal.high()).isEqualTo(7);
        assertThat(none.low()).isLessThan(none.high());
    }

    private static NpyArray floats(float... values) {
        return new NpyArray("float32", new int[] {values.length}, values);
    }
}

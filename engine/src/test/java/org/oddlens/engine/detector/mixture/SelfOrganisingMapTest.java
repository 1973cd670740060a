package org.oddlens.engine.detector.mixture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.detector.mixture.SelfOrganisingMap.Neighbourhood;
import org.oddlens.engine.detector.mixture.SelfOrganisingMap.Schedule;
import org.oddlens.engine.run.RandomStreams;

class SelfOrganisingMapTest {

    private static final RandomStreams STREAMS = new RandomStreams(3);

    /** By hand: 0.6 of the way from (0, 0) to (1, 1). */
    @Test
    void movesTheWinnerTheRatesShareOfTheWay() {
        SelfOrganisingMap map = new SelfOrganisingMap(2, 2, new double[] {0, 0, -5, 0, 0, -5, -5, -5});

        assertThat(map.update(new double[] {1, 1}, 0, new Schedule(8000, 0.6, 1, Neighbourhood.BUBBLE)))
                .isZero();
        assertThat(map.units()).containsExactly(new double[] {.6, .6, -5, 0, 0, -5, -5, -5}, within(1e-12));
    }

    @Test
    void movesAllFourUnitsOfASmallMapAtRadiusTwo() {
        double[] before = {0, 0, -5, 0, 0, -5, -5, -5};
        SelfOrganisingMap map = new SelfOrganisingMap(2, 2, before.clone());
        map.update(new double[] {1, 1}, 0, new Schedule(8000, 0.6, 2, Neighbourhood.BUBBLE));

        for (int u = 0; u < 4; u++) {
            assertThat(map.units()[2 * u]).isGreaterThan(before[2 * u]);
        }
    }

    @Test
    void startsWithUnitsOfLengthOne() {
        double[] units = SelfOrganisingMap.start(4, 5, STREAMS.stream("start")).units();
        for (int u = 0; u < 16; u++) {
            double squares =
                    Arrays.stream(units, 5 * u, 5 * u + 5).map(v -> v * v).sum();
            assertThat(squares).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void bringsItsUnitsNearerToTheRows() {
        float[] rows = ToyData.rows(100, 0, 1);
        SelfOrganisingMap map = SelfOrganisingMap.start(4, ToyData.FEATURES, STREAMS.stream("start"));
        double before = error(map, rows);
        map.train(rows, new Schedule(8000, 0.6, 2, Neighbourhood.BUBBLE), STREAMS.stream("order"), () -> true);

        assertThat(error(map, rows)).isLessThan(0.5 * before);
    }

    @Test
    void endsWhenTold() {
        SelfOrganisingMap map = SelfOrganisingMap.start(4, ToyData.FEATURES, STREAMS.stream("start"));
        double[] before = map.units();
        map.train(
                ToyData.rows(100, 0, 1),
                new Schedule(8000, 0.6, 2, Neighbourhood.BUBBLE),
                STREAMS.stream("order"),
                () -> false);

        assertThat(map.units()).containsExactly(before);
    }

    @Test
    void placesARowBetweenEqualUnitsOnTheFirst() {
        SameDiff graph = SameDiff.create();
        double[][] units = {{9, 9}, {1, 0}, {1, 0}, {0, 1}, {0, 1}, {9, 8}};
        double[] places = new MapPlaces(graph, 2, 3)
                .of(
                        graph.var("x", Nd4j.createFromArray(new double[][] {{1, 0}, {.5, .5}, {0, 1}})),
                        graph.var("units", Nd4j.createFromArray(units)))
                .eval()
                .dup('c')
                .data()
                .asDouble();

        assertThat(places).containsExactly(0, .5, 0, .5, 1, 0);
    }

    private static double error(SelfOrganisingMap map, float[] rows) {
        double sum = 0;
        double[] row = new double[ToyData.FEATURES];
        for (int i = 0; i < rows.length / row.length; i++) {
            for (int j = 0; j < row.length; j++) {
                row[j] = rows[i * row.length + j];
            }
            sum += map.distance(row);
        }
        return sum;
    }
}

package org.oddlens.engine.detector.mixture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.Golden;
import org.oddlens.engine.detector.mixture.SelfOrganisingMap.Neighbourhood;
import org.oddlens.engine.detector.mixture.SelfOrganisingMap.Schedule;

/** The map against golden file 11, made with MiniSom; tolerance 1e-9. */
class SelfOrganisingMapGoldenTest {

    private final Golden golden = Golden.open("11_som.npz");
    private final int rows = golden.shape("W0")[0];
    private final int columns = golden.shape("W0")[1];
    private final int features = golden.shape("W0")[2];

    @ParameterizedTest
    @CsvSource({
        "bubble_s1, false",
        "bubble_s2, false",
        "bubble_s2_shuffled, true",
        "gauss_s15, false",
        "gauss_s1_shuffled, true"
    })
    void movesItsUnitsAsTheReferenceDoes(String run, boolean shuffled) {
        int steps = (int) golden.scalar("steps");
        Schedule schedule = schedule(run);
        SelfOrganisingMap map = new SelfOrganisingMap(rows, columns, golden.values("W0"));
        double[] winners = new double[2 * steps];
        for (int step = 0; step < steps; step++) {
            int row = shuffled ? (int) golden.values("order")[step] : step % golden.shape("X")[0];
            int winner = map.update(row(row), step, schedule);
            winners[2 * step] = winner / columns;
            winners[2 * step + 1] = winner % columns;
            if (step == 0) {
                golden.assertEquals(run + "_W1", map.units(), 1e-9, 1e-12);
            } else if (step == 9) {
                golden.assertEquals(run + "_W10", map.units(), 1e-9, 1e-12);
            }
        }

        golden.assertEquals(run + "_W", map.units(), 1e-9, 1e-12);
        golden.assertEquals(run + "_winners", winners, 0, 0);
        double error = 0;
        for (int i = 0; i < golden.shape("X")[0]; i++) {
            error += map.distance(row(i)) / golden.shape("X")[0];
        }
        golden.assertEquals(run + "_quantisation_error", new double[] {error}, 1e-9, 1e-12);
    }

    @ParameterizedTest
    @CsvSource({"bubble_s1", "bubble_s2", "bubble_s2_shuffled", "gauss_s15", "gauss_s1_shuffled"})
    void findsTheReferencesPlacesInsideTheGraph(String run) {
        SameDiff graph = SameDiff.create();
        INDArray units = golden.array(run + "_W").reshape('c', (long) rows * columns, features);
        SDVariable places =
                new MapPlaces(graph, rows, columns).of(graph.var("x", golden.array("X")), graph.var("units", units));

        golden.assertEquals(run + "_coords", places.eval(), 1e-9, 1e-12);
    }

    @Test
    void followsTheReferencesSchedules() {
        int steps = (int) golden.scalar("steps");
        Schedule schedule = new Schedule(steps, golden.scalar("lr"), 2, Neighbourhood.BUBBLE);
        double[] rates = new double[steps];
        double[] radii = new double[steps];
        Arrays.setAll(rates, schedule::rateAt);
        Arrays.setAll(radii, schedule::radiusAt);

        golden.assertEquals("lr_schedule", rates, 1e-12, 0);
        golden.assertEquals("sigma_schedule", radii, 1e-12, 0);
    }

    /** The reference's rule has no lower end; a map of one unit would say nothing. */
    @Test
    void sizesItsGridByTheNumberOfRows() {
        double[] sides = golden.values("grid_side");
        for (int i = 0; i < sides.length; i++) {
            assertThat(SomDagmm.automaticSide((long) golden.values("grid_n")[i]))
                    .isEqualTo((int) Math.max(2, sides[i]));
        }
    }

    private Schedule schedule(String run) {
        return new Schedule(
                (int) golden.scalar("steps"),
                golden.scalar("lr"),
                golden.scalar(run + "_sigma"),
                Neighbourhood.valueOf(run.startsWith("gauss") ? "GAUSSIAN" : "bubble".toUpperCase(Locale.ROOT)));
    }

    private double[] row(int index) {
        return Arrays.copyOfRange(golden.values("X"), index * features, (index + 1) * features);
    }
}

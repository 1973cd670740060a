package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.oddlens.app.chart.Curve;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunEvent;

/** Curves have values where something was measured, and nowhere else. */
class EpochCurvesTest {

    private static final String NOW = "2026-01-30T14:22:33Z";

    private final RunViewModel run = new RunViewModel(
            "r",
            "DUAD",
            new SnapshotSource() {
                @Override
                public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {}

                @Override
                public void result(Consumer<Result> taker) {}
            },
            row -> new CompletableFuture<>(),
            Runnable::run);

    private List<Curve> curves() {
        return new EpochCurves(run, DetectorRegistry.installed().get("duad").descriptor()).curves();
    }

    private void epoch(int number, Map<String, Double> terms, Double auroc) {
        run.publish(new RunEvent.Epoch(NOW, number, number, terms, null, 1e-3, 0.1, auroc, auroc != null));
    }

    /** DUAD chooses its rows anew every tenth epoch and trains nothing in it. */
    @Test
    void anEpochWithoutStepsIsNoPointOfATerm() {
        for (int number = 1; number <= 30; number++) {
            epoch(number, number % 10 == 0 ? Map.of() : Map.of("reconstruction", 1.0 / number), null);
        }

        Curve curve = curves().get(0);

        assertThat(curve.epoch()).hasSize(27).doesNotContain(10, 20, 30);
        assertThat(curve.value()).doesNotContain(Double.NaN);
    }

    @Test
    void aLossThatIsNotANumberStaysOne() {
        epoch(1, Map.of("reconstruction", 0.5), null);
        epoch(2, Map.of("reconstruction", Double.NaN), null);

        assertThat(curves().get(0).value()).containsExactly(0.5, Double.NaN);
    }

    @Test
    void aTermThatComesLaterBeginsWhereItCame() {
        epoch(1, Map.of("reconstruction", 0.5), null);
        Map<String, Double> both = new LinkedHashMap<>();
        both.put("reconstruction", 0.4);
        both.put("entropy", 0.1);
        epoch(2, both, null);

        assertThat(curves()).extracting(Curve::epoch).containsExactly(new double[] {1, 2}, new double[] {2});
    }

    @Test
    void aurocHasTheEpochsThatWereScored() {
        epoch(0, Map.of(), 0.5);
        epoch(1, Map.of("reconstruction", 0.5), null);
        epoch(2, Map.of("reconstruction", 0.4), 0.8);

        Curve auroc = curves().get(1);
        assertThat(auroc.name()).isEqualTo("AUROC");
        assertThat(auroc.epoch()).containsExactly(0, 2);
    }
}

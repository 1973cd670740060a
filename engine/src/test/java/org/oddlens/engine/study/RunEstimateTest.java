package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.detector.NetworkShape;

class RunEstimateTest {

    private static final long TWO_GIGABYTES = 2L << 30;

    /** As the default autoencoder on 20 rows of 100,000 numbers: its folder had 756 MB, its process 7.3 GB without a limit. */
    private static final NetworkShape WIDE = new NetworkShape(
            List.of(100_000, 512, 256, 128, 32, 128, 256, 512, 100_000), Map.of("network", 102_837_696L), List.of());

    private static final NetworkShape SMALL =
            new NetworkShape(List.of(12, 8, 2, 8, 12), Map.of("network", 1_000L), List.of());

    @Test
    void tellsTheNumbersOfARunThatIsOutOfTheOrdinary() {
        RunEstimate estimate = RunEstimate.of(WIDE, 100_000, 20, 20, 1, TWO_GIGABYTES);

        assertThat(estimate.folderBytes() >> 20).isBetween(756L / 2, 756L * 2);
        assertThat(estimate.memoryBytes() >> 20).isBetween(7_300L / 2, 7_300L * 2);
        assertThat(estimate.sentences()).hasSize(3);
        assertThat(estimate.sentences().get(0))
                .contains("102,837,696 parameters")
                .contains("20 rows");
        assertThat(estimate.sentences().get(1)).contains("2,048 MB").contains("-Xmx");
        assertThat(estimate.sentences().get(2)).contains("run folder");
    }

    @Test
    void saysNothingOfAnOrdinaryRun() {
        RunEstimate estimate = RunEstimate.of(SMALL, 12, 5_000, 10_000, 100, TWO_GIGABYTES);

        assertThat(estimate.sentences()).isEmpty();
        estimate.require(TWO_GIGABYTES);
    }

    @Test
    void refusesOnlyWhatCertainlyCannotWork() {
        RunEstimate estimate = RunEstimate.of(WIDE, 100_000, 20, 20, 1, TWO_GIGABYTES);

        estimate.require(TWO_GIGABYTES);
        assertThatThrownBy(() -> estimate.require(1L << 30))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("102,837,696 parameters")
                .hasMessageContaining("1,024 MB")
                .hasMessageContaining("JDK_JAVA_OPTIONS=-Xmx");
    }
}

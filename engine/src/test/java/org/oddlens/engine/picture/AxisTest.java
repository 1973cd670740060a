package org.oddlens.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {
    @Test
    void endsAreMappedToTheEnds() {
        Axis axis = new Axis(2, 6, 100, 20, false);

        assertThat(axis.pixel(2)).isEqualTo(100);
        assertThat(axis.pixel(6)).isEqualTo(20);
        assertThat(axis.pixel(4)).isEqualTo(60);
    }

    @Test
    void logarithmicMiddleIsTheGeometricMean() {
        assertThat(new Axis(0.01, 1, 0, 100, true).pixel(0.1)).isCloseTo(50, within(1e-9));
    }

    @Test
    void ticksAreRoundValues() {
        assertThat(texts(new Axis(-0.1, 1.05, 0, 100, false).ticks(6)))
                .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1.0");
    }

    @Test
    void logarithmicTicksAreOneTwoFive() {
        assertThat(texts(new Axis(0.04, 1.1, 0, 100, true).ticks(6))).containsExactly("0.05", "0.1", "0.2", "0.5", "1");
    }

    @Test
    void epochsHaveNoFractions() {
        assertThat(texts(new Axis(1, 3, 0, 100, false).wholeTicks(8))).containsExactly("1", "2", "3");
    }

    @Test
    void largeAndSmallValuesTurnToPowers() {
        assertThat(texts(new Axis(0, 400_000, 0, 100, false).ticks(2))).containsExactly("0", "2e5", "4e5");
        assertThat(texts(new Axis(0, 4e-7, 0, 100, false).ticks(2))).containsExactly("0", "2e-7", "4e-7");
    }

    @Test
    void axisWithoutLengthIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Axis(1, 1, 0, 100, false));
        assertThatIllegalArgumentException().isThrownBy(() -> new Axis(0, 1, 0, 100, true));
    }

    private static List<String> texts(List<Axis.Tick> ticks) {
        return ticks.stream().map(Axis.Tick::text).toList();
    }
}

package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Smoothing, thinning, ticks and number texts. */
class CurvePartsTest {

    @Test
    void smoothsWithoutBiasTowardsZero() {
        // by hand, w = 0.5: (0.5·4)/0.5 = 4; (0.5·2 + 0.5·2)/0.75 = 8/3; (0.5·2 + 0.5·0)/0.875 = 8/7
        double[] smooth = Smoothing.debiasedMean(new double[] {4, 2, 0}, 0.5);
        assertThat(smooth).containsExactly(new double[] {4, 8 / 3.0, 8 / 7.0}, within(1e-12));
    }

    @Test
    void leavesAConstantSeriesAloneAndStepsOverNaN() {
        double[] smooth = Smoothing.debiasedMean(new double[] {3, Double.NaN, 3, 3}, 0.99);
        assertThat(smooth[0]).isCloseTo(3, within(1e-9));
        assertThat(smooth[1]).isNaN();
        assertThat(smooth[3]).isCloseTo(3, within(1e-9));
        assertThat(Smoothing.debiasedMean(new double[] {5, 1}, 0)).containsExactly(5, 1);
    }

    @Test
    void keepsFirstLowestHighestAndLastOfAColumn() {
        double[] x = new double[1000];
        double[] y = new double[1000];
        Arrays.setAll(x, i -> i);
        Random random = new Random(1);
        Arrays.setAll(y, i -> random.nextDouble());
        y[437] = 9;
        y[612] = -9;
        int[] kept = ColumnThinning.keep(x, y, 20);
        assertThat(kept).hasSizeLessThanOrEqualTo(4 * 21).isSorted().contains(0, 999, 437, 612);
    }

    @Test
    void keepsEverythingThatFitsAndEveryBreak() {
        assertThat(ColumnThinning.keep(new double[] {1, 2, 3}, new double[] {1, 1, 1}, 10))
                .containsExactly(0, 1, 2);
        double[] x = new double[500];
        double[] y = new double[500];
        Arrays.setAll(x, i -> i);
        y[250] = Double.NaN;
        assertThat(ColumnThinning.keep(x, y, 5)).contains(250);
        double[] same = new double[500];
        assertThat(ColumnThinning.keep(same, y, 5)).contains(0, 499, 250);
    }

    @Test
    void putsBrokenAndNonPositiveValuesAside() {
        Curve curve = Curve.of(
                "loss", Curve.Kind.LOSS, false, 10, 1, Double.NaN, Double.NaN, 0, -2, Double.POSITIVE_INFINITY);
        DrawnCurve drawn = DrawnCurve.of(curve, 0, true, 100);
        assertThat(drawn.y()[0]).isEqualTo(1);
        assertThat(drawn.notPositive()).containsExactly(5, 6);
        assertThat(drawn.marks()).hasSize(2);
        assertThat(drawn.marks().get(0)).isEqualTo(new DrawnCurve.Mark(3, 0, "NaN, epoch 3"));
        assertThat(drawn.marks().get(1).text()).isEqualTo("+∞, epoch 7");
    }

    @Test
    void breaksALineWhereEpochsAreMissing() {
        Curve curve =
                new Curve("loss", Curve.Kind.LOSS, false, new double[] {1, 2, 5, 8, 9}, new double[] {9, 8, 7, 6, 5});

        DrawnCurve drawn = DrawnCurve.of(curve, 0, false, 100);

        assertThat(drawn.y()).containsExactly(9, 8, Double.NaN, 7, Double.NaN, 6, 5);
        assertThat(drawn.alone()).containsExactly(5);
        assertThat(drawn.aloneY()).containsExactly(7);
        assertThat(drawn.marks()).isEmpty();
    }

    @Test
    void putsEachCurveOnAScaleOfItsOwn() {
        DrawnCurve drawn = DrawnCurve.of(Curve.of("loss", Curve.Kind.LOSS, false, 300, 100, 200), 0, false, 100)
                .onItsOwnScale();

        assertThat(drawn.y()).containsExactly(1, 0, 0.5);
        assertThat(DrawnCurve.of(Curve.of("level", Curve.Kind.LOSS, false, 7, 7), 0, false, 100)
                        .onItsOwnScale()
                        .y())
                .containsExactly(0.5, 0.5);
    }

    @Test
    void saysACurveInWords() {
        double[] falling = new double[40];
        Arrays.setAll(falling, i -> 1.21 - 0.028 * i);
        assertThat(Curve.of("total", Curve.Kind.LOSS, false, falling).inWords())
                .isEqualTo("total from 1.21 to 0.118, still falling");
        assertThat(Curve.of("loss", Curve.Kind.LOSS, false, Double.NaN).inWords())
                .isEqualTo("loss has no finite value yet");
    }

    @Test
    void ticksAreRoundNumbers() {
        assertThat(Ticks.linear(-0.3, 2.1, 5).stream().map(Ticks.Tick::label))
                .containsExactly("0.0", "0.5", "1.0", "1.5", "2.0");
        assertThat(Ticks.log(-3.2, 2, 8).stream().map(Ticks.Tick::label))
                .containsExactly("0.001", "0.01", "0.1", "1", "10", "100");
        assertThat(Ticks.linear(1, 1, 5)).isEmpty();
        assertThat(Ticks.linear(Double.NaN, 1, 5)).isEmpty();
    }

    @Test
    void anAxisNeverLosesItsNumbers() {
        for (double low : new double[] {-3.17, -0.31, 0.02, 2.9}) {
            for (double span : new double[] {0.011, 0.13, 0.44, 0.9, 1.7, 7}) {
                assertThat(Ticks.linear(low, low + span, 1)).hasSizeGreaterThan(1);
                assertThat(Ticks.log(low, low + span, 1)).isNotEmpty();
            }
        }
    }

    @Test
    void writesScoresWithFourDigits() {
        assertThat(NumberText.score(0.41304)).isEqualTo("0.413");
        assertThat(NumberText.score(12.3456)).isEqualTo("12.35");
        assertThat(NumberText.score(1234.6)).isEqualTo("1,235");
        assertThat(NumberText.score(3.2e-6)).isEqualTo("3.2e−6");
        assertThat(NumberText.score(-0.5)).isEqualTo("−0.5");
        assertThat(NumberText.score(0)).isEqualTo("0");
        assertThat(NumberText.score(Double.NaN)).isEqualTo("–");
        assertThat(NumberText.percent(10_000 / 250_000.0)).isEqualTo("4 %");
        assertThat(NumberText.metric(0.8732)).isEqualTo("0.873");
    }
}

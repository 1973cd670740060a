package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;

/** Draws histogram, ROC and PR in both themes; moves the threshold. */
class ScoreChartsTest {

    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private ScoreHistogram histogram(Theme theme, ScoreDistribution scores, double threshold) {
        ScoreHistogram chart = screen.show(theme, 640, 320, ScoreHistogram::new);
        screen.run(() -> {
            chart.thresholdProperty().set(threshold);
            chart.setDistribution(scores);
        });
        return chart;
    }

    private static ScoreDistribution usual() {
        ScatterFrame moons = Samples.moons(2010, 120, true);
        double[] logs = new double[2010];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = Math.sqrt(moons.score()[i]);
        }
        return ScoreDistribution.of(logs, moons.label(), 60);
    }

    private void save(Theme theme, String what) {
        screen.save(what + "-" + theme.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsScoresPerLabelWithTheThreshold(Theme theme) {
        ScoreHistogram chart = histogram(theme, usual(), 0.413);
        save(theme, "histogram-usual");
        assertThat(screen.call(chart::caption)).matches("\\d+ of 2,010 rows at or above 0\\.413");
        screen.run(() -> chart.logCountsProperty().set(true));
        save(theme, "histogram-log");
    }

    /** 1,900 normal rows in one bar and 100 anomalies far apart, which a linear axis would draw as a line on the ground. */
    @Test
    void countsOnALogAxisWhereOneBarHidesTheOthersUntilTheUserChooses() {
        double[] scores = new double[2000];
        byte[] labels = new byte[2000];
        for (int i = 0; i < 2000; i++) {
            scores[i] = i < 1900 ? 3 + i * 1e-5 : 4 + (i - 1900) * 0.2;
            labels[i] = (byte) (i < 1900 ? 0 : 1);
        }
        ScoreDistribution skewed = ScoreDistribution.of(scores, labels, 60);
        ScoreHistogram chart = histogram(Theme.LIGHT, skewed, 3.5);
        screen.save("histogram-towering-light");
        assertThat(screen.call(() -> chart.logCountsProperty().get())).isTrue();

        screen.run(() -> chart.plot().fireEvent(key(KeyCode.L, false)));
        screen.run(() -> chart.setDistribution(skewed));
        assertThat(screen.call(() -> chart.logCountsProperty().get()))
                .as("chosen")
                .isFalse();
        assertThat(usual().oneBarTowers()).isFalse();
    }

    @Test
    void drawsCrowdedEqualBrokenAndEmptyHistograms() {
        ScatterFrame many = Samples.moons(200_000, 4000, false);
        histogram(Theme.LIGHT, ScoreDistribution.of(many.score(), many.label(), 800), 2.5);
        save(Theme.LIGHT, "histogram-crowded");
        double[] equal = new double[80];
        Arrays.fill(equal, 0.2);
        ScoreHistogram flat = histogram(Theme.DARK, ScoreDistribution.of(equal, new byte[80], 40), 0.2);
        save(Theme.DARK, "histogram-all-equal");
        assertThat(screen.call(flat::caption)).contains("80 of 80").contains("all scores are equal");
        double[] broken = {Double.NaN, 0.3, Double.POSITIVE_INFINITY, 0.9};
        ScoreHistogram holes = histogram(Theme.LIGHT, ScoreDistribution.of(broken, new byte[4], 10), 0.5);
        save(Theme.LIGHT, "histogram-nan");
        assertThat(screen.call(holes::caption)).isEqualTo("1 of 2 rows at or above 0.5; 2 without a finite score");
        ScoreHistogram none = histogram(Theme.LIGHT, ScoreDistribution.of(new double[0], new byte[0], 10), 0.5);
        save(Theme.LIGHT, "histogram-empty");
        assertThat(screen.call(none::isEmpty)).isTrue();
    }

    @Test
    void movesTheThresholdByKeyAndMouseAndReportsAClickedBar() {
        ScoreHistogram chart = histogram(Theme.LIGHT, usual(), 1.0);
        screen.settle();
        screen.run(() -> chart.plot().fireEvent(key(KeyCode.LEFT, false)));
        double byKey = screen.call(() -> chart.thresholdProperty().get());
        assertThat(byKey).isLessThan(1.0);
        screen.run(() -> chart.plot().fireEvent(key(KeyCode.LEFT, true)));
        assertThat(screen.call(() -> chart.thresholdProperty().get())).isLessThan(byKey);

        screen.run(() -> chart.thresholdProperty().set(chart.thresholdProperty().get()));
        List<ScoreRange> clicked = new ArrayList<>();
        screen.run(() -> {
            chart.setOnRange(clicked::add);
            chart.bars().fireEvent(mouse(MouseEvent.MOUSE_CLICKED, 120, 100));
        });
        assertThat(clicked).hasSize(1);
        assertThat(clicked.get(0).low()).isLessThan(clicked.get(0).high());
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsRocAndPr(Theme theme) {
        RocPrChart chart = screen.show(theme, 460, 400, RocPrChart::new);
        screen.run(() -> {
            chart.thresholdProperty().set(0.05);
            chart.setCurves(curves());
        });
        save(theme, "roc");
        assertThat(screen.call(chart::caption)).startsWith("AUROC 0.").contains("★ uses labels");
        screen.run(() -> chart.kindProperty().set(RocPrChart.Kind.PR));
        save(theme, "pr");
    }

    @Test
    void saysWhyThereIsNoCurve() {
        RocPrChart chart = screen.show(Theme.LIGHT, 400, 320, RocPrChart::new);
        screen.run(() -> chart.showNoLabels(() -> {}));
        screen.save("roc-no-labels-light");
        screen.run(() -> chart.showOneClass(500, false, () -> {}));
        screen.save("roc-one-class-light");
        assertThat(screen.call(chart::summary)).isEqualTo("All 500 test rows are normal, so ROC is undefined.");
    }

    private static KeyEvent key(KeyCode code, boolean shift) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, shift, false, false, false);
    }

    private static MouseEvent mouse(javafx.event.EventType<MouseEvent> type, double x, double y) {
        return new MouseEvent(
                type,
                x,
                y,
                x,
                y,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                false,
                false,
                true,
                null);
    }

    /** Curves by counting, good enough to draw. */
    private static RocPrCurves curves() {
        ScatterFrame moons = Samples.moons(2010, 120, true);
        int[] order = IntStream.range(0, 2010)
                .boxed()
                .sorted(Comparator.comparing(i -> -moons.score()[i]))
                .mapToInt(i -> i)
                .toArray();
        double[][] at = new double[6][2011];
        at[2][0] = Double.POSITIVE_INFINITY;
        at[4][0] = 1;
        at[5][0] = Double.POSITIVE_INFINITY;
        int found = 0;
        double area = 0;
        double average = 0;
        for (int k = 1; k <= 2010; k++) {
            boolean odd = moons.label()[order[k - 1]] == 1;
            found += odd ? 1 : 0;
            at[0][k] = (k - found) / 1890.0;
            at[1][k] = found / 120.0;
            at[2][k] = moons.score()[order[k - 1]];
            at[3][k] = found / 120.0;
            at[4][k] = found / (double) k;
            at[5][k] = at[2][k];
            area += odd ? 0 : at[1][k] / 1890;
            average += odd ? at[4][k] / 120 : 0;
        }
        return new RocPrCurves(at[0], at[1], at[2], at[3], at[4], at[5], area, average, 120 / 2010.0);
    }
}

package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;

/** Draws the curves in both themes, with the awkward values too. */
class LossCurvesTest {

    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private static Curve falling(String name, Curve.Kind kind, int epochs, double from, double to, double noise) {
        Random random = new Random(name.hashCode());
        double[] values = new double[epochs];
        Arrays.setAll(
                values, i -> (to + (from - to) * Math.exp(-6.0 * i / epochs)) * (1 + noise * random.nextGaussian()));
        return Curve.of(name, kind, false, values);
    }

    private static Curve auroc(int epochs) {
        Random random = new Random(3);
        double[] values = new double[epochs];
        Arrays.setAll(values, i -> 0.95 - 0.33 * Math.exp(-5.0 * i / epochs) + 0.006 * random.nextGaussian());
        return Curve.of("AUROC", Curve.Kind.METRIC, true, values);
    }

    private static List<Curve> usual(int epochs) {
        return List.of(
                falling("total", Curve.Kind.LOSS, epochs, 1.31, 0.084, 0.05),
                falling("reconstruction", Curve.Kind.LOSS, epochs, 1.21, 0.068, 0.05),
                falling("entropy", Curve.Kind.LOSS, epochs, 0.1, 0.016, 0.03),
                falling("validation", Curve.Kind.VALIDATION, epochs, 1.29, 0.11, 0.03),
                auroc(epochs));
    }

    private LossCurves show(Theme theme, double width, double height, List<Curve> curves) {
        LossCurves chart = screen.show(theme, width, height, LossCurves::new);
        screen.run(() -> chart.setCurves(curves));
        screen.settle();
        return chart;
    }

    private void save(Theme theme, String what) {
        screen.save("curves-" + what + "-" + theme.name().toLowerCase(Locale.ROOT));
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsTermsValidationAndAuroc(Theme theme) {
        LossCurves chart = show(theme, 640, 480, usual(120));
        save(theme, "usual");
        assertThat(screen.call(chart::summary))
                .startsWith("Curves over 120 epochs: total from ")
                .contains("AUROC ★");
        screen.run(() -> chart.smoothingProperty().set(0.8));
        screen.run(() -> chart.logAxisProperty().set(true));
        save(theme, "smooth-log");
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void marksWhereTheRunWasChangedAndResumed(Theme theme) {
        LossCurves chart = show(theme, 640, 480, usual(120));
        screen.run(() -> chart.setMarks(List.of(
                new EpochMark(10, "learning-rate 1e-4"),
                new EpochMark(14, "batch-size 64"),
                new EpochMark(60, "resumed"),
                new EpochMark(118, "entropy-weight 0"))));
        screen.run(() -> chart.setCurves(usual(120)));
        save(theme, "marks");
        assertThat(screen.call(chart::summary)).contains("from epoch 60: resumed");
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void marksWhatIsNotFiniteAndWhatIsNotPositive(Theme theme) {
        double[] odd = {3, 1.5, 0.8, 0.5, Double.NaN, Double.NaN, 0.4, 0.2, 0, -0.1, 0.15, 0.1, Double.POSITIVE_INFINITY
        };
        LossCurves chart = show(theme, 480, 360, List.of(Curve.of("loss", Curve.Kind.LOSS, false, odd)));
        screen.run(() -> chart.logAxisProperty().set(true));
        save(theme, "broken");
    }

    @Test
    void drawsManyEpochsNarrowlyAndOneEpochAndEqualValuesAndNothing() {
        show(Theme.LIGHT, 400, 360, usual(20_000));
        save(Theme.LIGHT, "crowded");
        show(Theme.DARK, 400, 320, usual(1));
        save(Theme.DARK, "one-point");
        show(Theme.LIGHT, 400, 300, List.of(Curve.of("loss", Curve.Kind.LOSS, false, 0.5, 0.5, 0.5, 0.5)));
        save(Theme.LIGHT, "all-equal");
        LossCurves empty = show(Theme.DARK, 400, 300, List.of());
        save(Theme.DARK, "empty");
        assertThat(screen.call(empty::isEmpty)).isTrue();
    }

    @Test
    void followsTheTheme() {
        show(Theme.LIGHT, 480, 360, usual(60));
        screen.use(Theme.DARK);
        screen.save("curves-switched-dark");
    }
}

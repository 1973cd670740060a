package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Seen;
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
        Palette p = screen.call(chart::palette);
        Seen drawn = screen.seen(chart.plot());
        for (int place : new int[] {0, 1, 2, Palette.AUROC}) {
            assertThat(drawn.near(p.series(place))).as("line %d", place).isGreaterThan(200);
        }
        screen.run(() -> chart.smoothingProperty().set(0.8));
        screen.run(() -> chart.logAxisProperty().set(true));
        save(theme, "smooth-log");
        assertThat(screen.seen(chart.plot()).differing(drawn)).isGreaterThan(1000);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void marksWhereTheRunWasChangedAndResumed(Theme theme) {
        LossCurves chart = show(theme, 640, 480, usual(120));
        Seen before = screen.seen(chart.plot());
        screen.run(() -> chart.setMarks(List.of(
                new EpochMark(10, "learning-rate 1e-4"),
                new EpochMark(14, "batch-size 64"),
                new EpochMark(60, "resumed"),
                new EpochMark(118, "entropy-weight 0"))));
        screen.run(() -> chart.setCurves(usual(120)));
        save(theme, "marks");
        assertThat(screen.call(chart::summary)).contains("from epoch 60: resumed");
        screen.until("redrawn", () -> true);
        assertThat(screen.seen(chart.plot()).differing(before))
                .as("four dashed lines over most of the height, and words")
                .isGreaterThan(4 * 150);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void marksWhatIsNotFiniteAndWhatIsNotPositive(Theme theme) {
        double[] odd = {3, 1.5, 0.8, 0.5, Double.NaN, Double.NaN, 0.4, 0.2, 0, -0.1, 0.15, 0.1, Double.POSITIVE_INFINITY
        };
        LossCurves chart = show(theme, 480, 360, List.of(Curve.of("loss", Curve.Kind.LOSS, false, odd)));
        screen.run(() -> chart.logAxisProperty().set(true));
        save(theme, "broken");
        Seen drawn = screen.seen(chart.plot());
        assertThat(drawn.near(screen.call(chart::palette).series(0))).isGreaterThan(100);
        screen.run(() -> chart.setCurves(List.of(Curve.of(
                "loss", Curve.Kind.LOSS, false, 3, 1.5, 0.8, 0.5, 0.5, 0.5, 0.4, 0.2, 0.2, 0.2, 0.15, 0.1, 0.1))));
        screen.until("redrawn", 2, () -> true);
        assertThat(screen.seen(chart.plot()).differing(drawn))
                .as("triangles, their words and the strip of what is not positive")
                .isGreaterThan(500);
    }

    /** Four epochs of sixty were measured; the next test has them all. */
    @Test
    void drawsNoLineAcrossEpochsThatWereNotMeasured() {
        Curve few = new Curve(
                "AUROC", Curve.Kind.METRIC, true, new double[] {0, 1, 30, 60}, new double[] {0.5, 0.55, 0.9, 0.97});
        LossCurves chart = show(Theme.LIGHT, 640, 480, List.of(falling("total", Curve.Kind.LOSS, 60, 1, 0.1, 0), few));
        save(Theme.LIGHT, "few-measured");

        int dots = screen.seen(chart.plot()).near(screen.call(chart::palette).series(Palette.AUROC));

        assertThat(dots).as("four dots of six pixels and one short line").isBetween(40, 300);
    }

    @Test
    void drawsALineWhereEveryEpochWasMeasured() {
        LossCurves chart =
                show(Theme.LIGHT, 640, 480, List.of(falling("total", Curve.Kind.LOSS, 60, 1, 0.1, 0), auroc(60)));

        assertThat(screen.seen(chart.plot()).near(screen.call(chart::palette).series(Palette.AUROC)))
                .isGreaterThan(400);
    }

    /** A term a thousand times as small as another fills the plot when each has a scale of its own. */
    @Test
    void showsASmallTermOnAScaleOfItsOwn() {
        LossCurves chart = show(
                Theme.LIGHT,
                640,
                480,
                List.of(
                        falling("large", Curve.Kind.LOSS, 100, 1000, 100, 0),
                        falling("small", Curve.Kind.LOSS, 100, 0.1, 1, 0)));
        int flat = rowsOf(chart, 1);
        screen.run(() -> chart.ownScalesProperty().set(true));
        save(Theme.LIGHT, "own-scales");

        assertThat(flat).as("lines of pixels on the common scale").isLessThan(12);
        assertThat(rowsOf(chart, 1)).isGreaterThan(100);
    }

    private int rowsOf(LossCurves chart, int place) {
        Seen seen = screen.seen(chart.plot());
        Color colour = screen.call(chart::palette).series(place);
        int rows = 0;
        for (int y = 0; y < seen.height(); y++) {
            rows += seen.near(colour, 0, y, seen.width(), y + 1) > 0 ? 1 : 0;
        }
        return rows;
    }

    @Test
    void keepsTheColourOfAurocWhateverTermsThereAre() {
        for (int terms : new int[] {1, 5}) {
            List<Curve> curves = new ArrayList<>();
            for (int k = 0; k < terms; k++) {
                curves.add(falling("term " + k, Curve.Kind.LOSS, 60, 2 + k, 0.1 + k, 0));
            }
            curves.add(auroc(60));
            LossCurves chart = show(Theme.DARK, 640, 480, curves);

            assertThat(screen.seen(chart.plot())
                            .near(screen.call(chart::palette).series(Palette.AUROC)))
                    .as("%d terms", terms)
                    .isGreaterThan(400);
        }
    }

    /** ALAD has seven lines; in the smallest window they leave room for the curves. */
    @Test
    void leavesRoomForTheCurvesHoweverManyThereAre() {
        List<Curve> curves = new ArrayList<>();
        for (int k = 0; k < 7; k++) {
            curves.add(falling("discriminator term number " + k, Curve.Kind.LOSS, 60, 2 + k, 0.1 + k, 0));
        }
        LossCurves chart = show(Theme.LIGHT, 380, 260, curves);
        save(Theme.LIGHT, "many-terms");

        assertThat(screen.call(() -> chart.plot().getHeight())).isGreaterThan(120);
    }

    @Test
    void drawsManyEpochsNarrowlyAndOneEpochAndEqualValuesAndNothing() {
        drawn(show(Theme.LIGHT, 400, 360, usual(20_000)), 100);
        save(Theme.LIGHT, "crowded");
        drawn(show(Theme.DARK, 400, 320, usual(1)), 15);
        save(Theme.DARK, "one-point");
        drawn(show(Theme.LIGHT, 400, 300, List.of(Curve.of("loss", Curve.Kind.LOSS, false, 0.5, 0.5, 0.5, 0.5))), 200);
        save(Theme.LIGHT, "all-equal");
        LossCurves empty = show(Theme.DARK, 400, 300, List.of());
        save(Theme.DARK, "empty");
        assertThat(screen.call(empty::isEmpty)).isTrue();
    }

    private void drawn(LossCurves chart, int least) {
        assertThat(screen.seen(chart.plot()).near(screen.call(chart::palette).series(0)))
                .isGreaterThanOrEqualTo(least);
    }

    @Test
    void followsTheTheme() {
        LossCurves chart = show(Theme.LIGHT, 480, 360, usual(60));
        Seen light = screen.seen(chart.plot());
        screen.use(Theme.DARK);
        screen.save("curves-switched-dark");
        Color dark = screen.call(chart::palette).background();
        assertThat(light.near(dark)).isLessThan(light.argb().length / 10);
        assertThat(screen.seen(chart.plot()).near(dark)).isGreaterThan(light.argb().length / 2);
    }
}

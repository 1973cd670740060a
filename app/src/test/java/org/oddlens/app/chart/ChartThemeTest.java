package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Control;
import javafx.scene.paint.Color;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;

/** Colours keep their contrast in both themes, and every control speaks. */
class ChartThemeTest {

    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void textAndMarksStandOut(Theme theme) {
        RocPrChart chart = screen.show(theme, 300, 300, RocPrChart::new);
        screen.settle();
        Palette p = screen.call(chart::palette);
        assertThat(p.dark()).isEqualTo(theme == Theme.DARK);
        assertThat(contrast(p.text(), p.background())).isGreaterThanOrEqualTo(4.5);
        assertThat(contrast(p.muted(), p.background())).isGreaterThanOrEqualTo(4.5);
        List<Color> marks = new ArrayList<>(p.series());
        marks.addAll(List.of(p.normal(), p.anomaly(), p.unlabelled(), p.memory(), p.accent()));
        marks.forEach(mark ->
                assertThat(contrast(mark, p.background())).as("%s", mark).isGreaterThanOrEqualTo(3));
        assertThat(p.normal()).isEqualTo(Color.web("#0072B2"));
        assertThat(p.anomaly()).isEqualTo(Color.web("#D55E00"));
    }

    @Test
    void everyFocusableControlHasAccessibleText() {
        LossCurves curves = screen.show(Theme.LIGHT, 500, 400, LossCurves::new);
        screen.run(() -> curves.setCurves(List.of(Curve.of("total", Curve.Kind.LOSS, false, 3, 2, 1))));
        assertSpeaks(curves);
        assertSpeaks(screen.show(Theme.LIGHT, 500, 400, ScoreHistogram::new));
        assertSpeaks(screen.show(Theme.LIGHT, 500, 400, RocPrChart::new));
        assertSpeaks(screen.show(Theme.LIGHT, 500, 400, () -> new LatentScatter(Runnable::run, Runnable::run)));
    }

    private void assertSpeaks(Parent chart) {
        screen.settle();
        screen.run(() -> walk(chart));
    }

    private static void walk(Parent parent) {
        for (Node node : parent.getChildrenUnmodifiable()) {
            if (!node.isVisible()) {
                continue; // cannot take the focus
            }
            boolean labelled = node instanceof javafx.scene.control.Labeled l
                    && !l.getText().isEmpty();
            if (node.isFocusTraversable() && node instanceof Control && !labelled) {
                assertThat(node.getAccessibleText()).as("%s", node).isNotBlank();
            }
            if (node instanceof Parent inner && !(node instanceof Control)) {
                walk(inner);
            }
        }
    }

    private static double contrast(Color a, Color b) {
        double light = Math.max(luminance(a), luminance(b));
        double dark = Math.min(luminance(a), luminance(b));
        return (light + 0.05) / (dark + 0.05);
    }

    /** Relative luminance of WCAG 2. */
    private static double luminance(Color c) {
        return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    }

    private static double linear(double channel) {
        return channel <= 0.03928 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4);
    }
}

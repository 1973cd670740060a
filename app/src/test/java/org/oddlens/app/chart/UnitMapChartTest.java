package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Seen;
import org.oddlens.app.fx.Theme;

/** Draws small and large maps of units in both themes; walks over them by keyboard. */
class UnitMapChartTest {

    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private UnitMapChart chart(Theme theme, int width, int height, UnitGrid map) {
        UnitMapChart chart = screen.show(theme, width, height, UnitMapChart::new);
        screen.run(() -> {
            chart.setHeading("Map of units");
            chart.setMap(map);
        });
        screen.settle();
        return chart;
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsTheScoreOfEachUnitWithTheNumberOfItsRows(Theme theme) {
        UnitMapChart chart = chart(theme, 520, 480, map(8));
        screen.save("unit-map-8-" + theme.name().toLowerCase(Locale.ROOT));
        assertThat(screen.call(chart::caption)).matches("Map units: 64, \\d+ of them without rows; [\\d,]+ rows");
        assertThat(screen.call(chart::summary)).contains("Mean scores from −3 to above 5");
        assertThat(screen.seen(chart.plot()).colours(200))
                .as("64 shades and the numbers in them")
                .isGreaterThan(40);
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsMoreUnitsThanNumbersFit(Theme theme) {
        UnitMapChart chart = chart(theme, 420, 400, map(32));
        screen.save("unit-map-32-" + theme.name().toLowerCase(Locale.ROOT));
        Seen drawn = screen.seen(chart.plot());
        assertThat(drawn.colours(500)).as("shades of 1,024 units").isGreaterThan(150);
        screen.run(() -> chart.setMap(new UnitGrid("Map units", 32, 32, new float[1024], new int[1024], -3, 5)));
        assertThat(screen.seen(chart.plot()).differing(drawn))
                .as("units without rows are blank")
                .isGreaterThan(8_000);
    }

    @Test
    void walksFromUnitToUnitAndSaysWhatIsThere() {
        UnitGrid map = new UnitGrid("Map units", 2, 2, new float[] {-8, 3, 0, 16}, new int[] {1, 2000, 0, 1}, -8, 16);
        UnitMapChart chart = chart(Theme.LIGHT, 300, 300, map);
        screen.run(() -> chart.plot().fireEvent(key(KeyCode.RIGHT)));
        assertThat(screen.call(chart::caption)).isEqualTo("Row 1, column 1: 1 row, score −8");
        screen.run(() -> chart.plot().fireEvent(key(KeyCode.RIGHT)));
        assertThat(screen.call(chart::caption)).isEqualTo("Row 1, column 2: 2,000 rows, mean score 3");
        screen.run(() -> {
            chart.plot().fireEvent(key(KeyCode.RIGHT)); // the edge
            chart.plot().fireEvent(key(KeyCode.DOWN));
            chart.plot().fireEvent(key(KeyCode.LEFT));
        });
        assertThat(screen.call(chart::caption)).isEqualTo("Row 2, column 1: no rows");
        screen.run(() -> chart.plot().fireEvent(key(KeyCode.ESCAPE)));
        assertThat(screen.call(chart::caption)).isEqualTo("Map units: 4, 1 of them without rows; 2,002 rows");
    }

    @Test
    void saysThatThereIsNoMap() {
        UnitMapChart chart = screen.show(Theme.LIGHT, 300, 300, UnitMapChart::new);
        screen.run(() -> chart.setMap(null));
        assertThat(screen.call(chart::isEmpty)).isTrue();
    }

    private static KeyEvent key(KeyCode code) {
        return new KeyEvent(KeyEvent.KEY_PRESSED, "", "", code, false, false, false, false);
    }

    /** Most rows a third down the middle, the highest scores in the far corners, a fifth of the units empty. */
    static UnitGrid map(int side) {
        Random random = new Random(3);
        float[] score = new float[side * side];
        int[] hits = new int[side * side];
        for (int u = 0; u < score.length; u++) {
            double away = Math.hypot(u / side - side / 3.0, u % side - side / 2.0) / side;
            hits[u] = random.nextDouble() < 0.2 ? 0 : (int) (360 * Math.exp(-6 * away) * random.nextDouble()) + 1;
            score[u] = hits[u] == 0 ? 0 : (float) (-3 + 14 * away * away + random.nextDouble());
        }
        return new UnitGrid("Map units", side, side, score, hits, -3, 5);
    }
}

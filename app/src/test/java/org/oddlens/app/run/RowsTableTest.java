package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;

/** The rows by score as they are seen. */
class RowsTableTest {

    private static final int MANY = 284_854;

    private final FxScreen screen = new FxScreen();

    @AfterEach
    void close() {
        screen.close();
    }

    @Test
    void writesRanksAndScoresWholeInANarrowTable() {
        RowsTable table = screen.show(Theme.LIGHT, 330, 240, RowsTable::new);
        List<RowItem> rows = IntStream.range(0, MANY)
                .mapToObj(row -> new RowItem(row + 1, row, Integer.toString(row), -0.001234 - row * 1e-9, (byte) 0))
                .toList();
        screen.firstLayout(() -> table.show(rows));
        screen.run(() -> table.scrollTo(MANY - 1));
        screen.settle();

        List<String> seen = screen.call(() -> table.lookupAll(".table-cell .text").stream()
                .map(text -> ((Text) text).getText())
                .toList());
        assertThat(seen).contains("284,853", "284852", "−0.001519", "● normal").noneMatch(text -> text.contains("…"));
    }
}

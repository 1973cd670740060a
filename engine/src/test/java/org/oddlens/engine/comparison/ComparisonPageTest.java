package org.oddlens.engine.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oddlens.engine.comparison.ToyResults.result;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {

    private static final Grid GRID =
            new Grid(List.of(), List.of(), "normal-split", List.of(0.0), List.of(0L), -1, null, null, Map.of(), 0, 1);

    @TempDir
    private Path folder;

    /** Six data sets that all favour one: 2 / 2⁶ = .03125 for one pair, three times that for three. */
    @Test
    void showsPValuesOnlyWhereOneCouldBeSmall() throws IOException {
        assertThat(page("lof", "memae")).contains("p 0.031").doesNotContain("No p-values");
        assertThat(page("lof", "memae", "dagmm"))
                .contains("No p-values: with 6 data sets and 3 pairs", "p = 0.09 after");
    }

    /** Each detector .11 below the one before, the distance to the mean at .5. */
    private String page(String... detectors) throws IOException {
        List<CellResult> results = new ArrayList<>();
        for (int set = 0; set < 6; set++) {
            for (int i = 0; i < detectors.length; i++) {
                results.add(result("set" + set, detectors[i], 0, .6 - .11 * i));
            }
        }
        new ComparisonReport(GRID, results, Contestant::text, "test").write(folder);
        return Files.readString(folder.resolve("comparison.html"));
    }

    @Test
    void marksWhatStaysBelowTheDistanceToTheMean() throws IOException {
        assertThat(page("lof", "memae")
                        .lines()
                        .filter(line -> line.startsWith("<tr><td>lof") && line.contains("0.600")))
                .isNotEmpty()
                .noneMatch(line -> line.contains("below"));
        assertThat(page("lof", "memae")
                        .lines()
                        .filter(line -> line.startsWith("<tr><td>memae") && line.contains("0.490<small>")))
                .isNotEmpty()
                .allMatch(line -> line.contains("class=\"below\""));
    }
}

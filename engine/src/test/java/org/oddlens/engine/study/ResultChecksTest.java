package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;

class ResultChecksTest {

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    private ResultChecks checks() {
        DetectorDescriptor detector =
                DetectorRegistry.installed().get("deep-svdd").descriptor();
        return new ResultChecks(detector, (code, text) -> said.add(code + ": " + text));
    }

    @Test
    void saysThatAllScoresAreEqual() {
        checks().scores(new double[3772]);

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("equal-scores: All 3,772 scores are equal (0.000). Deep SVDD maps every row");
    }

    @Test
    void saysThatOnlyAFewScoresAreDifferent() {
        double[] scores = new double[1000];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i % 9;
        }
        checks().scores(scores);

        assertThat(said).singleElement().asString().contains("1,000 scores hold only 9 different values");
    }

    @Test
    void isSilentAboutScoresThatDiffer() {
        double[] scores = new double[1000];
        Arrays.setAll(scores, i -> i / 50);
        checks().scores(scores);
        checks().scores(new double[] {1, 1, 1});

        assertThat(said).isEmpty();
    }

    /** A shrink threshold just below the largest weight leaves few of 200 items in use. */
    @Test
    void countsItemsThatNoRowUses() throws IOException {
        List<String> codes = new ArrayList<>();
        Map<String, Object> values = Map.of("memory-size", 200, "shrink-threshold", 6, "temperature", 0.05);
        TestRuns.execution()
                .execute(
                        TestRuns.of("memae", TestRuns.spec(TestRuns.data(folder), "normal-split", values)),
                        folder.resolve("run"),
                        new RunControl(),
                        event -> {
                            if (event instanceof RunEvent.Warning warning
                                    && warning.code().equals("dead-items")) {
                                codes.add(warning.text());
                            }
                        });

        assertThat(codes).singleElement().asString().contains(" of 200 are never used (Memory items)");
    }
}

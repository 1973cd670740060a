package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RunJsonTest {

    private final RunJson json = new RunJson();

    @Test
    void readsASpecificationBack() throws IOException {
        RunSpec spec = RunFolderTest.spec();

        assertThat(json.read(json.pretty(spec), RunSpec.class)).isEqualTo(spec);
    }

    static Stream<RunEvent> events() {
        return Stream.of(
                new RunEvent.Phase("t", "loading"),
                new RunEvent.Started("t", Map.of("train", 3), 2, "2 → 1 → 2", 7, 5, 3, List.of("reconstruction")),
                new RunEvent.Epoch("t", 1, 4, Map.of("reconstruction", 0.1), 0.2, 1e-3, 0.01, 0.9, true),
                new RunEvent.Epoch("t", 0, 0, Map.of(), null, null, 0, null, true),
                new RunEvent.Paused("t", true),
                new RunEvent.Warning("t", 1, "code", "Sentence."),
                new RunEvent.Ended("t", RunEnd.EARLY_STOPPED, 4, "Sentence.", Map.of("train", 0.5)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsEveryKindOfEventBackFromOneLine(RunEvent event) throws IOException {
        String line = json.line(event);

        assertThat(line).doesNotContain("\n").contains("\"type\":\"");
        assertThat(json.read(line, RunEvent.class)).isEqualTo(event);
    }

    @Test
    void ignoresWhatANewerVersionAdded() throws IOException {
        assertThat(json.read("{\"type\":\"phase\",\"time\":\"t\",\"phase\":\"loading\",\"new\":1}", RunEvent.class))
                .isEqualTo(new RunEvent.Phase("t", "loading"));
    }

    @Test
    void writesTheEndsAsTheyAreNamed() {
        assertThat(Stream.of(RunEnd.values()).map(RunEnd::id))
                .containsExactly("completed", "early-stopped", "stopped", "discarded", "diverged", "failed");
        assertThat(json.line(Map.of("end", RunEnd.EARLY_STOPPED))).isEqualTo("{\"end\":\"early-stopped\"}");
    }
}

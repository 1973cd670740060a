package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
        assertThat(Stream.of(RunEnd.values()).filter(RunEnd::keepsModel).map(RunEnd::id))
                .as("docs/formats/run-folder.md: a run that was discarded or failed has no model.zip")
                .containsExactly("completed", "early-stopped", "stopped", "diverged");
        assertThat(json.line(Map.of("end", RunEnd.EARLY_STOPPED))).isEqualTo("{\"end\":\"early-stopped\"}");
    }

    private static AbstractThrowableAssert<?, ?> assertDamaged(ThrowingCallable reading) {
        return assertThatThrownBy(reading).isInstanceOf(DamagedJsonException.class);
    }

    /** Lines count from 1, as editors count them. */
    @Test
    void namesTheKeyAndTheLineOfAValueThatCannotBeThere() {
        assertDamaged(() -> json.read("{\n\"seed\": \"7\"}", RunSpec.class))
                .hasMessage("'seed' has a value that cannot be there in line 2.");
        assertDamaged(() -> json.read("{\"seed\": 1.5}", RunSpec.class))
                .hasMessage("'seed' has a value that cannot be there in line 1.");
        assertDamaged(() -> json.read("{\"threads\": 99999999999}", RunSpec.class))
                .hasMessage("'threads' has a value that cannot be there in line 1.");
        assertDamaged(() -> json.read("{\"changes\": [{\"epoch\": 1},\n\n{\"epoch\": \"x\"}]}", RunSpec.class))
                .hasMessage("'changes.[1].epoch' has a value that cannot be there in line 3.");
    }

    @Test
    void tellsWhatIsCutOffFromWhatHoldsNothing() {
        assertDamaged(() -> json.read("{\"seed\": 1,\n\"thr", RunSpec.class))
                .hasMessage("It is cut off or no JSON in line 2.");
        assertDamaged(() -> json.read("hello", RunSpec.class)).hasMessage("It is cut off or no JSON in line 1.");
        assertDamaged(() -> json.read("{\"data\": {\n\"file\": \"a.np", RunSpec.class))
                .hasMessage("It is cut off or no JSON in line 2.");
        assertDamaged(() -> json.read("", RunSpec.class))
                .hasMessage("It is cut off, or not of the kind expected here.");
        assertDamaged(() -> json.read("[]", RunSpec.class))
                .hasMessage("It is cut off, or not of the kind expected here.");
        assertDamaged(() -> json.read("null", RunSpec.class)).hasMessage("It holds nothing.");
    }

    @Test
    void refusesWhatIsNestedWithoutEnd() {
        String deep = "{\"hyperparameters\":{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}}";
        assertDamaged(() -> json.read(deep, RunSpec.class))
                .hasMessage("It is nested too deeply or holds too long a text.");
    }

    @Test
    void namesTheFileThatCannotBeUsed(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("run.json"), "{");
        Path huge = temp.resolve("huge.json");
        try (RandomAccessFile sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(65L << 20);
        }

        assertDamaged(() -> json.read(file, RunSpec.class))
                .hasMessage(file + " cannot be used. It is cut off or no JSON in line 1. Put back a copy of it, or do"
                        + " without it.")
                .extracting(failure -> ((DamagedJsonException) failure).why())
                .isEqualTo("It is cut off or no JSON in line 1.");
        assertDamaged(() -> json.read(temp.resolve("no.json"), RunSpec.class))
                .hasMessageContaining("no.json cannot be used. It is not there. ");
        assertDamaged(() -> json.read(temp, RunSpec.class))
                .hasMessageStartingWith(temp + " cannot be used. It is no ordinary file. ");
        assertDamaged(() -> json.read(huge, RunSpec.class))
                .hasMessageContaining("It has 65 MB, and such a file has at most 64 MB.");
    }

    @Test
    void readsAPartOfATreeAndNamesItsPlace() throws IOException {
        JsonNode tree =
                json.read("{\"phase\":{\"type\":\"phase\",\"time\":\"t\",\"phase\":\"loading\"}}", JsonNode.class);

        assertThat(json.read("run.json", tree.get("phase"), RunEvent.class))
                .isEqualTo(new RunEvent.Phase("t", "loading"));
        assertDamaged(() -> json.read("run.json", NullNode.instance, RunSpec.class))
                .hasMessageContaining("It holds nothing.");
        assertDamaged(() -> json.read("run.json", json.read("{\"seed\":\"x\"}", JsonNode.class), RunSpec.class))
                .hasMessage(
                        "run.json cannot be used. 'seed' has a value that cannot be there. Put back a copy of it, or"
                                + " do without it.");
    }

    @Test
    void writesAFileWholeAndLeavesNothingBesideIt(@TempDir Path temp) throws IOException {
        Path file = Files.writeString(temp.resolve("a.json"), "old");

        json.write(file, Map.of("a", 1));

        assertThat(Files.readString(file)).endsWith("}\n");
        assertThat((Object) json.read(file, Map.class)).isEqualTo(Map.of("a", 1));
        assertThatThrownBy(() -> json.write(file, new Object())).isInstanceOf(IllegalStateException.class);
        Path folder = Files.createDirectories(temp.resolve("folder/inner")).getParent();
        assertThatThrownBy(() -> json.write(folder, Map.of("a", 1))).isInstanceOf(IOException.class);
        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).containsExactlyInAnyOrder(file, folder);
        }
    }

    @Test
    void refusesToWriteALineOfWhatIsNoRecord() {
        assertThatThrownBy(() -> json.line(new Object())).isInstanceOf(IllegalStateException.class);
    }
}

package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunLock;

/** {@code resume} and {@code train --change} as they are typed. */
class ResumeCommandTest {

    @TempDir
    Path temp;

    private final ObjectMapper mapper = new ObjectMapper();
    private Path data;
    private Path folder;
    private String out;
    private String err;

    @BeforeEach
    void writeData() throws IOException {
        data = TestRuns.data(temp);
        folder = temp.resolve("run");
    }

    @Test
    void saysThatARunIsComplete() throws IOException {
        train();

        assertThat(run("resume", folder.toString())).isZero();
        assertThat(out)
                .contains("Run run is complete; there is nothing to resume.")
                .contains("AUROC");
        assertThat(run("resume", folder.toString(), "--json")).isZero();
        assertThat(json().get("steps_executed").asInt()).isZero();
        assertThat(json().get("resumed_from_epoch").isNull()).isTrue();
    }

    /** Three epochs of one step: cut after the second, there is one step left. */
    @Test
    void printsTheTrainDocumentWithWhereItWentOn() throws IOException {
        train("--checkpoint-epochs", "2");
        double[] scores = scores();
        JsonNode trained = json();
        interrupt();

        assertThat(run("resume", folder.toString(), "--json")).isZero();
        assertThat(err).isEmpty();
        JsonNode document = json();
        List<String> keys = new ArrayList<>();
        document.fieldNames().forEachRemaining(keys::add);
        List<String> expected = new ArrayList<>(List.of("resumed_from_epoch", "steps_executed"));
        trained.fieldNames().forEachRemaining(expected::add);
        assertThat(keys).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(document.get("format").asText()).isEqualTo("oddlens.resume/1");
        assertThat(document.get("resumed_from_epoch").asInt()).isEqualTo(3);
        assertThat(document.get("steps_executed").asInt()).isEqualTo(1);
        assertThat(document.get("metrics")).isEqualTo(trained.get("metrics"));
        assertThat(scores()).containsExactly(scores);
    }

    @Test
    void startsAgainWithoutACheckpointAndSaysSo() throws IOException {
        train();
        double[] scores = scores();
        interrupt();

        assertThat(run("resume", folder.toString())).isZero();
        assertThat(err).contains("Starts again: there is no checkpoint.").contains("epoch 1/3");
        assertThat(scores()).containsExactly(scores);
    }

    @Test
    void leavesARunAloneThatIsBeingWritten() throws IOException {
        train();
        interrupt();
        RunLock lock = new RunFolder(folder).lock();

        assertThat(run("resume", folder.toString())).isEqualTo(1);
        assertThat(err).contains("is being written by another process");
        lock.close();
    }

    @Test
    void findsNoRunWhereThereIsNone() throws IOException {
        assertThat(run("resume", "19990101")).isEqualTo(1);
        assertThat(err).contains("There is no run '19990101'");
        assertThat(run("resume")).isEqualTo(2);
    }

    @Test
    void changesWhatIsAskedForAndRepeatsIt() throws IOException {
        train("--change", "epoch=2:learning-rate=0.01", "--change", "epoch=3:batch-size=20");

        assertThat(Files.readString(folder.resolve("events.jsonl")))
                .contains("\"epoch\":2,\"step\":1,\"key\":\"learning-rate\",\"from\":0.001,\"to\":0.01")
                .contains("\"epoch\":3,\"step\":2,\"key\":\"batch-size\",\"from\":128,\"to\":20");
        assertThat(run("rerun", folder.toString(), "--json")).isZero();
        assertThat(json().get("identical").asBoolean()).isTrue();
        Path copy = temp.resolve("from-spec");
        double[] scores = scores();
        assertThat(run("train", "--spec", folder.resolve("run.json").toString(), "--out", copy.toString(), "--json"))
                .isZero();
        assertThat(NpyReader.read(copy.resolve(RunFolder.FINAL_SCORES)).doubles())
                .containsExactly(scores);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "epoch=2:learnrate=0.1         | no hyperparameter 'learnrate'. These can: batch-size, learning-rate",
                "epoch=2:hidden=4              | 'hidden' cannot change while a run trains. These can:",
                "epoch=2:learning-rate=7       | Learning rate must be a number from 1e-7 to 1, not '7'",
                "epoch=2:learning-rate=fast    | not 'fast'",
                "epoch=4:learning-rate=0.1     | epoch 4 is not among the 3 epochs",
                "epoch=0:learning-rate=0.1     | epoch 0 is not among the 3 epochs",
                "learning-rate=0.1             | not of the form epoch=N:KEY=VALUE",
                "epoch=2:learning-rate         | not of the form epoch=N:KEY=VALUE"
            })
    void refusesAChangeThatCannotBeBeforeThereIsARun(String change, String sentence) throws IOException {
        assertThat(run(words("--change", change))).isEqualTo(2);
        assertThat(err).startsWith("oddlens: --change: ").contains(sentence);
        assertThat(folder).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"--checkpoint-seconds, 0", "--checkpoint-seconds, often", "--checkpoint-epochs, -1"})
    void refusesAnIntervalThatMakesNoSense(String flag, String value) throws IOException {
        assertThat(run(words(flag, value))).isEqualTo(2);
        assertThat(err).contains(flag + " must be").contains("'" + value + "'");
        assertThat(run("resume", folder.toString(), flag, value)).isNotZero();
    }

    @Test
    void withoutSnapshotsTrainsTheSameAndRecordsNone() throws IOException {
        train();
        double[] scores = scores();
        assertThat(new RunFolder(folder).snapshots()).isNotEmpty();
        folder = folder.resolveSibling("bare");

        train("--snapshots", "none");

        assertThat(scores()).isEqualTo(scores);
        assertThat(new RunFolder(folder).snapshots()).isEmpty();
        assertThat(Files.readString(folder.resolve(RunFolder.EVENTS)))
                .contains("\"snapshot\":false")
                .doesNotContain("\"snapshot\":true")
                .doesNotContain("auroc");
    }

    @Test
    void refusesSnapshotsThatThereAreNot() throws IOException {
        assertThat(run(words("--snapshots", "few"))).isEqualTo(2);
        assertThat(err).contains("--snapshots: there is no 'few'; choose all, regular or none.");
        assertThat(folder).doesNotExist();
    }

    private void train(String... more) throws IOException {
        assertThat(run(words(more))).as(err).isZero();
    }

    private String[] words(String... more) {
        List<String> words = new ArrayList<>(List.of("train", "--data", data.toString(), "--detector", "autoencoder"));
        words.addAll(List.of("--epochs", "3", "--out", folder.toString(), "--json"));
        words.addAll(Arrays.asList(more));
        return words.toArray(String[]::new);
    }

    /** Takes the end away, as if the process had died at the last moment, in the middle of a line. */
    private void interrupt() throws IOException {
        Path events = folder.resolve(RunFolder.EVENTS);
        String text = Files.readString(events);
        Files.writeString(events, text.substring(0, text.indexOf("\"end\"")));
        assertThat(new RunFolder(folder).state()).isEqualTo(RunFolder.State.INTERRUPTED);
    }

    private double[] scores() {
        return NpyReader.read(folder.resolve(RunFolder.FINAL_SCORES)).doubles();
    }

    private JsonNode json() throws IOException {
        return mapper.readTree(out);
    }

    private int run(String... words) {
        Typed typed = Typed.in(temp.resolve("home"), words);
        out = typed.out();
        err = typed.err();
        return typed.code();
    }
}

package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;

/** {@code train --runs}, {@code train --test-mode} and {@code compare} as they are typed. */
class RepeatedRunsTest {

    @TempDir
    Path temp;

    private Path data;
    private String out;
    private String err;

    @BeforeEach
    void writeData() throws IOException {
        data = TestRuns.data(temp);
    }

    private int run(String line) {
        String[] words = line.replace("DATA", data.toString())
                .replace("TEMP", temp.toString())
                .split(" ");
        Typed typed = Typed.in(temp.resolve("home"), words);
        out = typed.out();
        err = typed.err();
        return typed.code();
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }

    @Test
    void runKOfNIsTheRunAlone() throws IOException {
        int code = run("train --detector autoencoder --data DATA --epochs 3 --seed 5 --runs 3 --out TEMP/n --json");
        JsonNode repeated = json();
        assertThat(code).as(err).isZero();
        assertThat(repeated.get("cells")).hasSize(3);
        assertThat(repeated.at("/rows/0/auroc/n").asInt()).isEqualTo(3);

        run("train --detector autoencoder --data DATA --epochs 3 --seed 7 --split-seed 5 --protocol normal-split"
                + " --out TEMP/alone --json");
        Path third = temp.resolve("n/runs/toy/autoencoder-default-rho0-seed7");

        assertThat(repeated.at("/cells/2/auroc").asDouble())
                .isEqualTo(json().at("/metrics/auroc").asDouble());
        assertThat(Files.readAllBytes(third.resolve("scores/final.npy")))
                .isEqualTo(Files.readAllBytes(temp.resolve("alone/scores/final.npy")));
    }

    @Test
    void tellsTheRunsTogetherAsTextCsvJsonAndPage() throws IOException {
        int code = run("train -m AE -d DATA -e 2 --n-runs 2 --batch-size 64 --results-path TEMP/res --out TEMP/n");

        assertThat(code).as(err).isZero();
        assertThat(out).contains("autoencoder", "±", "Report: ");
        assertThat(temp.resolve("res/Autoencoder_results.txt"))
                .content()
                .containsPattern("^Experiments on \\d\\d/\\d\\d/\\d{4} \\d\\d:\\d\\d:\\d\\d\n-{34}\ntoy \\(toy\\)\n")
                // 12 of 132 rows are anomalies
                .contains("\nBatchSize=64, Epochs=2, CorruptionRatio=0.0, HoldoutRatio=0.0, Threshold=0.9091, ")
                .containsPattern("\nAUROC: \\d\\.\\d{4}\\(\\d\\.\\d{4}\\)\n")
                .contains("\nRuns: 2, seeds 42 43\n");
        assertThat(temp.resolve("n/summary.csv")).exists();
        assertThat(temp.resolve("n/summary.json")).exists();
        assertThat(temp.resolve("n/comparison.html")).exists();
        run("train -m AE -d DATA -e 2 --n-runs 2 --batch-size 64 --results-path TEMP/res --out TEMP/n");
        assertThat(Files.readString(temp.resolve("res/Autoencoder_results.txt")).split("Experiments on "))
                .as("appended")
                .hasSize(3);
    }

    /** The threshold with the best F1 on the labels says nothing of data without them, and is marked wherever it stands. */
    @Test
    void marksWhatAThresholdChosenByLabelsGave() throws IOException {
        run("train -m LOF -d DATA --n-runs 2 --threshold best-f1 --out TEMP/n");

        assertThat(out).contains("F1 threshold*");
        assertThat(temp.resolve("n/LOF_results.txt")).content().contains("F1-Score at best-f1 (uses labels): ");
        assertThat(temp.resolve("n/comparison.html")).content().contains("F1 at best-f1 (uses labels)");
        assertThat(new ObjectMapper()
                        .readTree(temp.resolve("n/summary.json").toFile())
                        .get("usesLabels"))
                .hasToString("[\"f1\",\"f1AtThreshold\"]");

        run("evaluate --run TEMP/n/runs/toy/lof-default-rho0-seed42 --threshold known-ratio");
        assertThat(out.lines()
                        .filter(line -> line.contains("F1 at the threshold") || line.contains("known-ratio of the")))
                .hasSize(2)
                .allMatch(line -> line.endsWith("* uses labels"));
        run("evaluate --run TEMP/n/runs/toy/lof-default-rho0-seed42 --threshold percentile:90");
        assertThat(out.lines().filter(line -> line.contains("F1 at the threshold")))
                .hasSize(1)
                .noneMatch(line -> line.contains("uses labels"));
    }

    @Test
    void aFailedRunStaysVisibleAndItsNumbersAreNotAvailable() throws IOException {
        int code = run("train -m AE -d DATA -e 2 --n-runs 2 --batch-size 5000 --drop-lastbatch --out TEMP/n");

        assertThat(code).isEqualTo(1);
        assertThat(err).contains("Run 2 of 2, seed 43, FAILED: Batch size 5000");
        assertThat(out).contains("2 (2 FAILED)");
        assertThat(temp.resolve("n/Autoencoder_results.txt"))
                .content()
                .contains("\nAUROC: n/a\n", "Runs: 2, seeds 42 43, 2 FAILED and in no mean");
    }

    @Test
    void testModeScoresAsTheRunsDid() throws IOException {
        run("train -m MemAE -d DATA -e 2 --n-runs 2 --model-path TEMP/models --out TEMP/n");
        String rows = Files.readString(temp.resolve("n/cells.csv"));

        int code = run("train -m MemAE --test-mode --model-path TEMP/models --json");
        JsonNode tested = json();

        assertThat(code).as(err).isZero();
        assertThat(tested.get("runs")).hasSize(2).allMatch(run -> run.get("identical")
                .asBoolean());
        assertThat(rows).contains(tested.at("/runs/0/metrics/auroc").asText());
    }

    @Test
    void testModeSeesAnotherModel() throws IOException {
        run("train -m AE -d DATA -e 2 --n-runs 2 --model-path TEMP/models --out TEMP/n");
        Path runs = temp.resolve("models/toy");
        Files.copy(
                runs.resolve("autoencoder-default-rho0-seed42/model.zip"),
                runs.resolve("autoencoder-default-rho0-seed43/model.zip"),
                StandardCopyOption.REPLACE_EXISTING);

        assertThat(run("train -m AE --test-mode --model-path TEMP/models")).isEqualTo(1);
        assertThat(out).contains("OTHER SCORES");
    }

    /** Scores of other data answer another question, so a file that is asked for must be the one trained on. */
    @Test
    void testModeRefusesModelsOfOtherDataAndDetectors() throws IOException {
        run("train -m LOF -d DATA --n-runs 1 --model-path TEMP/models --out TEMP/n");
        Path other = Files.copy(data, temp.resolve("other.npz"));
        Files.write(other, new byte[1], StandardOpenOption.APPEND);

        assertThat(run("train -m LOF -d TEMP/other.npz --test-mode --model-path TEMP/models"))
                .isEqualTo(2);
        assertThat(err).contains("no finished run of lof on", "trained on other data than", ": 1");
        assertThat(run("train -m AE -d DATA --test-mode --model-path TEMP/models"))
                .isEqualTo(2);
        assertThat(err).contains("of other detectors: 1");
        assertThat(run("train -m LOF -d TEMP/none.npz --test-mode --model-path TEMP/models"))
                .isEqualTo(2);
        assertThat(err).contains("there is no file");
        assertThat(run("train -m nobody --test-mode --model-path TEMP/models")).isEqualTo(2);
        assertThat(err).contains("There is no detector 'nobody'");
        assertThat(run("train -m LOF -d DATA --test-mode --model-path TEMP/models"))
                .isZero();
    }

    @Test
    void refusesTwoSpellingsOfOneValue() {
        assertThat(run("train -m AE -d DATA --lr 1e-3 --learning-rate 1e-4")).isEqualTo(2);
        assertThat(err).contains("--learning-rate and --lr set the same value");
    }

    @Test
    void refusesABudgetThatHoldsNoProcess() {
        assertThat(run("compare --data DATA --detectors lof --memory 1g --job-memory 2g --out TEMP/c"))
                .isEqualTo(2);
        assertThat(err).contains("--memory 1g holds no process of --job-memory 2g");
    }

    @Test
    void saysThatAComparisonNeedsAFolder() throws IOException {
        Files.createFile(temp.resolve("file"));

        assertThat(run("compare --data DATA --detectors lof --out TEMP/file")).isEqualTo(1);
        assertThat(err).contains("is a file; a comparison needs a folder");
    }

    @Test
    void testModeSaysWhereItLooked() {
        assertThat(run("train --test-mode --model-path TEMP")).isEqualTo(2);
        assertThat(err).contains("no finished run").contains(temp.toString());
    }

    @Test
    void refusesAnImpossibleNumberOfRuns() {
        assertThat(run("train -m AE -d DATA --n-runs 0")).isEqualTo(2);
        assertThat(err).contains("--runs must be 1 to");
    }

    @Test
    void comparesInEngineProcesses() throws IOException {
        int code = run("compare --data DATA --detectors lof,autoencoder:nrcan --seeds 1,2 --set epochs=2 --jobs 2"
                + " --discard-runs --out TEMP/c --json");

        assertThat(code).as(err).isZero();
        assertThat(json().get("cells")).hasSize(4);
        assertThat(json().at("/meanRanks/lof").asDouble()).isBetween(1.0, 2.0);
        assertThat(temp.resolve("c/cells.csv")).content().contains("nrcan");
        assertThat(temp.resolve("c/runs/toy")).isEmptyDirectory();
    }

    @Test
    void refusesAComparisonOfWhatIsNotThere() {
        assertThat(run("compare --data DATA --detectors nothing --out TEMP/c")).isEqualTo(2);
        assertThat(err).contains("nothing").contains("lof");
        assertThat(run("compare --data TEMP/none.npz --detectors lof --out TEMP/c"))
                .isEqualTo(2);
        assertThat(run("compare --data DATA --detectors lof --set colour=red --out TEMP/c"))
                .isEqualTo(2);
        assertThat(err).contains("colour");
    }
}

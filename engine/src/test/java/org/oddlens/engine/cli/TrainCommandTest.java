package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code oddlens train}. */
class TrainCommandTest extends TypedCommands {

    @Test
    void printsOneDocumentWithTheDocumentedFields() throws IOException {
        int code = run("train", "--data", data.toString(), "--detector", "memae", "--epochs", "2", "--json");
        JsonNode document = json();

        assertThat(err).isEmpty();
        assertThat(code).isZero();
        assertThat(keys(document))
                .containsExactlyInAnyOrder(
                        "format",
                        "detector",
                        "preset",
                        "data",
                        "protocol",
                        "scaler",
                        "seed",
                        "rows",
                        "threshold",
                        "metrics",
                        "undefined",
                        "baselines",
                        "loss",
                        "epochs",
                        "end",
                        "seconds",
                        "run");
        assertThat(document.get("format").asText()).isEqualTo("oddlens.train/1");
        assertThat(keys(document.get("data"))).containsExactly("file", "sha256", "features");
        assertThat(keys(document.get("rows"))).containsExactly("train", "validation", "test", "anomalies");
        assertThat(keys(document.get("threshold"))).containsExactly("method", "parameter", "value", "usesLabels");
        assertThat(keys(document.get("metrics")))
                .containsExactlyInAnyOrder(
                        "auroc",
                        "auprc",
                        "precision",
                        "recall",
                        "f1",
                        "accuracy",
                        "f1_known_ratio",
                        "precision_at_n",
                        "best_f1");
        assertThat(keys(document.get("loss"))).containsExactly("first", "last");
        assertThat(keys(document.get("seconds"))).containsExactlyInAnyOrder("load", "train", "score");
        assertThat(document.get("seed").asInt()).isEqualTo(42);
        assertThat(document.get("end").asText()).isEqualTo("completed");
        assertThat(document.get("protocol").asText()).isEqualTo("normal-split");
        assertThat(Path.of(document.get("run").asText())).exists().startsWith(temp.resolve("home/runs"));
    }

    @Test
    void givesNullAndAReasonForWhatIsUndefinedWithoutLabels() throws IOException {
        run(
                "train",
                "--data",
                data.toString(),
                "--label",
                "none",
                "--detector",
                "autoencoder",
                "--epochs",
                "1",
                "--json");
        JsonNode document = json();

        assertThat(document.get("metrics").get("auroc").isNull()).isTrue();
        assertThat(document.get("undefined").get("auroc").asText()).isNotBlank();
        assertThat(document.get("protocol").asText()).isEqualTo("transductive");
    }

    @Test
    void trainsIntoTheFolderGiven() {
        Path folder = temp.resolve("mine");

        assertThat(train("--out", folder.toString(), "--quiet")).isZero();
        assertThat(folder.resolve("run.json")).exists();
        assertThat(out).contains("AUROC");
        assertThat(err).isEmpty();
    }

    @Test
    void tellsItsProgressOnTheErrorStreamOnly() {
        assertThat(train()).isZero();
        assertThat(err).contains("epoch 1/2").contains("Network 8 →");
        assertThat(out).doesNotContain("epoch 1/2");
    }

    @ParameterizedTest
    @CsvSource({"--n-epochs", "--train-epochs", "-e"})
    void readsTheOriginalProgramsFlags(String flag) throws IOException {
        assertThat(run("train", "--data", data.toString(), "--detector", "autoencoder", flag, "2", "--json"))
                .isZero();
        assertThat(json().get("epochs").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--no-such-flag 3 | --no-such-flag",
                "--epochs 0 | --epochs",
                "--epochs many | --epochs",
                "--learning-rate fast | --learning-rate",
                "--activation step | --activation",
                "--seed x | --seed",
                "--threads x | --threads",
                "--scaler giant | --scaler",
                "--threshold about:3 | --threshold",
                "--threshold percentile:200 | --threshold",
                "--protocol own-way | --protocol",
                "--protocol normal-split --keep 7 | --keep",
                "--protocol normal-split --rho 2 | --rho",
                "--protocol normal-split --hold-out -1 | --hold-out",
                "--rho 0.1 | --rho",
                "--preset nobody | --preset",
                "--missing ignore | --missing",
                "--device tpu | --device",
                "--device cuda --executor replay | --executor",
                "--executor abacus | --executor",
                "--test-data absent.npz --protocol own-split | --test-data",
                "--patience 3 | --patience",
                "--latent-size 0 | --latent-size"
            })
    void refusesABadFlagWithCodeTwoAndNamesIt(String flags, String named) {
        assertThat(train(flags.strip().split(" "))).as(err).isEqualTo(2);
        assertThat(err).contains(named);
        assertThat(out).isEmpty();
        assertThat(temp.resolve("home/runs")).doesNotExist();
    }

    @Test
    void asksForWhatIsMissing() {
        assertThat(run("train", "--detector", "memae")).isEqualTo(2);
        assertThat(err).contains("--data is missing");
        assertThat(run("train", "--data", data.toString())).isEqualTo(2);
        assertThat(err).contains("--detector is missing").contains("memae");
        assertThat(run("train", "--data", data.toString(), "--epochs", "3")).isEqualTo(2);
        assertThat(err).contains("--detector is missing");
        assertThat(run("train", "--data", temp.resolve("absent.npz").toString(), "--detector", "memae"))
                .isEqualTo(2);
        assertThat(err).contains("--data").contains("absent.npz");
    }

    @Test
    void saysThatTheDetectorIsUnknownRatherThanItsFlags() {
        assertThat(run("train", "--data", data.toString(), "--detector", "memea", "--epochs", "3"))
                .isEqualTo(2);
        assertThat(err)
                .contains("--detector")
                .contains("'memea'")
                .contains("memae")
                .doesNotContain("--epochs");
    }

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        Path mine =
                Files.writeString(Files.createDirectory(temp.resolve("mine")).resolve("a.txt"), "keep");

        assertThat(train("--out", mine.getParent().toString())).isEqualTo(2);
        assertThat(err).contains("--out");
        assertThat(train("--out", mine.toString())).isEqualTo(2);
        assertThat(mine).hasContent("keep");
        assertThat(mine.getParent()).isDirectoryContaining("glob:**a.txt");
    }

    @Test
    void repeatsASpecificationToTheSameMetrics() throws IOException {
        Path first = temp.resolve("first");
        train("--out", first.toString(), "--json", "--validation-share", "0.2");
        JsonNode expected = json();
        int code = run("train", "--spec", first.resolve("run.json").toString(), "--json");
        JsonNode actual = json();

        assertThat(code).isZero();
        assertThat(actual.get("metrics")).isEqualTo(expected.get("metrics"));
        assertThat(actual.get("rows")).isEqualTo(expected.get("rows"));
    }

    @Test
    void takesTheUsualSeedForASpecificationWithoutOne() throws IOException {
        Path spec = Files.writeString(
                temp.resolve("spec.json"),
                mapper.writeValueAsString(mapper.readTree("{\"data\":{\"file\":\"" + data
                        + "\"},\"detector\":\"autoencoder\",\"hyperparameters\":{\"epochs\":1}}")));

        assertThat(run("train", "--spec", spec.toString(), "--json")).isZero();
        assertThat(json().get("seed").asInt()).isEqualTo(42);
    }

    @Test
    void refusesASpecificationThatIsNoneAndOtherFlagsBesideIt() throws IOException {
        Path broken = Files.writeString(temp.resolve("broken.json"), "{\"data\":");
        Path empty = Files.writeString(temp.resolve("empty.json"), "{}");
        Path typo = Files.writeString(
                temp.resolve("typo.json"), "{\"data\":{\"file\":\"" + data + "\"},\"detector\":\"memae\",\"sead\":7}");

        assertThat(run("train", "--spec", broken.toString())).isEqualTo(2);
        assertThat(err).contains("--spec");
        assertThat(run("train", "--spec", empty.toString())).isEqualTo(2);
        assertThat(err).contains("--spec");
        assertThat(run("train", "--spec", typo.toString())).isEqualTo(2);
        assertThat(err).contains("--spec").contains("sead");
        assertThat(run("train", "--spec", temp.resolve("absent.json").toString()))
                .isEqualTo(2);
        assertThat(err).contains("--spec");
        assertThat(run("train", "--spec", empty.toString(), "--seed", "3")).isEqualTo(2);
        assertThat(err).contains("--spec").contains("--seed");
        assertThat(run("train", "--spec", empty.toString(), "--epochs", "3")).isEqualTo(2);
        assertThat(err).contains("--epochs");
    }

    @Test
    void failsWithCodeOneWhereTheDataDoNotSuffice() {
        assertThat(train("--features", "Z")).isEqualTo(1);
        assertThat(err).contains("Z");
        assertThat(out).isEmpty();
    }

    private static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }
}

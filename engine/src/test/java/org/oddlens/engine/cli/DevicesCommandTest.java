package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;

/** Commands as they are typed on machines with and without cards; a script plays the driver's command. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the stand-in is a shell script, and the pack one of Linux")
class DevicesCommandTest {

    @TempDir
    Path temp;

    private String driver = "absent";
    private String out;
    private String err;

    @Test
    void saysThatThereIsNoCard() throws IOException {
        assertThat(run("devices")).isZero();
        assertThat(out)
                .contains("Card    No NVIDIA card was found")
                .contains("Used    cpu: ")
                .contains("Training uses the CPU.");

        assertThat(run("devices", "--json")).isZero();
        JsonNode document = new ObjectMapper().readTree(out);
        assertThat(err).isEmpty();
        assertThat(document.get("format").asText()).isEqualTo("oddlens.devices/1");
        assertThat(document.get("device").asText()).isEqualTo("cpu");
        assertThat(document.get("cards")).isEmpty();
    }

    @Test
    void namesACardThatIsTooNewAndTrainsOnTheCpuToTheSameScores() throws IOException {
        driver = driver("0, 9.0, 550.54.15, 143771 MiB, 143261 MiB, Disabled, NVIDIA H200");

        assertThat(run("devices", "--json")).isZero();
        JsonNode card = new ObjectMapper().readTree(out).get("cards").get(0);
        assertThat(card.get("name").asText()).isEqualTo("NVIDIA H200");
        assertThat(card.get("computeCapability").asText()).isEqualTo("9.0");
        assertThat(card.get("driver").asText()).isEqualTo("550.54.15");
        assertThat(card.get("memoryMiB").asInt()).isEqualTo(143771);
        assertThat(card.get("usable").asBoolean()).isFalse();

        Path asked = train("--device", "cuda");
        assertThat(err).contains("Note: NVIDIA H200 has compute capability 9.0");
        Path plain = train();
        RunRecord recorded = new RunFolder(asked).readRecord();
        assertThat(recorded.device().asked()).isEqualTo("cuda");
        assertThat(recorded.device().used()).isEqualTo("cpu");
        assertThat(recorded.device().reason()).startsWith("NVIDIA H200 has compute capability 9.0");
        assertThat(recorded.spec()).isEqualTo(new RunFolder(plain).readRecord().spec());
        assertThat(new RunFolder(plain).readRecord().device()).isEqualTo(DeviceUse.cpu());
        assertThat(NpyReader.read(asked.resolve(RunFolder.FINAL_SCORES)).doubles())
                .isEqualTo(NpyReader.read(plain.resolve(RunFolder.FINAL_SCORES)).doubles());
    }

    @Test
    void takesAnExecutorOfTheProcessorForAWishForTheProcessor() throws IOException {
        driver = driver("0, 9.0, 550.54.15, 143771 MiB, 143261 MiB, Disabled, NVIDIA H200");

        Path run = train("--device", "auto", "--executor", "replay");
        assertThat(new RunFolder(run).readRecord().device()).isEqualTo(DeviceUse.cpu());
        assertThat(err).doesNotContain("H200");
        assertThat(new RunFolder(train("--device", "auto"))
                        .readRecord()
                        .device()
                        .reason())
                .startsWith("NVIDIA H200");
    }

    @Test
    void offersThePackForACardThatCanUseIt() throws IOException {
        driver = driver("0, 8.6, 550.54.15, 16376 MiB, 15921 MiB, [N/A], NVIDIA RTX A4000");

        assertThat(run("devices")).isZero();
        assertThat(out)
                .contains("The CUDA libraries can run on it.")
                .contains("Pack    absent, 0 bytes of 2.4 GB in " + temp.resolve("home/packs/cuda"))
                .contains("oddlens devices --install");
    }

    @Test
    void refusesToDownloadWhatNoCardCanUse() {
        assertThat(run("devices", "--install")).isEqualTo(1);
        assertThat(err).contains("nothing was downloaded").contains("--anyway");
    }

    @Test
    void saysThatTheRepositoryCannotBeReached() {
        assertThat(run("devices", "--install", "--anyway", "--repository", "http://127.0.0.1:1/repo"))
                .isEqualTo(1);
        assertThat(err)
                .contains("https://docs.nvidia.com/cuda/eula/")
                .contains("http://127.0.0.1:1/repo cannot be reached");
    }

    @Test
    void refusesFlagsThatDoNotFit() {
        assertThat(run("devices", "--install", "--remove")).isEqualTo(2);
        assertThat(run("devices", "--repository", "https://mirror.example")).isEqualTo(2);
        assertThat(run("devices", "--install", "--anyway", "--repository", "mirror"))
                .isEqualTo(2);
        assertThat(err).contains("--repository").contains("must begin with https://");
        assertThat(out).isEmpty();
    }

    @Test
    void removesThePack() throws IOException {
        Path pack = Files.createDirectories(temp.resolve("home/packs/cuda"));
        Path part = Files.writeString(pack.resolve("nd4j-cuda-11.6-1.0.0-M2.1.jar.part"), "half");

        assertThat(run("devices")).isZero();
        assertThat(out).contains("Pack    partial, 4 bytes");
        assertThat(run("devices", "--remove")).isZero();
        assertThat(part).doesNotExist();
        assertThat(out).contains("Pack    absent");
    }

    private Path train(String... more) throws IOException {
        Path folder = temp.resolve("run" + more.length);
        List<String> words = new ArrayList<>(List.of(
                "train", "--data", TestRuns.data(temp).toString(), "--detector", "autoencoder", "--epochs", "2"));
        words.addAll(List.of("--out", folder.toString()));
        words.addAll(List.of(more));
        assertThat(run(words.toArray(new String[0]))).as(err).isZero();
        return folder;
    }

    private String driver(String card) throws IOException {
        Path program = temp.resolve("driver");
        Files.writeString(
                program,
                "#!/bin/sh\ncat <<'END'\nindex, compute_cap, driver_version, memory.total [MiB], memory.free [MiB],"
                        + " mig.mode.current, name\n" + card + "\nEND\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return program.toString();
    }

    private int run(String... words) {
        Map<String, String> environment =
                Map.of("ODDLENS_NVIDIA_SMI", driver.equals("absent") ? temp + "/absent" : driver);
        Typed typed = Typed.in(temp.resolve("home"), environment, words);
        out = typed.out();
        err = typed.err();
        return typed.code();
    }
}

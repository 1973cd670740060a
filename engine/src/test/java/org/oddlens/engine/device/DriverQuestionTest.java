package org.oddlens.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A child process that plays the driver's command. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the stand-in is a shell script")
class DriverQuestionTest {

    @TempDir
    Path folder;

    @Test
    void asksForNamesAndNumbers() throws IOException {
        CardListing listing = ask("case \"$1\" in --query-gpu=*compute_cap*name) ;; *) exit 2 ;; esac\n"
                + "[ \"$2\" = --format=csv ] || exit 2\n" + print("one-card"));

        assertThat(listing.cards()).extracting(GraphicsCard::name).containsExactly("NVIDIA RTX A4000");
    }

    @Test
    void asksAnOldDriverForLess() throws IOException {
        CardListing listing = ask(
                "case \"$1\" in *compute_cap*) " + print("unknown-field") + "\nexit 2 ;; esac\n" + print("old-fields"));

        assertThat(listing.cards()).extracting(GraphicsCard::name).containsExactly("NVIDIA GeForce GTX 1070");
    }

    @Test
    void endsADriverThatNeverAnswers() throws IOException {
        long start = System.nanoTime();
        CardListing listing = ask("sleep 60");

        assertThat(listing.problem()).contains("has not answered for 1 s");
        assertThat((System.nanoTime() - start) / 1e9).isLessThan(20);
    }

    @Test
    void survivesADriverThatCrashes() throws IOException {
        assertThat(ask("kill -SEGV $$").problem()).contains("exit code 139");
    }

    @Test
    void saysWhatIsSeenWithoutTheCommand() throws IOException {
        assertThat(missing("Linux").ask().problem()).startsWith("No NVIDIA card was found");
        assertThat(missing("Mac OS X").ask().problem()).startsWith("CUDA does not exist for macOS");

        Path card = Files.createDirectories(folder.resolve("sys/bus/pci/devices/0000:01:00.0"));
        Files.writeString(card.resolve("vendor"), "0x10de\n");
        Files.writeString(card.resolve("class"), "0x040300\n");
        assertThat(missing("Linux").ask().problem())
                .as("a card's sound part is no card")
                .startsWith("No NVIDIA card");
        Files.writeString(card.resolve("class"), "0x030000\n");
        assertThat(missing("Linux").ask().problem())
                .contains("plugged in (PCI 0000:01:00.0)")
                .contains("510.39.01");

        Files.createDirectories(folder.resolve("proc/driver/nvidia"));
        Files.writeString(folder.resolve("proc/driver/nvidia/version"), "NVRM version");
        assertThat(missing("Linux").ask().problem()).contains("its command nvidia-smi was not found");
    }

    private DriverQuestion missing(String system) {
        return new DriverQuestion(
                folder.resolve("absent").toString(), Duration.ofSeconds(1), new UnaskedMachine(system, folder));
    }

    private CardListing ask(String script) throws IOException {
        Path program = folder.resolve("driver");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        boolean mayHang = script.startsWith("sleep");
        return new DriverQuestion(
                        program.toString(), Duration.ofSeconds(mayHang ? 1 : 20), new UnaskedMachine("Linux", folder))
                .ask();
    }

    private static String print(String answer) {
        return "cat <<'END'\n" + DriverAnswers.text(answer) + "END\n";
    }
}

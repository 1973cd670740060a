package org.oddlens.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceProbeTest {

    private static final TrialResult PASSED = new TrialResult(true, "JCublasBackend", 1e-7, 2.1, "It agrees.");

    @TempDir
    Path temp;

    private final List<String> tried = new ArrayList<>();

    @Test
    void withoutACardSaysWhyAndUsesTheCpu() {
        DeviceReport report = report(DriverAnswers.listing("no-devices"), true, PASSED);

        assertThat(report.device()).isEqualTo("cpu");
        assertThat(report.sentence())
                .isEqualTo("The NVIDIA driver is installed and finds no card. Training uses the CPU.");
        assertThat(tried).isEmpty();
    }

    @Test
    void aCardThatIsTooNewIsNamedAndNeverTried() {
        DeviceReport report = report(DriverAnswers.listing("too-new"), true, PASSED);

        assertThat(report.device()).isEqualTo("cpu");
        assertThat(report.sentence())
                .startsWith("NVIDIA H200 has compute capability 9.0")
                .endsWith("Training uses the CPU.");
        assertThat(report.cards().get(0).usable()).isFalse();
        assertThat(report.cards().get(0).text())
                .isEqualTo("NVIDIA H200, compute capability 9.0, driver 550.54.15, 143771 MiB (143261 free)");
        assertThat(tried).isEmpty();
    }

    @Test
    void aUsableCardWithoutThePackIsNotTried() {
        DeviceReport report = report(DriverAnswers.listing("one-card"), false, PASSED);

        assertThat(report.device()).isEqualTo("cpu");
        assertThat(report.sentence())
                .contains("NVIDIA RTX A4000 could be used, but the GPU pack (5 bytes) is not installed")
                .contains("oddlens devices --install");
        assertThat(report.trial()).isNull();
        assertThat(tried).isEmpty();
    }

    @Test
    void aUsableCardWithThePackIsTried() {
        DeviceReport report = report(DriverAnswers.listing("one-card"), true, PASSED);

        assertThat(report.device()).isEqualTo("cuda");
        assertThat(report.cardWorks()).isTrue();
        assertThat(tried).containsExactly("NVIDIA RTX A4000");
    }

    @Test
    void aCardWhoseTrialFailsIsNotUsed() {
        DeviceReport report =
                report(DriverAnswers.listing("one-card"), true, TrialResult.failed(0.5, "It ended with signal 11."));

        assertThat(report.device()).isEqualTo("cpu");
        assertThat(report.sentence()).isEqualTo("It ended with signal 11. Training uses the CPU.");
    }

    @Test
    void ofSeveralCardsTheOneWithTheMostFreeMemoryIsTried() {
        report(DriverAnswers.listing("several"), true, PASSED);

        assertThat(tried).containsExactly("NVIDIA GeForce RTX 3090");
    }

    @Test
    void aSystemWithoutLibrariesIsNamed() {
        DeviceReport report = new DeviceProbe(
                        () -> DriverAnswers.listing("one-card"),
                        new CardRules("Linux"),
                        Optional.empty(),
                        this::run,
                        "Linux aarch64")
                .report();

        assertThat(report.sentence()).contains("this is Linux aarch64");
        assertThat(report.pack()).isNull();
    }

    private TrialResult run(PackFolder pack, CardVerdict card) {
        tried.add(card.name());
        return PASSED;
    }

    private DeviceReport report(CardListing cards, boolean installed, TrialResult trial) {
        return new DeviceProbe(
                        () -> cards,
                        new CardRules("Linux"),
                        Optional.of(pack(installed)),
                        (pack, card) -> {
                            tried.add(card.name());
                            return trial;
                        },
                        "Linux amd64")
                .report();
    }

    private PackFolder pack(boolean installed) {
        PackManifest manifest = new PackManifest(
                PackManifest.FORMAT, "", "", "", 1, List.of(new PackManifest.PackFile("a/b.jar", 5, "")));
        try {
            if (installed) {
                Files.writeString(temp.resolve("b.jar"), "12345");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new PackFolder(temp, manifest);
    }
}

package org.oddlens.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.device.CardVerdict;
import org.oddlens.engine.device.TrialResult;

/** The self-test in a child process, with children that behave well and badly. */
class CardTrialTest {

    private static final CardVerdict CARD = new CardVerdict(0, "Card X", null, null, null, null, false, true, "");

    @TempDir
    Path temp;

    /** A real engine without the pack: ND4J has its CPU backend only, and that must not pass for a card. */
    @Test
    void doesNotTakeTheProcessorForACard() {
        TrialResult result = trial(EngineCommand.ofThisProgram(OddlensCommand.class.getName(), 1), 60);

        assertThat(result.passed()).isFalse();
        assertThat(result.backend()).isEqualTo("CpuBackend");
        assertThat(result.largestDifference()).isLessThan(1e-5);
        assertThat(result.sentence()).contains("found no card they can work with");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void takesTheLastLineForTheResult() {
        TrialResult result = trial(
                shell("echo 'a library prints';"
                        + " echo '{\"passed\":true,\"backend\":\"JCublasBackend\",\"largestDifference\":1e-7,"
                        + "\"seconds\":2.5,\"sentence\":\"It agrees.\"}'"),
                20);

        assertThat(result).isEqualTo(new TrialResult(true, "JCublasBackend", 1e-7, 2.5, "It agrees."));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void survivesALibraryThatTakesItsProcessWithIt() {
        assertThat(trial(shell("kill -SEGV $$"), 20).sentence())
                .startsWith("The self-test on Card X ended with signal 11");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void keepsTheWordsOfAProcessThatFails() throws IOException {
        TrialResult result = trial(shell("echo 'no kernel image is available' >&2; exit 1"), 20);

        assertThat(result.passed()).isFalse();
        assertThat(result.sentence()).contains("exit code 1").contains(log().toString());
        assertThat(Files.readString(log())).contains("no kernel image");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void endsAProcessThatHangs() {
        assertThat(trial(shell("exec sleep 60"), 1).sentence()).contains("had not ended after 1 s");
    }

    @Test
    void saysThatTheProcessCannotBeStarted() {
        assertThat(trial(new EngineCommand(List.of(temp.resolve("absent").toString()), Map.of()), 5)
                        .sentence())
                .contains("could not be started");
    }

    private Path log() {
        return temp.resolve("log/trial.txt");
    }

    private TrialResult trial(EngineCommand command, int seconds) {
        return new CardTrial((pack, card) -> command, log(), Duration.ofSeconds(seconds)).run(null, CARD);
    }

    private static EngineCommand shell(String script) {
        return new EngineCommand(List.of("sh", "-c", script), Map.of());
    }
}

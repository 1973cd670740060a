package org.oddlens.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    Path folder;

    @Test
    void noArgumentOpensTheWindow() {
        assertThat(Launcher.Request.of()).isEqualTo(Launcher.Request.WINDOW);
    }

    @Test
    void fileOpensTheWindowAndMissingFileIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("data.npz"));

        assertThat(Launcher.Request.of(file.toString())).isEqualTo(Launcher.Request.WINDOW);
        assertThat(Launcher.Request.of(folder.resolve("other.npz").toString()))
                .isEqualTo(Launcher.Request.MISSING_FILE);
    }

    @Test
    void wordsAreCommands() {
        assertThat(Launcher.Request.of("demo")).isEqualTo(Launcher.Request.DEMO);
        assertThat(Launcher.Request.of("self-test")).isEqualTo(Launcher.Request.SELF_TEST);
        assertThat(Launcher.Request.of("train", "--data", "x.npz")).isEqualTo(Launcher.Request.ENGINE);
        assertThat(Launcher.Request.of("engine")).isEqualTo(Launcher.Request.ENGINE);
        assertThat(Launcher.Request.of("--help")).isEqualTo(Launcher.Request.ENGINE);
    }

    @Test
    void missingDisplayIsSaidOnLinuxOnly() {
        assertThat(Display.of("Linux", Map.of(), "./oddlens").missing())
                .hasValueSatisfying(
                        sentence -> assertThat(sentence).contains("DISPLAY").contains("./oddlens demo"));
        assertThat(Display.of("Linux", Map.of("DISPLAY", ":0"), "oddlens").missing())
                .isEmpty();
        assertThat(Display.of("Linux", Map.of("WAYLAND_DISPLAY", "wayland-0"), "oddlens")
                        .missing())
                .isEmpty();
        assertThat(Display.of("Windows 11", Map.of(), "oddlens").missing()).isEmpty();
    }
}

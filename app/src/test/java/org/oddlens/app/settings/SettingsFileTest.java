package org.oddlens.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.run.OddlensHome;

class SettingsFileTest {

    @TempDir
    Path home;

    @Test
    void comesBackAsItWas() {
        SettingsFile file = new SettingsFile(new OddlensHome(home));
        Settings settings =
                Settings.defaults().withDark(true).withRecent("/data/a b.mat").withCard(true);
        file.save(settings);
        assertThat(new SettingsFile(new OddlensHome(home)).load()).isEqualTo(settings);
    }

    @Test
    void startsAfreshWhenTheFileIsDamaged() throws IOException {
        SettingsFile file = new SettingsFile(new OddlensHome(home));
        file.save(Settings.defaults().withDark(true));
        Files.writeString(home.resolve("settings/settings.json"), "{ dark: maybe");
        assertThat(file.load()).isEqualTo(Settings.defaults());
    }

    @Test
    void keepsTheLastFilesNewestFirst() {
        Settings settings = Settings.defaults();
        for (int i : IntStream.range(0, 12).toArray()) {
            settings = settings.withRecent("f" + i);
        }
        settings = settings.withRecent("f8");
        assertThat(settings.recent()).hasSize(Settings.MAX_RECENT).startsWith("f8", "f11", "f10");
    }
}

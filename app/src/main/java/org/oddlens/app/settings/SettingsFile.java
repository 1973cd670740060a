package org.oddlens.app.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settings on disk, {@code $ODDLENS_HOME/settings/settings.json}. A damaged file is as good as none. */
public final class SettingsFile {

    private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);

    private final Path file;
    private final RunJson json = new RunJson();

    public SettingsFile(OddlensHome home) {
        this.file = home.settings().resolve("settings.json");
    }

    public Settings load() {
        if (!Files.exists(file)) {
            return Settings.defaults();
        }
        try {
            return json.read(file, Settings.class);
        } catch (IOException e) {
            LOG.warn("settings cannot be read and are set back", e);
            return Settings.defaults();
        }
    }

    /** Losing a preference must not cost the user work, so a failure is logged only. */
    public void save(Settings settings) {
        try {
            Files.createDirectories(file.getParent());
            json.write(file, settings);
        } catch (IOException e) {
            LOG.warn("settings cannot be written", e);
        }
    }
}

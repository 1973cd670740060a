package org.oddlens.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThirdPartyPageTest {
    @Test
    void committedPageListsWhatTheBuildFound() throws IOException {
        Path found = Path.of("target", "licences", "THIRD-PARTY.md");
        assumeThat(found).as("the licence step of the build has run").exists();

        assertThat(Files.readString(Path.of("..", "THIRD-PARTY.md")).strip())
                .as("copy app/%s over THIRD-PARTY.md", found)
                .isEqualToNormalizingNewlines(Files.readString(found).strip());
    }
}

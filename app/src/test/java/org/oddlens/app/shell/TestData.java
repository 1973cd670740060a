package org.oddlens.app.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.oddlens.sample.Samples;

/** Data files for tests with a window: of the shared folder where there is one, else bundled. */
final class TestData {

    private TestData() {}

    /** Two moons in 12 dimensions, ten anomalies. */
    static Path twoMoons(Path home) {
        return shared("memae-seed/TwoMoons12D.mat").orElseGet(() -> {
            try {
                return Samples.install("two-moons-12d", home.resolve("samples"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** A file under {@code data} of the shared folder. */
    static Optional<Path> shared(String name) {
        String variable = System.getenv("ODDLENS_SHARED");
        Path folder = variable != null && !variable.isEmpty()
                ? Path.of(variable)
                : Path.of("").toAbsolutePath().resolve("../../shared").normalize();
        Path file = folder.resolve("data").resolve(name);
        return Files.exists(file) ? Optional.of(file) : Optional.empty();
    }
}

package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.ModelCard;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.param.Hyperparameter;

/**
 * docs/commands.md names every original flag of every detector. {@code -Doddlens.write-cards=true} writes the table instead of
 * comparing it.
 */
class CommandsDocumentTest {

    private static final Path PAGE = Path.of("../docs/commands.md");

    @Test
    void namesEveryFlagOfTheOriginalPrograms() throws IOException {
        String page = Files.readString(PAGE);
        int from = page.indexOf(ModelCard.BEGIN);
        int to = page.indexOf(ModelCard.END) + ModelCard.END.length();
        String expected = table();
        if (Boolean.getBoolean("oddlens.write-cards")) {
            Files.writeString(PAGE, page.substring(0, from) + expected + page.substring(to));
            return;
        }

        assertThat(page.substring(from, to))
                .as("write it anew with -Doddlens.write-cards=true")
                .isEqualTo(expected);
    }

    private static String table() {
        StringBuilder text =
                new StringBuilder(ModelCard.BEGIN).append("\n\n| Detector | Original | Here |\n|---|---|---|\n");
        DetectorRegistry.installed().all().forEach(provider -> {
            DetectorDescriptor detector = provider.descriptor();
            for (Hyperparameter<?> declared : detector.hyperparameters()) {
                List<String> own = declared.originalFlags().stream()
                        .distinct()
                        .filter(flag -> !flag.equals("--" + declared.key()))
                        .filter(flag -> !isShared(flag))
                        .toList();
                if (!own.isEmpty()) {
                    text.append("| ")
                            .append(detector.name())
                            .append(" | ")
                            .append(own.stream().map(flag -> "`" + flag + "`").collect(Collectors.joining(", ")))
                            .append(" | `--")
                            .append(declared.key())
                            .append("` |\n");
                }
            }
        });
        return text.append("\n").append(ModelCard.END).toString();
    }

    /** The table above that one has it. */
    private static boolean isShared(String flag) {
        return List.of(
                        SharedHyperparameters.EPOCHS,
                        SharedHyperparameters.LEARNING_RATE,
                        SharedHyperparameters.WEIGHT_DECAY,
                        SharedHyperparameters.VALIDATION_SHARE,
                        SharedHyperparameters.DROP_LAST,
                        SharedHyperparameters.BATCH_SIZE)
                .stream()
                .anyMatch(declared -> declared.originalFlags().contains(flag));
    }
}

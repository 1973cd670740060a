package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every registered detector has a card with the sections a reader looks for, and its tables say what the declarations say.
 * {@code -Doddlens.write-cards=true} writes the tables into the cards instead.
 */
class ModelCardTest {

    private static final Path CARDS = Path.of("src/main/resources/org/oddlens/engine/detector/cards");
    private static final List<String> SECTIONS = List.of(
            "## Formula",
            "## What is shown",
            "## What it is bad at",
            "## Differences",
            "## Source",
            "## Hyperparameters and presets");

    static Stream<DetectorDescriptor> detectors() {
        return DetectorRegistry.installed().all().stream().map(DetectorProvider::descriptor);
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void hasItsSections(DetectorDescriptor detector) {
        String text = ModelCard.of(detector).orElseThrow().text();

        assertThat(text).startsWith("# " + detector.name() + " (`" + detector.id() + "`)\n");
        assertThat(SECTIONS).allSatisfy(section -> assertThat(text).contains("\n" + section + "\n"));
        assertThat(text).as("a citation").contains("```bibtex\n@");
        assertThat(detector.references()).allSatisfy(reference -> assertThat(text.replaceAll("\\s+", " "))
                .contains(reference.title()));
    }

    @ParameterizedTest
    @MethodSource("detectors")
    void saysWhatTheDeclarationsSay(DetectorDescriptor detector) throws IOException {
        String text = ModelCard.of(detector).orElseThrow().text();
        int from = text.indexOf(ModelCard.BEGIN);
        int to = text.indexOf(ModelCard.END) + ModelCard.END.length();
        String expected = ModelCard.tables(detector);
        if (Boolean.getBoolean("oddlens.write-cards")) {
            Files.writeString(
                    CARDS.resolve(detector.id() + ".md"), text.substring(0, from) + expected + text.substring(to));
            return;
        }

        assertThat(text.substring(from, to))
                .as("write it anew with -Doddlens.write-cards=true")
                .isEqualTo(expected);
    }

    @Test
    void belongsToARegisteredDetector() throws IOException {
        try (Stream<Path> cards = Files.list(CARDS)) {
            assertThat(cards.map(card -> card.getFileName().toString().replace(".md", "")))
                    .isSubsetOf(detectors().map(DetectorDescriptor::id).toList());
        }
    }
}

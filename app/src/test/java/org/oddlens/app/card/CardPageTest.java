package org.oddlens.app.card;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.TextArea;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.ModelCard;

class CardPageTest {

    @BeforeAll
    static void start() {
        new FxScreen();
    }

    static Stream<DetectorDescriptor> detectors() {
        return DetectorRegistry.installed().all().stream().map(DetectorProvider::descriptor);
    }

    /** Nothing a card says is lost on the way: each word of it can be found on the page. */
    @ParameterizedTest
    @MethodSource("detectors")
    void showsEveryWordOfEveryCard(DetectorDescriptor detector) {
        String markdown = ModelCard.of(detector).orElseThrow().text();
        String shown = String.join(" ", words(new CardPage(markdown))).replaceAll("\\s+", " ");

        for (String line : markdown.lines().toList()) {
            boolean made = line.startsWith("<!--") || line.startsWith("```") || line.startsWith("|--");
            for (String word : made ? new String[0] : line.split("[\\s|`*#\\[\\]()]+")) {
                if (word.length() > 3 && !word.startsWith("https://") && !word.startsWith("\\")) {
                    assertThat(shown).contains(word);
                }
            }
        }
    }

    @Test
    void drawsHeadingsListsCodeTablesAndLinks() {
        CardPage page = new CardPage(
                "# Name (`id`)\n\nOne *two* **three** `four` [five](https://x.example).\n\n"
                        + "- first\n- second\n\n```\na = b\nc = d\n```\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\n<!-- unseen -->\n");

        List<String> words = words(page);
        assertThat(words).contains("Name (id)", "three", "four", "five", "first", "second", "a = b\nc = d", "A", "2");
        assertThat(String.join(" ", words)).doesNotContain("unseen").doesNotContain("https");
    }

    private static List<String> words(Node node) {
        if (node instanceof Text text) {
            return List.of(text.getText());
        }
        if (node instanceof TextArea area) {
            return List.of(area.getText());
        }
        if (node instanceof Hyperlink link) {
            return List.of(link.getText());
        }
        if (node instanceof javafx.scene.control.Label label) {
            return List.of(label.getText());
        }
        return node instanceof Parent parent
                ? parent.getChildrenUnmodifiable().stream()
                        .flatMap(child -> words(child).stream())
                        .toList()
                : List.of();
    }
}

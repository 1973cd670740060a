package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.study.RowContributions;

/** Questions about single rows, to an engine that answers when the test says so. */
class RowExplanationTest {

    private final Map<Integer, CompletableFuture<JsonNode>> asked = new TreeMap<>();
    private final List<Integer> found = new ArrayList<>();
    private boolean finished;
    private boolean besideFeatures;
    private final RowExplanation explanation = new RowExplanation(new Engine(), () -> finished, Runnable::run);

    private final class Engine implements RowExplainer {
        @Override
        public CompletionStage<JsonNode> contributions(int row) {
            return asked.computeIfAbsent(row, r -> new CompletableFuture<>());
        }

        @Override
        public boolean besideFeatures() {
            return besideFeatures;
        }
    }

    private static JsonNode answer(int row) {
        return new ObjectMapper()
                .valueToTree(new RowContributions.Row(
                        row,
                        "c",
                        List.of(),
                        .5,
                        List.of("a"),
                        new double[] {1},
                        new float[] {.5f},
                        "reconstruction error"));
    }

    @Test
    void asksNothingBeforeTheRunHasFinished() {
        explanation.ask(7);
        assertThat(explanation.problemProperty().get()).contains("when the run has finished");
        assertThat(asked).isEmpty();
    }

    @Test
    void asksALiveRunForWhatStandsBesideTheFeatures() {
        besideFeatures = true;
        explanation.ask(7);
        assertThat(explanation.problemProperty().get()).isEmpty();
        assertThat(asked).containsOnlyKeys(7);
    }

    @Test
    void keepsTheAnswerToTheLastQuestionOnly() {
        finished = true;
        explanation.foundProperty().addListener((property, before, now) -> found.add(now.row()));
        explanation.ask(7);
        explanation.ask(9);
        asked.get(9).complete(answer(9));
        asked.get(7).complete(answer(7));
        assertThat(found).containsExactly(9);
    }

    @Test
    void forgetsTheAnswerWhenNoRowIsLookedAt() {
        finished = true;
        explanation.ask(9);
        asked.get(9).complete(answer(9));
        explanation.askNothing();
        assertThat(explanation.foundProperty().get()).isNull();
    }

    @Test
    void saysWhyThereIsNoAnswer() {
        finished = true;
        explanation.ask(9);
        asked.get(9).completeExceptionally(new IllegalStateException("The model file is gone."));
        assertThat(explanation.problemProperty().get()).isEqualTo("The model file is gone.");
        explanation.ask(7);
        assertThat(explanation.problemProperty().get()).isEmpty();
    }
}

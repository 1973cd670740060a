package org.oddlens.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.oddlens.engine.process.EngineClient;

/** What the status bar says of the engine; no device is chosen here. */
class EngineStatusTest {

    private final EngineStatus status = new EngineStatus(null, null, null, null);

    @Test
    void saysHowTheEngineStands() {
        assertThat(status.textProperty().get()).isEqualTo("Engine is starting…");
        status.changed(EngineClient.State.READY, "CPU");
        assertThat(status.textProperty().get()).isEqualTo("Engine ready – CPU");
        status.changed(EngineClient.State.GONE, "The engine has ended.");
        assertThat(status.textProperty().get()).isEqualTo("Engine is starting again…");
    }

    @Test
    void remembersATrainingThatWasHandedInWhileTheEngineStarted() {
        status.showTraining(true);
        status.changed(EngineClient.State.READY, "Card X");
        assertThat(status.textProperty().get()).isEqualTo("Engine trains – Card X");
        status.showTraining(false);
        assertThat(status.textProperty().get()).isEqualTo("Engine ready – Card X");
    }

    @Test
    void tellsACardFromTheProcessor() {
        assertThat(status.onCard()).as("nothing is ready yet").isFalse();
        status.changed(EngineClient.State.READY, "CPU");
        assertThat(status.onCard()).isFalse();
        status.changed(EngineClient.State.READY, "Card X");
        assertThat(status.onCard()).isTrue();
    }
}

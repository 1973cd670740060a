package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunEvent;

/** The line below the curves in which a value is changed while the run trains. */
class LiveChangeBarTest {

    private static final String NOW = "2026-01-30T14:22:33Z";

    private final FxScreen screen = new FxScreen();
    private final FakeHandle handle = new FakeHandle(Path.of("r1"));
    private final RunViewModel run = new RunViewModel(
            "r1",
            "MemAE on moons.mat, seed 42",
            new SnapshotSource() {
                @Override
                public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {}

                @Override
                public void result(Consumer<Result> taker) {}
            },
            row -> new CompletableFuture<>(),
            Runnable::run,
            Runnable::run);

    @AfterEach
    void close() {
        screen.close();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    @Test
    void isThereWhileTheRunTrainsAndShowsTheValueInForce() {
        LiveChangeBar bar = screen.show(Theme.LIGHT, 480, 120, LiveChangeBar::new);
        screen.run(() -> {
            run.changes().begin(Map.of("learning-rate", 1e-3));
            bar.follow(run, DetectorRegistry.installed().get("memae").descriptor());
        });
        assertThat(screen.call(bar::isVisible)).isFalse();
        screen.run(() -> {
            run.follow(handle);
            run.publish(new RunEvent.Phase(NOW, "training"));
        });
        TextField value = screen.call(() -> (TextField) bar.lookup("#live-change-value"));
        Label note = screen.call(() -> (Label) bar.lookup("#live-change-note"));

        assertThat(screen.call(bar::isVisible)).isTrue();
        assertThat(screen.call(() -> value.getText())).isEqualTo("0.001");
        screen.run(() -> {
            value.setText("1e-4");
            ((Button) bar.lookup("#live-change-apply")).fire();
        });
        assertThat(handle.orders).containsExactly("change learning-rate 1e-4");
        screen.run(() -> run.publish(new RunEvent.Change(NOW, 7, 192, "learning-rate", 1e-3, 1e-4)));

        assertThat(screen.call(() -> value.getText())).isEqualTo("1e-4");
        assertThat(screen.call(() -> note.getText())).isEqualTo("Learning rate is 1e-4 since epoch 7.");
        screen.save("live-change");
        screen.run(() -> run.publish(new RunEvent.Phase(NOW, "scoring")));
        assertThat(screen.call(bar::isVisible)).isFalse();
    }
}

package org.oddlens.app.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Seen;
import org.oddlens.app.fx.Theme;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;
import org.oddlens.engine.param.Preset;
import org.testfx.api.FxRobot;

/** Every kind of domain in one form, worked as a user does. */
class HyperparameterFormTest {

    private static final Hyperparameter<Integer> EPOCHS = Hyperparameter.whole("epochs", "Epochs", 1, 1000, 50)
            .unit("passes over the rows")
            .help("How often training sees every row.")
            .flags("--max_epoch")
            .in(Group.ESSENTIALS);
    private static final Hyperparameter<Double> RATE = Hyperparameter.logReal(
                    "learning-rate", "Learning rate", 1e-7, 1, 1e-3)
            .help("Size of a step; lower it when the loss jumps.")
            .flags("--lr")
            .in(Group.ESSENTIALS);
    private static final List<Hyperparameter<?>> DECLARED = List.of(
            EPOCHS,
            RATE,
            Hyperparameter.autoWhole("latent-width", "Latent width", 1, 512)
                    .unit("dimensions")
                    .help("Width of the bottleneck.")
                    .in(Group.NETWORK),
            Hyperparameter.widths("hidden", "Hidden layers", 8, 4096).in(Group.NETWORK),
            Hyperparameter.choice("activation", "Activation", List.of("relu", "tanh", "leaky-relu"), "relu")
                    .in(Group.NETWORK),
            Hyperparameter.real("entropy-weight", "Entropy weight", 0, 10, 2e-4).in(Group.LOSS),
            Hyperparameter.whole("batch-size", "Batch size", 1, 65536, 128)
                    .unit("rows")
                    .flags("--batch_size")
                    .in(Group.TRAINING),
            Hyperparameter.flag("drop-short-batch", "Drop a short last batch", false)
                    .in(Group.ADVANCED));
    private static final List<Preset> PRESETS = List.of(
            Preset.defaults("our defaults"),
            Preset.of("paper", "The paper's table 2", null, "epochs=200 hidden=64,32"));

    private final FxScreen screen = new FxScreen();
    private final FxRobot robot = new FxRobot();

    @AfterEach
    void close() {
        screen.close();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private HyperparameterForm show(Theme theme) {
        HyperparameterForm form = screen.show(theme, 360, 720, () -> new HyperparameterForm(DECLARED, PRESETS));
        screen.settle();
        return form;
    }

    private String message(HyperparameterForm form, String key) {
        return screen.call(() -> ((Label) form.lookup("#" + key + "-message")).getText());
    }

    private void type(HyperparameterForm form, String key, String text) {
        screen.run(() -> ((TextField) form.lookup("#" + key)).setText(text));
    }

    @Test
    void takesWhatIsTyped() {
        HyperparameterForm form = show(Theme.LIGHT);
        robot.doubleClickOn("#epochs").write("12").push(KeyCode.TAB);
        assertThat(screen.call(form::values).get(EPOCHS)).isEqualTo(12);
        assertThat(screen.call(() -> form.commandLineProperty().get())).isEqualTo("oddlens train --epochs 12");
    }

    @Test
    void showsAllProblemsAtOnceAndKeepsTheLastGoodValues() {
        HyperparameterForm form = show(Theme.LIGHT);
        type(form, "epochs", "0");
        type(form, "learning-rate", "fast");
        assertThat(message(form, "epochs")).isEqualTo("Epochs must be a whole number from 1 to 1000, not '0'");
        assertThat(message(form, "learning-rate")).startsWith("Learning rate must be a number from");
        assertThat(screen.call(() -> form.validProperty().get())).isFalse();
        assertThat(screen.call(form::values).get(EPOCHS)).isEqualTo(50);
        screen.save("form-problems-light");
        type(form, "epochs", "10");
        type(form, "learning-rate", "0,0001");
        assertThat(screen.call(() -> form.validProperty().get())).isTrue();
        assertThat(screen.call(form::values).get(RATE)).isEqualTo(1e-4);
    }

    @Test
    void resetsToThePreset() {
        HyperparameterForm form = show(Theme.LIGHT);
        screen.run(() -> form.presetProperty().set(PRESETS.get(1)));
        assertThat(screen.call(form::values).get(EPOCHS)).isEqualTo(200);
        type(form, "epochs", "7");
        assertThat(screen.call(() -> form.commandLineProperty().get()))
                .isEqualTo("oddlens train --preset paper --epochs 7");
        robot.clickOn("#epochs-reset");
        assertThat(screen.call(form::values).get(EPOCHS)).isEqualTo(200);
    }

    @Test
    void findsAnOriginalFlag() {
        HyperparameterForm form = show(Theme.LIGHT);
        screen.run(() -> form.searchProperty().set("--batch_size"));
        screen.save("form-search-light");
        assertThat(screen.call(
                        () -> form.lookup("#batch-size").getParent().getParent().isVisible()))
                .isTrue();
        assertThat(screen.call(
                        () -> form.lookup("#epochs").getParent().getParent().isVisible()))
                .isFalse();
        screen.run(() -> form.searchProperty().set("zzz"));
        screen.save("form-no-match-light");
    }

    @Test
    void showsWhatTheDetectorRefuses() {
        HyperparameterForm form = show(Theme.DARK);
        screen.run(() -> form.showProblems(Map.of("latent-width", "Latent width would be 0. Choose 1 or more.")));
        assertThat(message(form, "latent-width")).startsWith("Latent width would be 0.");
        assertThat(screen.call(() -> form.validProperty().get())).isFalse();
        screen.save("form-refused-dark");
    }

    @ParameterizedTest
    @EnumSource(Theme.class)
    void drawsEveryKindOfField(Theme theme) {
        HyperparameterForm form = show(theme);
        screen.run(() -> form.lookupAll(".titled-pane")
                .forEach(pane -> ((javafx.scene.control.TitledPane) pane).setExpanded(true)));
        type(form, "epochs", "80");
        screen.save("form-" + theme.name().toLowerCase(Locale.ROOT));
        for (Hyperparameter<?> declared : DECLARED) {
            Node editor = screen.call(() -> form.lookup("#" + declared.key()));
            Seen field = screen.seen(editor);
            assertThat(field.width()).as(declared.key()).isGreaterThanOrEqualTo(24);
            assertThat(field.colours(10))
                    .as("frame and text of %s", declared.key())
                    .isGreaterThan(4);
        }
        Node changed = screen.call(() -> form.lookup("#epochs-reset"));
        Node untouched = screen.call(() -> form.lookup("#batch-size-reset"));
        assertThat(screen.call(changed::isVisible)).isTrue();
        assertThat(screen.call(untouched::isVisible)).isFalse();
    }
}

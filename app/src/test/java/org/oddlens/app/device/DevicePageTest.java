package org.oddlens.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;
import org.oddlens.engine.device.DeviceReport;

/** The page as it is seen on machines of several kinds. */
class DevicePageTest {

    private final FxScreen screen = new FxScreen();
    private final FakeDesk desk = new FakeDesk();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final DeviceViewModel model = new DeviceViewModel(desk, background::add, Runnable::run);
    private final DevicePage page = screen.show(Theme.LIGHT, 680, 480, () -> new DevicePage(model));

    @AfterEach
    void close() {
        screen.close();
    }

    @Test
    void saysThatThereIsNoCard() {
        find(Reports.noCard());

        assertThat(text("gpu-sentence")).startsWith("No NVIDIA card was found");
        assertThat(seen("gpu-install")).isFalse();
        assertThat(seen("gpu-test")).isTrue();
        assertThat(screen.<CheckBox>call(() -> (CheckBox) page.lookup("#gpu-wished"))
                        .isDisabled())
                .isTrue();
        saveBoth("gpu-no-card");
    }

    @Test
    void namesACardThatIsTooNew() {
        find(Reports.tooNew());

        assertThat(text("gpu-card-0")).isEqualTo("NVIDIA H200");
        assertThat(text("gpu-numbers-0"))
                .isEqualTo("compute capability 9.0, driver 550.54.15, 143771 MiB (143261 free)");
        assertThat(text("gpu-sentence")).contains("built for 3.7 to 8.6");
        assertThat(seen("gpu-verdict-0")).as("said once is enough").isFalse();
        assertThat(seen("gpu-install")).isFalse();
        saveBoth("gpu-too-new");
    }

    @Test
    void offersThePackAndShowsItsDownload() {
        find(Reports.withoutPack(0));
        assertThat(seen("gpu-install")).isTrue();
        assertThat(text("gpu-terms"))
                .contains("https://docs.nvidia.com/cuda/eula/")
                .contains("repository.example");
        saveBoth("gpu-without-pack");

        screen.run(() -> ((Button) page.lookup("#gpu-install")).fire());
        assertThat(seen("gpu-cancel")).isTrue();
        assertThat(seen("gpu-install")).isFalse();
        saveBoth("gpu-installing");

        desk.failure = "The checksum of cuda.jar is wrong: expected 12ab…, found 34cd…. The file was deleted.";
        turn();
        assertThat(text("gpu-problem")).startsWith("The checksum");
        assertThat(seen("gpu-cancel")).isFalse();
        assertThat(seen("gpu-install")).isTrue();
        saveBoth("gpu-failed");
    }

    @Test
    void letsACardThatWorksBeChosen() {
        find(Reports.works());

        assertThat(text("gpu-trial")).isEqualTo("Self-test: One training step on the card agrees.");
        screen.run(() -> ((CheckBox) page.lookup("#gpu-wished")).fire());
        assertThat(model.wishedProperty().get()).isTrue();
        assertThat(seen("gpu-remove")).isTrue();
        saveBoth("gpu-works");
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private void find(DeviceReport report) {
        desk.found = report;
        screen.run(model::test);
        turn();
        screen.settle();
    }

    private void turn() {
        screen.run(() -> {
            while (!background.isEmpty()) {
                background.remove().run();
            }
        });
    }

    private void saveBoth(String name) {
        for (Theme theme : Theme.values()) {
            screen.use(theme);
            screen.save(name + "-" + theme.name().toLowerCase(java.util.Locale.ROOT));
        }
    }

    private String text(String id) {
        return screen.call(() -> ((Label) page.lookup("#" + id)).getText());
    }

    private boolean seen(String id) {
        return screen.call(() -> {
            Node node = page.lookup("#" + id);
            return node != null && node.isVisible();
        });
    }
}

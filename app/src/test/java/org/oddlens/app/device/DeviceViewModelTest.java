package org.oddlens.app.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class DeviceViewModelTest {

    private final FakeDesk desk = new FakeDesk();
    private final Queue<Runnable> background = new ArrayDeque<>();
    private final DeviceViewModel model = new DeviceViewModel(desk, background::add, Runnable::run);

    @Test
    void testsOnceAtATime() {
        model.test();
        model.test();
        assertThat(model.phaseProperty().get()).isEqualTo(DeviceViewModel.Phase.TESTING);
        assertThat(background).hasSize(1);

        turn();
        assertThat(model.phaseProperty().get()).isEqualTo(DeviceViewModel.Phase.IDLE);
        assertThat(model.reportProperty().get()).isEqualTo(Reports.noCard());
    }

    @Test
    void offersThePackOnlyWhereACardCanUseIt() {
        assertThat(model.canInstall()).isFalse();
        found(Reports.noCard());
        assertThat(model.canInstall()).isFalse();
        found(Reports.tooNew());
        assertThat(model.canInstall()).isFalse();
        found(Reports.works());
        assertThat(model.canInstall()).isFalse();
        found(Reports.withoutPack(0));
        assertThat(model.canInstall()).isTrue();
    }

    @Test
    void installsAndTestsAfterwards() {
        found(Reports.withoutPack(0));
        model.install();
        assertThat(model.phaseProperty().get()).isEqualTo(DeviceViewModel.Phase.INSTALLING);
        assertThat(model.progressTextProperty().get()).isEqualTo("0 bytes of 2.4 GB");

        turn();
        assertThat(desk.asked).containsExactly("report", "install", "report");
        assertThat(model.progressProperty().get()).isEqualTo(1);
        assertThat(model.reportProperty().get().cardWorks()).isTrue();
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void breaksADownloadOff() {
        found(Reports.withoutPack(0));
        model.install();
        model.cancel();
        turn();

        assertThat(desk.asked).contains("broken off");
        assertThat(model.reportProperty().get().pack().state()).isEqualTo("partial");
        assertThat(model.canInstall()).isTrue();
    }

    @Test
    void saysWhatWentWrongUntilTheNextTry() {
        found(Reports.withoutPack(0));
        desk.failure = "The checksum of first.jar is wrong.";
        model.install();
        turn();
        assertThat(model.problemProperty().get()).isEqualTo("The checksum of first.jar is wrong.");
        assertThat(model.canInstall()).isTrue();

        desk.failure = "";
        model.install();
        assertThat(model.problemProperty().get()).isEmpty();
    }

    @Test
    void givesUpTheCardWithThePack() {
        found(Reports.works());
        model.wishedProperty().set(true);
        model.remove();
        turn();

        assertThat(model.wishedProperty().get()).isFalse();
        assertThat(model.reportProperty().get().cardWorks()).isFalse();
    }

    private void found(org.oddlens.engine.device.DeviceReport report) {
        desk.found = report;
        model.test();
        turn();
    }

    private void turn() {
        while (!background.isEmpty()) {
            background.remove().run();
        }
    }
}

package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceUseTest {

    private final DeviceUse card = DeviceUse.card("auto", "NVIDIA RTX A4000");

    @Test
    void givesARunTheDeviceItNames() {
        assertThat(DeviceUse.cpu().forRun("cpu")).isEqualTo(new DeviceUse("cpu", "cpu", "CPU", ""));
        assertThat(card.forRun("cuda")).isEqualTo(new DeviceUse("auto", "cuda", "NVIDIA RTX A4000", ""));
    }

    @Test
    void refusesARunOnTheProcessorWhereTheCardIsLoaded() {
        assertThatThrownBy(() -> card.forRun("cpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NVIDIA RTX A4000")
                .hasMessageContaining("Start the run again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cuda", "auto"})
    void saysHowACardIsChosenWhereTheProcessorWasChosenForTheProcess(String wanted) {
        DeviceUse use = DeviceUse.cpu().forRun(wanted);

        assertThat(use.asked()).isEqualTo(wanted);
        assertThat(use.used()).isEqualTo("cpu");
        assertThat(use.name()).isEqualTo("CPU");
        assertThat(use.reason()).contains("oddlens train --device cuda");
    }

    @Test
    void keepsTheReasonThatTheProcessHas() {
        DeviceUse instead = DeviceUse.cpuInsteadOf("cuda", "The driver tells of no card.");

        assertThat(instead.forRun("cuda"))
                .isEqualTo(new DeviceUse("cuda", "cpu", "CPU", "The driver tells of no card."));
    }
}

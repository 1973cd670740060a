package org.oddlens.engine.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Capabilities: machine code in ND4J's released library. Drivers: NVIDIA, CUDA 11.6 release notes. */
class CardRulesTest {

    private final CardRules linux = new CardRules("Linux");
    private final CardRules windows = new CardRules("Windows 11");

    @ParameterizedTest
    @ValueSource(strings = {"3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.2", "7.5", "8.0", "8.6"})
    void takeEveryCapabilityTheLibrariesWereBuiltFor(String capability) {
        assertThat(linux.refusal(card(capability, "535.183.01"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.7", "8.9", "9.0", "10.0", "12.0"})
    void refuseNewerCardsWithTheirName(String capability) {
        assertThat(linux.refusal(card(capability, "550.54.15")).orElseThrow())
                .startsWith("Card X has compute capability " + capability)
                .contains("3.7 to 8.6");
    }

    /** An update of the driver would not help, so it must not be asked for. */
    @Test
    void nameTheCapabilityBeforeTheDriver() {
        assertThat(linux.refusal(card("9.0", "470.10")).orElseThrow())
                .contains("whatever the driver")
                .doesNotContain("Update");
    }

    @Test
    void tellThatTheNextVersionIsReportedToFail() {
        assertThat(linux.refusal(card("8.9", "550.54.15")).orElseThrow()).contains("issue 9989");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.1", "3.0", "3.5"})
    void refuseOlderCards(String capability) {
        assertThat(linux.refusal(card(capability, "510.47.03")).orElseThrow()).contains("need at least 3.7");
    }

    @ParameterizedTest
    @CsvSource({"510.39, false", "510.39.01, true", "510.47.03, true", "470.256.02, false", "535.54, true"})
    void needCudasDriverOnLinux(String driver, boolean enough) {
        assertThat(linux.refusal(card("8.6", driver)).isEmpty()).isEqualTo(enough);
    }

    @ParameterizedTest
    @CsvSource({"510.39.01, false", "511.23, true", "512.15, true"})
    void needCudasDriverOnWindows(String driver, boolean enough) {
        assertThat(windows.refusal(card("8.6", driver)).isEmpty()).isEqualTo(enough);
    }

    @Test
    void sayWhichDriverWasFoundAndWhichIsNeeded() {
        assertThat(linux.refusal(DriverAnswers.listing("old-fields").cards().get(0))
                        .orElseThrow())
                .contains("driver 470.256.02 found, 510.39.01 or newer needed");
    }

    @Test
    void refuseACardWhoseCapabilityIsNotTold() {
        GraphicsCard card = new GraphicsCard(0, "Card X", null, new DriverVersion("550.1"), null, null, false);

        assertThat(linux.refusal(card).orElseThrow()).contains("does not tell the compute capability");
    }

    private static GraphicsCard card(String capability, String driver) {
        return new GraphicsCard(
                0, "Card X", ComputeCapability.of(capability), new DriverVersion(driver), 16000L, 15000L, false);
    }
}

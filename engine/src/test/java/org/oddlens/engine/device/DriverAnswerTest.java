package org.oddlens.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.oddlens.engine.device.DriverAnswers.listing;
import static org.oddlens.engine.device.DriverAnswers.text;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DriverAnswerTest {

    @Test
    void readsACard() {
        assertThat(listing("one-card").cards())
                .containsExactly(new GraphicsCard(
                        0,
                        "NVIDIA RTX A4000",
                        new ComputeCapability(8, 6),
                        new DriverVersion("535.183.01"),
                        16376L,
                        15921L,
                        false));
        assertThat(listing("one-card").problem()).isEmpty();
    }

    @Test
    void readsSeveralCardsInTheirOrder() {
        assertThat(listing("several").cards())
                .extracting(GraphicsCard::index, GraphicsCard::name)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, "Tesla K80"),
                        org.assertj.core.groups.Tuple.tuple(1, "Tesla K80"),
                        org.assertj.core.groups.Tuple.tuple(2, "NVIDIA GeForce RTX 3090"));
    }

    @Test
    void takesWhatADividedCardMayNotTellAsNotTold() {
        GraphicsCard card = listing("divided").cards().get(0);

        assertThat(card.divided()).isTrue();
        assertThat(card.memoryMiB()).isEqualTo(40960);
        assertThat(card.freeMiB()).isNull();
    }

    @Test
    void takesBracketsAsNotTold() {
        GraphicsCard card = listing("shared-memory").cards().get(0);

        assertThat(card.memoryMiB()).isNull();
        assertThat(card.computeCapability()).isEqualTo(new ComputeCapability(12, 1));
    }

    @Test
    void readsPastWarningsAndNumbersWithoutUnitAndANameWithAComma() {
        GraphicsCard card = listing("warning-first").cards().get(0);

        assertThat(card.name()).isEqualTo("Quadro RTX 3000, Max-Q");
        assertThat(card.memoryMiB()).isEqualTo(6144);
        assertThat(card.divided()).isFalse();
    }

    @Test
    void readsTheFieldsOfAnOldDriver() {
        assertThat(new DriverAnswer(2, text("unknown-field")).unknownField()).isTrue();
        GraphicsCard card = listing("old-fields").cards().get(0);

        assertThat(card.name()).isEqualTo("NVIDIA GeForce GTX 1070");
        assertThat(card.computeCapability()).isNull();
        assertThat(card.driver()).isEqualTo(new DriverVersion("470.256.02"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-devices | finds no card",
                "not-running | installed but not running",
                "mismatch | Restart the machine",
                "lost | has lost the card",
                "unknown-error | exit code 255 and said: Failed to initialize NVML: Unknown Error"
            })
    void saysWhyThereIsNone(String answer, String words) {
        CardListing listing = new DriverAnswer(255, text(answer)).listing();

        assertThat(listing.cards()).isEmpty();
        assertThat(listing.problem()).contains(words);
    }

    @Test
    void saysWhyThereIsNoneWhenNothingWasSaid() {
        assertThat(new DriverAnswer(3, "").listing().problem()).contains("exit code 3 and said nothing");
    }
}

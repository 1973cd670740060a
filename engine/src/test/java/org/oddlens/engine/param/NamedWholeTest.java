package org.oddlens.engine.param;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamedWholeTest {

    private final Domain.NamedWhole domain = new Domain.NamedWhole(List.of("auto", "half"), 0, 40);

    @ParameterizedTest
    @CsvSource({"auto, auto", "' HALF ', half", "7, 7", "007, 7", "+40, 40", "0, 0"})
    void readsNamesAndNumbers(String text, String value) {
        assertThat(domain.parse(text)).isEqualTo(value);
        assertThat(domain.parse(domain.format(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "41", "third", "", "3.5"})
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> domain.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isANumberOrANameInJson() {
        assertThat(domain.toJson("12")).isEqualTo(12);
        assertThat(domain.toJson("half")).isEqualTo("half");
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import org.junit.jupiter.api.Test;

class FiniteNumbersTest {

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(double[].class, new FiniteNumbers.Writer())
                    .addDeserializer(double[].class, new FiniteNumbers.Reader()));

    @Test
    void writesWhatJsonCannotSayAsNull() throws Exception {
        assertThat(mapper.writeValueAsString(new double[] {1.5, Double.NaN, Double.POSITIVE_INFINITY}))
                .isEqualTo("[1.5,null,null]");
    }

    @Test
    void readsNullAsMissingAndMoreThanOneBufferOfNumbers() throws Exception {
        double[] many = new double[40];
        many[39] = Double.NaN;
        many[3] = -2;
        assertThat(mapper.readValue(mapper.writeValueAsString(many), double[].class))
                .containsExactly(many);
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import org.junit.jupiter.api.Test;

class FiniteFloatsTest {

    private final ObjectMapper mapper = new ObjectMapper()
            .registerModule(new SimpleModule()
                    .addSerializer(float[].class, new FiniteFloats.Writer())
                    .addDeserializer(float[].class, new FiniteFloats.Reader()));

    @Test
    void writesWhatJsonCannotSayAsNull() throws Exception {
        assertThat(mapper.writeValueAsString(new float[] {1.5f, Float.NaN, Float.POSITIVE_INFINITY}))
                .isEqualTo("[1.5,null,null]");
    }

    @Test
    void readsNullAsMissingAndMoreThanOneBufferOfNumbers() throws Exception {
        float[] many = new float[40];
        many[39] = Float.NaN;
        many[3] = -2;
        assertThat(mapper.readValue(mapper.writeValueAsString(many), float[].class))
                .containsExactly(many);
    }
}

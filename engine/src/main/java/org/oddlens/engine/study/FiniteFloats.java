package org.oddlens.engine.study;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import java.io.IOException;
import java.util.Arrays;

/** Numbers that may be missing, in JSON, which knows no NaN: null there, NaN here. */
final class FiniteFloats {

    private FiniteFloats() {}

    /** Writes NaN and infinities as null. */
    static final class Writer extends JsonSerializer<float[]> {
        @Override
        public void serialize(float[] values, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (float value : values) {
                if (Float.isFinite(value)) {
                    out.writeNumber(value);
                } else {
                    out.writeNull();
                }
            }
            out.writeEndArray();
        }
    }

    /** Reads null as NaN. */
    static final class Reader extends JsonDeserializer<float[]> {
        @Override
        public float[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            float[] values = new float[16];
            int count = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (count == values.length) {
                    values = Arrays.copyOf(values, 2 * count);
                }
                values[count++] = in.currentToken() == JsonToken.VALUE_NULL ? Float.NaN : in.getFloatValue();
            }
            return Arrays.copyOf(values, count);
        }
    }
}

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
final class FiniteNumbers {

    private FiniteNumbers() {}

    /** Writes NaN and infinities as null. */
    static final class Writer extends JsonSerializer<double[]> {
        @Override
        public void serialize(double[] values, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartArray();
            for (double value : values) {
                if (Double.isFinite(value)) {
                    out.writeNumber(value);
                } else {
                    out.writeNull();
                }
            }
            out.writeEndArray();
        }
    }

    /** Reads null as NaN. */
    static final class Reader extends JsonDeserializer<double[]> {
        @Override
        public double[] deserialize(JsonParser in, DeserializationContext context) throws IOException {
            double[] values = new double[16];
            int count = 0;
            while (in.nextToken() != JsonToken.END_ARRAY) {
                if (count == values.length) {
                    values = Arrays.copyOf(values, 2 * count);
                }
                values[count++] = in.currentToken() == JsonToken.VALUE_NULL ? Double.NaN : in.getDoubleValue();
            }
            return Arrays.copyOf(values, count);
        }
    }
}

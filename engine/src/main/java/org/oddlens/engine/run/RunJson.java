package org.oddlens.engine.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How records become JSON: UTF-8, unknown keys ignored when reading (a newer version may add some), no type names of
 * Java classes anywhere, files replaced by an atomic rename.
 */
public final class RunJson {

    private final ObjectMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** One line. */
    public String line(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }

    /** Several indented lines. */
    public String pretty(Object value) {
        try {
            return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot be written as JSON: " + value, e);
        }
    }

    /**
     * Reads one value.
     *
     * @throws IOException with Jackson's description of the place
     */
    public <T> T read(String text, Class<T> type) throws IOException {
        return mapper.readValue(text, type);
    }

    /** Reads a file of one value. */
    public <T> T read(Path file, Class<T> type) throws IOException {
        try {
            return mapper.readValue(Files.readString(file), type);
        } catch (JsonProcessingException e) {
            throw new IOException(file.getFileName() + " is not the JSON expected here: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes a file beside its place and renames it, so that no reader ever sees half of it. */
    public void write(Path file, Object value) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, pretty(value) + "\n");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

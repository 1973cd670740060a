package org.oddlens.engine.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * How records become JSON: UTF-8, unknown keys ignored when reading (a newer version may add some), no type names of
 * Java classes anywhere, files replaced by an atomic rename.
 */
public final class RunJson {

    /** No record of ours is near it; what is has been made to fill the memory. */
    private static final long MOST_BYTES = 64L << 20;

    private final ObjectMapper mapper = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // A seed of 1.5 or "7" is a mistake, not 1 or 7.
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
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
     * @throws DamagedJsonException saying where it is not what is expected, without naming a file
     */
    public <T> T read(String text, Class<T> type) throws IOException {
        try {
            return whole(mapper.readValue(text, type));
        } catch (JsonProcessingException e) {
            throw DamagedJsonException.of(e);
        }
    }

    /**
     * Reads a file of one value.
     *
     * @throws DamagedJsonException naming the file and the place
     * @throws IOException if it cannot be read at all
     */
    public <T> T read(Path file, Class<T> type) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DamagedJsonException(Files.exists(file) ? "It is no ordinary file." : "It is not there.")
                    .in(file);
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new DamagedJsonException("It has " + (Files.size(file) >> 20) + " MB, and such a file has at most "
                            + (MOST_BYTES >> 20) + " MB.")
                    .in(file);
        }
        try {
            // Decoded leniently: what is no UTF-8 is no JSON either, and the parser says where.
            return read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8), type);
        } catch (DamagedJsonException e) {
            throw e.in(file);
        }
    }

    /**
     * Reads a value out of a tree.
     *
     * @param place what holds it, for the sentence
     */
    public <T> T read(String place, JsonNode tree, Class<T> type) throws IOException {
        try {
            return whole(mapper.treeToValue(tree, type));
        } catch (JsonProcessingException e) {
            throw DamagedJsonException.of(e).in(Path.of(place));
        }
    }

    private static <T> T whole(T value) throws DamagedJsonException {
        if (value == null) {
            throw new DamagedJsonException("It holds nothing.");
        }
        return value;
    }

    /** Writes a file beside its place and renames it, so that no reader ever sees half of it. */
    public void write(Path file, Object value) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(part, pretty(value) + "\n");
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}

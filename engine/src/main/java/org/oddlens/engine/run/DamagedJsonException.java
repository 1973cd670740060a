package org.oddlens.engine.run;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** JSON that is not what is expected; the message is the sentence shown. */
public final class DamagedJsonException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String why;

    /** @param why a sentence about it, such as {@code It holds nothing.} */
    DamagedJsonException(String why) {
        super(why);
        this.why = why;
    }

    private DamagedJsonException(Path file, String why) {
        super(file + " cannot be used. " + why + " Put back a copy of it, or do without it.");
        this.why = why;
    }

    /** The same, of a file. */
    DamagedJsonException in(Path file) {
        return new DamagedJsonException(file, why);
    }

    /** What is wrong in one sentence, without the file. */
    public String why() {
        return why;
    }

    static DamagedJsonException of(JsonProcessingException failure) {
        // What is wrong with the text inside an object comes wrapped with the key, which is not at fault.
        if (failure.getCause() instanceof JsonParseException
                || failure.getCause() instanceof StreamConstraintsException) {
            return of((JsonProcessingException) failure.getCause());
        }
        JsonLocation place = failure.getLocation();
        String line = place == null || place.getLineNr() < 1 ? "" : " in line " + place.getLineNr();
        if (failure instanceof StreamConstraintsException) {
            return new DamagedJsonException("It is nested too deeply or holds too long a text.");
        }
        if (failure instanceof JsonParseException) {
            return new DamagedJsonException("It is cut off or no JSON" + line + ".");
        }
        String key = failure instanceof JsonMappingException mapping
                ? mapping.getPath().stream()
                        .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                        .collect(Collectors.joining("."))
                : "";
        return new DamagedJsonException(
                key.isEmpty()
                        ? "It is cut off, or not of the kind expected here."
                        : "'" + key + "' has a value that cannot be there" + line + ".");
    }
}

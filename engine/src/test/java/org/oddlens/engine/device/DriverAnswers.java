package org.oddlens.engine.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Answers of the driver's command, written down after its documentation and public reports. */
final class DriverAnswers {

    private DriverAnswers() {}

    static String text(String name) {
        try (InputStream in = DriverAnswers.class.getResourceAsStream(name + ".txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CardListing listing(String name) {
        return new DriverAnswer(0, text(name)).listing();
    }
}

package org.oddlens.engine.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;

/** Commands as they are typed: exit code, standard output, standard error. */
abstract class TypedCommands {

    @TempDir
    Path temp;

    final ObjectMapper mapper = new ObjectMapper();
    Path data;
    String out;
    String err;

    @BeforeEach
    void writeData() throws IOException {
        data = TestRuns.data(temp);
    }

    int train(String... further) {
        List<String> words = new ArrayList<>(List.of("train", "--data", data.toString(), "--detector", "autoencoder"));
        if (!Arrays.asList(further).contains("--epochs")) {
            words.addAll(List.of("--epochs", "2"));
        }
        words.addAll(Arrays.asList(further));
        return run(words.toArray(new String[0]));
    }

    int run(String... words) {
        Typed typed = Typed.in(temp.resolve("home"), words);
        out = typed.out();
        err = typed.err();
        return typed.code();
    }

    /** Standard output as JSON; anything before or after the document is an error. */
    JsonNode json() throws IOException {
        return mapper.reader()
                .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .readTree(out);
    }
}

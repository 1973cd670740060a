package org.oddlens.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.oddlens.engine.run.FailureSentence;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.run.SpecCheck;
import org.oddlens.engine.study.RunPlan;

/** The flag {@code --spec}: a specification in a file, in place of all flags that make one. */
final class SpecFile {

    /** What the flag names; {@code beside} are the flags that may stand beside it. */
    RunSpec request(Given given, List<String> beside) throws IOException {
        if (!given.parsed().unmatched().isEmpty()) {
            throw new UsageException("--spec stands alone; leave out "
                    + String.join(" ", given.parsed().unmatched()) + ".");
        }
        List<String> others = given.parsed().matchedOptions().stream()
                .map(option -> option.longestName())
                .filter(name -> !beside.contains(name))
                .toList();
        if (!others.isEmpty()) {
            throw new UsageException("--spec stands alone; leave out " + String.join(", ", others) + ".");
        }
        Path file = InputFiles.require("--spec", given.text("--spec"));
        RunSpec request = read(file);
        if (request.data() == null || request.detector() == null) {
            throw new UsageException("--spec: " + file + " is no specification: it names no data or no detector.");
        }
        return request;
    }

    /** A specification, alone or inside a run record. Unknown keys are refused here, because they may be mistyped. */
    private static RunSpec read(Path file) throws IOException {
        RunJson json = new RunJson();
        try {
            JsonNode whole = json.read(file, JsonNode.class);
            JsonNode specification = whole.has("spec") ? whole.get("spec") : whole;
            if (!(specification instanceof ObjectNode object)) {
                throw new UsageException("--spec: " + file + " is no specification.");
            }
            List<String> known = Arrays.stream(RunSpec.class.getRecordComponents())
                    .map(RecordComponent::getName)
                    .toList();
            for (Iterator<String> keys = object.fieldNames(); keys.hasNext(); ) {
                String key = keys.next();
                if (!known.contains(key)) {
                    throw new UsageException(
                            "--spec: there is no key '" + key + "'. Known are: " + String.join(", ", known) + ".");
                }
            }
            if (!object.has("seed")) {
                object.put("seed", RunPlan.DEFAULT_SEED);
            }
            RunSpec spec = json.read(file.toString(), object, RunSpec.class);
            new SpecCheck(file.toString()).require(spec);
            return spec;
        } catch (UsageException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new UsageException("--spec: " + FailureSentence.of(e));
        }
    }
}

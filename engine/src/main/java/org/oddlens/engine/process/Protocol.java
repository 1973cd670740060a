package org.oddlens.engine.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JsonNode;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunSpec;

/**
 * The lines that cross the border: JSON, one a line. Commands go to the engine's standard input, messages come from its
 * original standard output. Format: docs/formats/engine-protocol.md.
 */
public final class Protocol {

    private Protocol() {}

    /** What the window asks. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "cmd")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Train.class, name = "train"),
        @JsonSubTypes.Type(value = Resume.class, name = "resume"),
        @JsonSubTypes.Type(value = Control.class, name = "control"),
        @JsonSubTypes.Type(value = Change.class, name = "change"),
        @JsonSubTypes.Type(value = Pace.class, name = "pace"),
        @JsonSubTypes.Type(value = Inspect.class, name = "inspect"),
        @JsonSubTypes.Type(value = Picture.class, name = "picture"),
        @JsonSubTypes.Type(value = Contributions.class, name = "contributions"),
        @JsonSubTypes.Type(value = Quit.class, name = "quit"),
    })
    public sealed interface Command {}

    /**
     * Train one run; refused while another one trains.
     *
     * @param snapshots how often it is recorded, an id of {@link org.oddlens.engine.study.Snapshots}; null means regular
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Train(String id, RunSpec spec, String folder, String snapshots) implements Command {}

    /** Go on with an interrupted, stopped or failed run; refused like {@link Train}. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Resume(String id, String folder, String snapshots) implements Command {}

    /** The run that trains, and all later ones, begin at most so many epochs a second; null: as fast as they can. */
    public record Pace(Double epochsPerSecond) implements Command {}

    /** Another value of a live hyperparameter from the next epoch on; answered with the value, or refused. */
    public record Change(String id, String key, Object value) implements Command {}

    /** {@code action}: {@code stop}, {@code discard}, {@code pause}, {@code proceed} or {@code step}. */
    public record Control(String action) implements Command {}

    /** What a file holds. */
    public record Inspect(String id, DataSpec data) implements Command {}

    /** A data set in two dimensions; {@code method}: {@code pca} or {@code mds}. */
    public record Picture(String id, DataSpec data, String method, long seed) implements Command {}

    /** What each feature adds to the score of one row of a finished run. */
    public record Contributions(String id, String run, int row) implements Command {}

    /** End the process once nothing trains any more; a running training is stopped and kept. */
    public record Quit() implements Command {}

    /** What the engine says. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "msg")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Ready.class, name = "ready"),
        @JsonSubTypes.Type(value = Heartbeat.class, name = "heartbeat"),
        @JsonSubTypes.Type(value = Event.class, name = "event"),
        @JsonSubTypes.Type(value = Answer.class, name = "answer"),
        @JsonSubTypes.Type(value = Refused.class, name = "refused"),
    })
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public sealed interface Message {}

    /** The native libraries are loaded; training starts without delay from now on. */
    public record Ready(String protocol, long pid, String device) implements Message {

        /** Version of the protocol; both sides must agree. */
        public static final String VERSION = "oddlens.engine/1";
    }

    /** Once a second, whatever else happens. */
    public record Heartbeat(long uptimeMillis) implements Message {}

    /** An event of the run with that id. */
    public record Event(String id, RunEvent event) implements Message {}

    /** The result of a question. */
    public record Answer(String id, JsonNode result) implements Message {}

    /** A command that cannot be done; {@code sentence} is for the user. */
    public record Refused(String id, String sentence) implements Message {}
}

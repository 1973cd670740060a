package org.oddlens.engine.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;

/**
 * Everything that decides the numbers of a run, defaults written out. The same specification gives the same result
 * from the window, the command line and a cluster node.
 *
 * @param data            file, checksum, roles, label map, missing-value policy
 * @param protocol        which rows train, validate and test
 * @param scaler          {@code none}, {@code min-max}, {@code z-score} or {@code robust}, fitted on training rows
 * @param detector        id of the detector
 * @param preset          preset the hyperparameters started from
 * @param hyperparameters key to value, complete
 * @param threshold       method and value, such as {@code percentile:95}
 * @param seed            the seed every random draw follows from
 * @param device          {@code cpu} or {@code cuda}
 * @param executor        what runs the graph: {@code compiled}, {@code replay} or {@code samediff}
 * @param threads         most threads to compute on; the bits of the compiled executor's results do not depend on it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSpec(
        DataSpec data,
        ProtocolSpec protocol,
        String scaler,
        String detector,
        String preset,
        Map<String, Object> hyperparameters,
        String threshold,
        long seed,
        String device,
        String executor,
        int threads,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HyperparameterChange> changes) {

    public RunSpec {
        changes = changes == null ? List.of() : List.copyOf(changes);
    }

    /** A specification whose hyperparameters stay as they are. */
    public RunSpec(
            DataSpec data,
            ProtocolSpec protocol,
            String scaler,
            String detector,
            String preset,
            Map<String, Object> hyperparameters,
            String threshold,
            long seed,
            String device,
            String executor,
            int threads) {
        this(
                data,
                protocol,
                scaler,
                detector,
                preset,
                hyperparameters,
                threshold,
                seed,
                device,
                executor,
                threads,
                List.of());
    }

    /**
     * The same run with its data at other places.
     *
     * @param file       null where it was
     * @param secondFile null where it was
     */
    public RunSpec movedTo(Path file, Path secondFile) {
        DataSpec moved = data.movedTo(
                file == null ? data.file() : file.toString(),
                secondFile == null ? data.secondFile() : secondFile.toString());
        return new RunSpec(
                moved,
                protocol,
                scaler,
                detector,
                preset,
                hyperparameters,
                threshold,
                seed,
                device,
                executor,
                threads,
                changes);
    }

    /** The same run by another executor. */
    public RunSpec by(String other) {
        return with(protocol, seed, device, other, changes);
    }

    /** The same run on another device. */
    public RunSpec on(String other) {
        return with(protocol, seed, other, executor, changes);
    }

    /** The same with other changes. */
    public RunSpec withChanges(List<HyperparameterChange> newChanges) {
        return with(protocol, seed, device, executor, newChanges);
    }

    /** The same run with another seed, and rows by another protocol. */
    public RunSpec seeded(long newSeed, ProtocolSpec newProtocol) {
        return with(newProtocol, newSeed, device, executor, changes);
    }

    private RunSpec with(
            ProtocolSpec newProtocol,
            long newSeed,
            String newDevice,
            String newExecutor,
            List<HyperparameterChange> newChanges) {
        return new RunSpec(
                data,
                newProtocol,
                scaler,
                detector,
                preset,
                hyperparameters,
                threshold,
                newSeed,
                newDevice,
                newExecutor,
                threads,
                newChanges);
    }
}

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
 * @param changes         changes of live hyperparameters, by epoch
 * @param constantFeatures what the scaler does with features that have a single value in the training rows:
 *                        {@code bounded} (null means that) or {@code raw}
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<HyperparameterChange> changes,
        String constantFeatures) {

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
                List.of(),
                null);
    }

    /**
     * The same run with its data at other places.
     *
     * @param file       null where it was
     * @param secondFile null where it was
     */
    public RunSpec movedTo(Path file, Path secondFile) {
        return withData(data.movedTo(
                file == null ? data.file() : file.toString(),
                secondFile == null ? data.secondFile() : secondFile.toString()));
    }

    /** The same run by another executor. */
    public RunSpec by(String other) {
        return with(data, protocol, seed, device, other, threads, changes, constantFeatures);
    }

    /** The same run on another device. */
    public RunSpec on(String other) {
        return with(data, protocol, seed, other, executor, threads, changes, constantFeatures);
    }

    /** The same with other changes. */
    public RunSpec withChanges(List<HyperparameterChange> newChanges) {
        return with(data, protocol, seed, device, executor, threads, newChanges, constantFeatures);
    }

    /** The same run with another seed, and rows by another protocol. */
    public RunSpec seeded(long newSeed, ProtocolSpec newProtocol) {
        return with(data, newProtocol, newSeed, device, executor, threads, changes, constantFeatures);
    }

    /** The same run on other data, or on the same at another place. */
    public RunSpec withData(DataSpec newData) {
        return with(newData, protocol, seed, device, executor, threads, changes, constantFeatures);
    }

    /** The same run on another number of threads. */
    public RunSpec withThreads(int newThreads) {
        return with(data, protocol, seed, device, executor, newThreads, changes, constantFeatures);
    }

    /** The same run with another rule for features that are constant in training; null for the usual one. */
    public RunSpec withConstantFeatures(String rule) {
        return with(data, protocol, seed, device, executor, threads, changes, rule);
    }

    private RunSpec with(
            DataSpec newData,
            ProtocolSpec newProtocol,
            long newSeed,
            String newDevice,
            String newExecutor,
            int newThreads,
            List<HyperparameterChange> newChanges,
            String newConstantFeatures) {
        return new RunSpec(
                newData,
                newProtocol,
                scaler,
                detector,
                preset,
                hyperparameters,
                threshold,
                newSeed,
                newDevice,
                newExecutor,
                newThreads,
                newChanges,
                newConstantFeatures);
    }
}

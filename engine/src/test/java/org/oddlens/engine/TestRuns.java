package org.oddlens.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.NpzWriter;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunExecution;

/** Small data files and specifications for tests of whole runs. */
public final class TestRuns {

    public static final int NORMAL = 120;
    public static final int ANOMALOUS = 12;

    private TestRuns() {}

    /** A file with arrays {@code X} and {@code y}, the anomalies spread among the normal rows. */
    public static Path data(Path folder) throws IOException {
        return data(folder.resolve("toy.npz"), ToyData.rows(NORMAL, ANOMALOUS, 1));
    }

    /** The same with rows given, labelled as {@link ToyData#labels} says. */
    public static Path data(Path file, float[] rows) throws IOException {
        int count = rows.length / ToyData.FEATURES;
        boolean[] odd = ToyData.labels(count - ANOMALOUS, ANOMALOUS);
        int[] labels = new int[count];
        Arrays.setAll(labels, row -> odd[row] ? 1 : 0);
        try (NpzWriter out = new NpzWriter(file)) {
            out.add("X", rows, count, ToyData.FEATURES);
            out.add("y", labels, count);
        }
        return file;
    }

    /** A run of the autoencoder, 3 epochs unless told otherwise. */
    public static RunSpec spec(Path data, String protocol, Map<String, Object> hyperparameters) {
        Map<String, Object> values = new HashMap<>(Map.of("epochs", 3));
        values.putAll(hyperparameters);
        return new RunSpec(
                DataSpec.of(data.toString()).withMissing(MissingPolicy.IMPUTE),
                ProtocolSpec.of(protocol),
                null,
                "autoencoder",
                null,
                values,
                null,
                42,
                null,
                null,
                1);
    }

    /** The same specification for another detector. */
    public static RunSpec of(String detector, RunSpec spec) {
        return new RunSpec(
                spec.data(),
                spec.protocol(),
                spec.scaler(),
                detector,
                spec.preset(),
                spec.hyperparameters(),
                spec.threshold(),
                spec.seed(),
                spec.device(),
                spec.executor(),
                spec.threads());
    }

    /** The same specification with another scaler. */
    public static RunSpec scaled(String scaler, RunSpec spec) {
        return new RunSpec(
                spec.data(),
                spec.protocol(),
                scaler,
                spec.detector(),
                spec.preset(),
                spec.hyperparameters(),
                spec.threshold(),
                spec.seed(),
                spec.device(),
                spec.executor(),
                spec.threads());
    }

    public static RunExecution execution() {
        return new RunExecution(
                DetectorRegistry.installed(),
                () -> new MachineKind("processor", "system", "java", "blas", Map.of("oddlens", "test")),
                Clock.systemUTC());
    }
}

package org.oddlens.engine.study;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.Tensor;

/**
 * Whether the parts of a model can belong together, asked before a network is built from them: the file may be damaged, or a
 * stranger's made to fill the memory.
 */
final class ModelCheckup {

    /** Numbers per row beyond which no model is kept. */
    private static final long MOST_FEATURES = 50_000_000;

    /** As read, as an array of numbers, in the network. */
    private static final int COPIES = 4;

    /** Beside its trainable numbers a network keeps means, moments and the like, and each array its header. */
    private static final long BESIDE = 8;

    private static final long PER_FEATURE = 64;
    private static final long SLACK = 4 << 20;

    private final Path file;

    ModelCheckup(Path file) {
        this.file = file;
    }

    /**
     * What the JSON part says, before any weight is read.
     *
     * @throws RunFolderException naming what is missing or cannot be
     */
    void require(ModelFile.Header header) {
        if (header.detector() == null || header.hyperparameters() == null) {
            throw refused("it names no detector or no hyperparameters");
        }
        long features = features(header.rowShape());
        requireScaler(header.scaler(), features);
        if (header.threshold() == null || !Double.isFinite(header.threshold())) {
            throw refused("its decision threshold is missing or no finite number");
        }
    }

    private long features(int[] rowShape) {
        if (rowShape == null || rowShape.length == 0) {
            throw refused("it does not say how many numbers a row has");
        }
        long features = 1;
        for (int length : rowShape) {
            features = length < 1 || features > MOST_FEATURES ? Long.MAX_VALUE : features * length;
        }
        if (features > MOST_FEATURES) {
            throw refused("a row of the shape " + Arrays.toString(rowShape) + " is not possible");
        }
        return features;
    }

    private void requireScaler(FittedScaler scaler, long features) {
        if (scaler == null || scaler.scaler() == null) {
            throw refused("it has no scaler");
        }
        if (scaler.features() != features) {
            throw refused("its scaler is for " + scaler.features() + " features and its rows have " + features);
        }
        for (int j = 0; j < features; j++) {
            if (!Double.isFinite(scaler.offsets()[j]) || !Double.isFinite(scaler.fills()[j])) {
                throw refused("its scaler holds numbers that are not finite for feature " + (j + 1));
            }
            if (!Double.isFinite(scaler.scales()[j]) || scaler.scales()[j] == 0) {
                throw refused("its scaler divides feature " + (j + 1) + " by " + scaler.scales()[j]);
            }
        }
    }

    /**
     * The weights, against what the hyperparameters declare.
     *
     * @param declared trainable numbers of the network, 0 for a detector without one
     */
    void require(Map<String, Tensor> weights, long declared) {
        long found = 0;
        for (Map.Entry<String, Tensor> tensor : weights.entrySet()) {
            for (float value : tensor.getValue().values()) {
                if (!Float.isFinite(value)) {
                    throw refused("its weights '" + tensor.getKey() + "' hold numbers that are not finite");
                }
            }
            found += tensor.getValue().values().length;
        }
        if (found == 0) {
            throw refused("it holds no weights");
        }
        if (found < declared) {
            throw refused(String.format(
                    Locale.ROOT,
                    "its hyperparameters declare a network of %,d numbers, and it holds %,d",
                    declared,
                    found));
        }
    }

    /**
     * Before they are read: weights far beyond what a network keeps, or that the memory cannot hold beside the copies that are
     * made of them.
     */
    void requireRoom(long bytes, long declared, long features) {
        if (declared > 0 && bytes > BESIDE * Float.BYTES * (declared + features * PER_FEATURE) + SLACK) {
            throw refused(String.format(
                    Locale.ROOT,
                    "its hyperparameters declare a network of %,d numbers, and it holds %,d MB",
                    declared,
                    bytes >> 20));
        }
        long most = Runtime.getRuntime().maxMemory() / COPIES;
        if (bytes > most) {
            throw refused(String.format(
                    Locale.ROOT,
                    "its weights are %,d MB and this process can hold %,d MB of them; allow it more memory, such as with"
                            + " JDK_JAVA_OPTIONS=-Xmx%dg, if you know where the model comes from",
                    bytes >> 20,
                    most >> 20,
                    (bytes * COPIES >> 30) + 1));
        }
    }

    RunFolderException refused(String why) {
        return new RunFolderException(
                file + " cannot be used as a model: " + why + ". Put back a copy of it, or train again.");
    }
}

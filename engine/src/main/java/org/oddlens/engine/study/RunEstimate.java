package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.SharedHyperparameters;

/**
 * What a run will take, told before it starts. Rough: within a factor of two for a network, and without what a detector that
 * has none needs while it solves.
 *
 * @param parameters  trainable numbers
 * @param memoryBytes of the process while it trains
 * @param leastBytes  of that, what certainly has to be in Java's memory at once
 * @param folderBytes of the run folder at its end
 * @param sentences   what the user should know before; empty if nothing is out of the ordinary
 */
public record RunEstimate(
        long parameters, long memoryBytes, long leastBytes, long folderBytes, List<String> sentences) {

    /** Parameters, gradients and the last finite state; the rules of training add at least one more. */
    private static final long LEAST_COPIES = 3;

    /** Beside those: moments, a checkpoint, the network's own memory, what the model file is made from. */
    private static final long COPIES = 12;

    /** As read, scaled for training, scaled for scoring, and the file's own bytes. */
    private static final long BYTES_PER_VALUE = 20;

    private static final long MANY_PARAMETERS = 20_000_000;
    private static final long LARGE_FOLDER = 500L << 20;
    private static final int MOST_SNAPSHOTS = 500;
    private static final int MOST_TRACKED = 12_000;

    /**
     * Estimates.
     *
     * @param shape     the network
     * @param features  numbers per row
     * @param trainRows rows trained on
     * @param rows      all rows
     * @param epochs    epochs planned
     * @param heapBytes what Java may use in the process that trains
     */
    public static RunEstimate of(
            NetworkShape shape, int features, int trainRows, int rows, int epochs, long heapBytes) {
        long parameters = shape.parameterCount();
        long weights = Float.BYTES * parameters;
        long data = BYTES_PER_VALUE * features * rows;
        long memory = COPIES * weights + data;
        int code = shape.widths().stream().mapToInt(width -> width).min().orElse(0);
        long snapshot = (long) Float.BYTES * Math.min(rows, MOST_TRACKED) * (2 + code);
        long folder = 2 * weights + Math.min(MOST_SNAPSHOTS, epochs + 1) * snapshot;
        return new RunEstimate(
                parameters,
                memory,
                LEAST_COPIES * weights,
                folder,
                sentences(parameters, features, trainRows, memory, folder, heapBytes));
    }

    /** Of a run that is planned, in this process. */
    public static RunEstimate of(RunPlan plan) {
        boolean trained = plan.values().texts().containsKey(SharedHyperparameters.EPOCHS.key());
        return of(
                plan.shape(),
                plan.imported().dataset().features(),
                plan.split().train().length,
                plan.imported().dataset().rows(),
                trained ? plan.values().get(SharedHyperparameters.EPOCHS) : 0,
                Runtime.getRuntime().maxMemory());
    }

    private static List<String> sentences(
            long parameters, int features, int trainRows, long memory, long folder, long heapBytes) {
        List<String> sentences = new ArrayList<>();
        if (parameters > MANY_PARAMETERS) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "The network has %,d parameters, because a row has %,d numbers, and %,d rows to learn them from. Leave"
                            + " out columns, or choose smaller layers or a detector without a network.",
                    parameters,
                    features,
                    trainRows));
        }
        if (memory > heapBytes / 2) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "Training takes about %,d MB of memory, and this process may use %,d MB for its data. Where that does not"
                            + " suffice, allow it more, such as with JDK_JAVA_OPTIONS=-Xmx%dg.",
                    memory >> 20,
                    heapBytes >> 20,
                    (memory >> 30) + 1));
        }
        if (folder > LARGE_FOLDER) {
            sentences.add(String.format(Locale.ROOT, "The run folder will have about %,d MB.", folder >> 20));
        }
        return List.copyOf(sentences);
    }

    /**
     * Refuses what cannot work.
     *
     * @param heapBytes what Java may use in the process that trains
     * @throws IllegalArgumentException with the numbers, if the memory certainly does not suffice
     */
    public void require(long heapBytes) {
        if (leastBytes > heapBytes) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "The network has %,d parameters; training it takes at least %,d MB, about %,d MB in all, and this process"
                            + " may use %,d MB. Leave out columns, choose smaller layers, or allow it more memory, such as"
                            + " with JDK_JAVA_OPTIONS=-Xmx%dg.",
                    parameters,
                    leastBytes >> 20,
                    memoryBytes >> 20,
                    heapBytes >> 20,
                    (memoryBytes >> 30) + 1));
        }
    }
}

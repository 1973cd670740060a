package org.oddlens.engine.detector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.oddlens.engine.run.Tensor;

/** A detector that can score. Scoring changes nothing, and a row's score does not depend on the rows beside it. */
public interface FittedDetector extends AutoCloseable {

    /** Numbers per row it was trained on. */
    int features();

    /**
     * Anomaly scores, higher is more anomalous.
     *
     * @param rows {@code [n, features]} row-major, scaled as in training
     * @throws IllegalArgumentException if the width is wrong, naming both
     */
    double[] score(float[] rows);

    /** Scores, latent codes and anatomy of the rows in one pass. */
    Observation observe(float[] rows);

    /** What each feature adds to a row's score, {@code [n, features]} row-major. */
    float[] contributions(float[] rows);

    /** How {@link #contributions} are found: {@code reconstruction error}, {@code gradient} or {@code ablation}. */
    String contributionMethod();

    /**
     * Writes the network as a SameDiff FlatBuffers file for use outside Oddlens; does nothing for a detector without one.
     * Oddlens itself never reads such files back.
     */
    default void exportGraph(Path file) throws IOException {}

    /** All learned numbers; {@link DetectorProvider#restore} makes the same detector from them. */
    Map<String, Tensor> weights();

    @Override
    void close();
}

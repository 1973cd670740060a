package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.detector.autoencoder.Autoencoder;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

/** Whoever opens the exported graph with SameDiff alone gets the scores of the trained detector, not of an untrained one. */
class GraphExportTest {

    @Test
    void givesTheTrainedScoresInSameDiffAlone(@TempDir Path folder) throws Exception {
        Autoencoder detector = new Autoencoder();
        Values values = Values.parse(detector.descriptor().hyperparameters(), Map.of("epochs", "3"));
        float[] rows = new float[64 * 8];
        CounterRandom random = new RandomStreams(1).stream("rows");
        for (int i = 0; i < rows.length; i++) {
            rows[i] = random.nextFloat();
        }
        TrainingData data = new TrainingData(new DataShape(new int[] {8}, "min-max", 64), rows, new float[0]);
        TrainingContext context =
                new TrainingContext(new RandomStreams(1), new RunControl(), "compiled", (code, text) -> {});
        try (Training training = detector.begin(values, data, context)) {
            double[] untrained = training.detector().score(rows);
            for (int epoch = 1; epoch <= 3; epoch++) {
                training.epoch(epoch);
            }
            double[] trained = training.detector().score(rows);
            assertThat(trained[0]).isNotCloseTo(untrained[0], within(1e-4));

            Path file = folder.resolve("model.fb");
            training.detector().exportGraph(file);
            SameDiff graph = SameDiff.fromFlatFile(file.toFile());
            String score = detector.network(
                            values, data.shape(), org.nd4j.linalg.api.buffer.DataType.FLOAT, new RandomStreams(1))
                    .outputs()
                    .get(NetworkDetector.SCORE)
                    .variable();
            INDArray result =
                    graph.outputSingle(Map.of("x", Nd4j.createFromArray(rows).reshape('c', 64, 8)), score);
            assertThat(result.toDoubleVector()).containsExactly(trained, within(1e-5));
        }
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.Tensor;

/** What is read back from a run with a latent code of one dimension. */
class RunSnapshotReaderTest {

    private static final DetectorDescriptor AUTOENCODER =
            DetectorRegistry.installed().get("autoencoder").descriptor();

    @TempDir
    Path folder;

    private RunFolder run;

    @BeforeEach
    void record() throws IOException {
        run = RunFolder.create(folder.resolve("run"));
        run.writeSplit(Map.of(
                "train", new int[] {2, 5, 8},
                "validation", new int[0],
                "test", new int[] {1, 2, 3, 8},
                "tracked", new int[] {1, 2, 8}));
        run.writeSnapshot(
                4,
                new double[] {100, 0, 0.01},
                Map.of(AUTOENCODER.latentSpaces().get(0).id(), Tensor.of(new float[] {1, 2, 3}, 3, 1)),
                Map.of());
    }

    /** A score of 0 has no logarithm; it stands at the smallest above it and does not stretch the axis. */
    @Test
    void placesACodeOfOneDimensionByTheLogarithmOfItsScore() {
        float[] heights =
                new RunSnapshotReader(run, AUTOENCODER).at(4).spaces().get(0).y();

        assertThat(heights).containsExactly(new float[] {2, -2, -2}, within(1e-6f));
    }

    @Test
    void readsScoresAsTheyWereWritten() {
        assertThat(new RunSnapshotReader(run, AUTOENCODER).at(4).scores()).containsExactly(100, 0, 0.01);
    }

    @Test
    void tellsWhichTrackedRowsAreTrainingRows() {
        RunSnapshotReader reader = new RunSnapshotReader(run, AUTOENCODER);

        assertThat(reader.trackedForTraining()).containsExactly(false, true, true);
        assertThat(reader.trackedRows()).isEqualTo(3);
    }
}

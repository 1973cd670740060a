package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.picture.RunPicture;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.run.Tensor;

class RunPaintingTest {
    private final RunPainting painting = new RunPainting(DetectorRegistry.installed());

    @TempDir
    Path place;

    private RunFolder run;

    @BeforeEach
    void recordedSpecification() throws IOException {
        run = RunFolder.create(place.resolve("run"));
        record("memae");
    }

    private void record(String detector) throws IOException {
        RunSpec spec = new RunSpec(
                DataSpec.of("some/moons.npz"),
                ProtocolSpec.of("normal-split"),
                "z-score",
                detector,
                "default",
                Map.of(),
                "percentile:95",
                7,
                "cpu",
                "compiled",
                1);
        run.writeRecord(new RunRecord(RunRecord.FORMAT, "run", "2026-01-01T00:00:00Z", spec, null, null));
    }

    @Test
    void runThatHasNotBegunIsRefused() {
        assertThatThrownBy(() -> painting.of(run))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("no epochs");
    }

    @Test
    void missingEpochLeavesAGapAndTermsCarryTheirLabels() throws IOException {
        run.writeSplit(Map.of("tracked", new int[] {0, 1, 2}, "test", new int[] {0, 1, 2}));
        run.append(epoch(0, Map.of()));
        run.append(epoch(1, Map.of("reconstruction", 2.0)));
        run.append(epoch(3, Map.of("reconstruction", 1.0)));

        RunPicture picture = painting.of(run);

        assertThat(picture.title()).isEqualTo("MemAE on moons");
        assertThat(picture.subtitle()).contains("3 epochs").contains("seed 7");
        assertThat(picture.losses()).hasSize(1);
        assertThat(picture.losses().get(0).name()).isEqualTo("Reconstruction");
        assertThat(picture.losses().get(0).values()).containsExactly(2.0, Double.NaN, 1.0);
        assertThat(picture.draw()).isNotNull();
    }

    @Test
    void newestSnapshotGivesThePointsWithTheirLabels() throws IOException {
        run.writeSplit(Map.of(
                "tracked",
                new int[] {4, 5, 6},
                "test",
                new int[] {4, 5, 6},
                "tracked_labels",
                new int[] {0, 1, 0},
                "test_labels",
                new int[] {0, 1, 0}));
        run.append(epoch(0, Map.of()));
        run.append(epoch(1, Map.of("reconstruction", 2.0)));
        for (int e : List.of(0, 1)) {
            Tensor code = Tensor.of(new float[] {e, 0, e, 1, e, 2}, 3, 2);
            run.writeSnapshot(
                    e,
                    new double[] {1, 3, 2},
                    new java.util.TreeMap<>(Map.of("code", code, "read-out", code)),
                    Map.of("memory", Tensor.of(new float[] {8, 9}, 1, 2), "memory-use", Tensor.of(new float[] {1}, 1)));
        }

        RunPicture picture = painting.of(run);

        assertThat(picture.points().x()).containsExactly(1, 1, 1);
        assertThat(picture.points().y()).containsExactly(0, 1, 2);
        assertThat(picture.points().anomaly()).containsExactly(false, true, false);
        assertThat(picture.layers().get(0).points().x()).containsExactly(8);
    }

    @Test
    void mapOfUnitsStandsBesideTheLatentSpace() throws IOException {
        record("som-dagmm");
        run.writeSplit(Map.of("tracked", new int[] {0, 1}, "test", new int[] {0, 1}));
        run.append(epoch(1, Map.of("reconstruction", 2.0)));
        Map<String, Tensor> spaces = new java.util.LinkedHashMap<>(); // the main space first
        spaces.put("mixture-space", Tensor.of(new float[] {0, 0, 1, 1}, 2, 2));
        spaces.put("code", Tensor.of(new float[] {0, 0, 1, 1}, 2, 2));
        run.writeSnapshot(
                1,
                new double[] {5, 7},
                spaces,
                Map.of(
                        "map", Tensor.of(new float[8], 4, 2),
                        "map-shape", Tensor.of(new float[] {2, 2}, 2),
                        "map-use", Tensor.of(new float[] {.5f, 0, 0, .5f}, 4),
                        "map-hits", Tensor.of(new float[] {1, 0, 0, 1}, 4),
                        "map-score", Tensor.of(new float[] {5, 0, 0, 7}, 4)));

        RunPicture picture = painting.of(run);

        assertThat(picture.maps()).hasSize(1);
        assertThat(picture.maps().get(0).hits()).containsExactly(1, 0, 0, 1);
        assertThat(picture.maps().get(0).scores()).containsExactly(5, 0, 0, 7);
        assertThat(picture.maps().get(0).low()).isEqualTo(5);
        assertThat(picture.maps().get(0).high()).isEqualTo(7);
        assertThat(picture.draw().getWidth()).isEqualTo(2340);
    }

    private static RunEvent epoch(int number, Map<String, Double> terms) {
        return new RunEvent.Epoch("2026-01-01T00:00:00Z", number, 1, terms, null, null, 0.1, null, number < 2);
    }
}

package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.NpyReader;

/** The numbers of a run: its split, its snapshots, its final scores and its metrics. */
class RunFolderNumbersTest {

    @TempDir
    Path temp;

    private static void snapshot(RunFolder run, int epoch) throws IOException {
        Map<String, Tensor> codes = new LinkedHashMap<>();
        codes.put("code", Tensor.of(new float[] {1, 2}, 1, 2));
        codes.put("read-out", Tensor.of(new float[] {3, 4}, 1, 2));
        run.writeSnapshot(epoch, new double[] {0.5}, codes, Map.of("memory", Tensor.of(new float[] {5, 6}, 1, 2)));
    }

    @Test
    void writesSnapshotsAsPlainArraysAndLeavesNoHalfFile() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.writeSnapshot(
                12,
                new double[] {1, 2},
                new LinkedHashMap<>(Map.of("code", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2))),
                Map.of("memory", Tensor.of(new float[] {5, 6}, 1, 2)));
        run.writeSplit(Map.of("train", new int[] {0, 2}, "test", new int[] {1}));

        assertThat(run.snapshots()).containsExactly(12);
        assertThat(NpyReader.read(run.scoresFile(12)).doubles()).containsExactly(1, 2);
        assertThat(NpyReader.read(run.latentFile(null, 12)).shape()).containsExactly(2, 2);
        assertThat(NpyReader.read(run.anatomyFile(12), "memory").floats()).containsExactly(5, 6);
        assertThat(NpyReader.read(run.file(RunFolder.SPLIT), "train").ints()).containsExactly(0, 2);
        try (var files = Files.walk(temp)) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".part"));
        }
    }

    /** docs/formats/run-folder.md: the main space in latent/NNNNNN.npy, a further one in latent/SPACE/NNNNNN.npy. */
    @Test
    void writesFurtherSpacesInFoldersOfTheirOwn() throws IOException {
        snapshot(new RunFolder(temp), 7);

        assertThat(NpyReader.read(temp.resolve("latent/000007.npy")).floats()).containsExactly(1, 2);
        assertThat(NpyReader.read(temp.resolve("latent/read-out/000007.npy")).floats())
                .containsExactly(3, 4);
        assertThat(NpyReader.read(temp.resolve("anatomy/000007.npz"), "memory").shape())
                .containsExactly(1, 2);
    }

    @Test
    void writesNoAnatomyOfADetectorThatHasNone() throws IOException {
        new RunFolder(temp).writeSnapshot(1, new double[] {1}, Map.of(), Map.of());

        assertThat(temp.resolve("scores/000001.npy")).exists();
        assertThat(temp.resolve("anatomy")).doesNotExist();
        assertThat(temp.resolve("latent")).doesNotExist();
    }

    @Test
    void removesEveryFileOfOneSnapshotAndOfNoOther() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.removeSnapshot(7);
        snapshot(run, 7);
        snapshot(run, 8);
        run.removeSnapshot(7);

        assertThat(run.snapshots()).containsExactly(8);
        try (var files = Files.walk(temp)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> temp.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "scores/000008.npy",
                            "latent/000008.npy",
                            "latent/read-out/000008.npy",
                            "anatomy/000008.npz");
        }
    }

    @Test
    void listsItsSnapshotsInOrderAndNothingElse() throws IOException {
        RunFolder run = new RunFolder(temp);
        assertThat(run.snapshots()).isEmpty();
        for (int epoch : new int[] {10, 0, 2}) {
            snapshot(run, epoch);
        }
        run.writeFinalScores(new double[] {1});
        Files.writeString(temp.resolve("scores/12.npy"), "");
        Files.writeString(temp.resolve("scores/000012.npy.part"), "");

        assertThat(run.snapshots()).containsExactly(0, 2, 10);
    }

    @Test
    void readsItsFinalScoresBack() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.writeFinalScores(new double[] {0.1, 1e-300, 7});

        assertThat(run.readFinalScores()).containsExactly(0.1, 1e-300, 7);
        assertThat(temp.resolve("scores/final.npy")).isRegularFile();
    }

    @Test
    void readsOneArrayOfSeveral() throws IOException {
        RunFolder run = new RunFolder(temp);
        run.writeSplit(Map.of("train", new int[] {0, 2}, "test", new int[] {1}));

        assertThat(run.array("split.npz", "test").ints()).containsExactly(1);
    }

    @Test
    void writesItsResultsAsJson() throws IOException {
        new RunFolder(temp).writeMetrics(Map.of("auroc", 0.5));

        assertThat(new RunJson().read(temp.resolve("metrics.json"), Object.class))
                .isEqualTo(Map.of("auroc", 0.5));
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.ToyData;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpzWriter;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;

/** A run that somebody watches: what it shows on the way is what its files and its end say. */
class WatchedRunTest {

    private static final int EPOCHS = 12;

    @TempDir
    private Path temp;

    private Path data;
    private boolean[] labels;

    /** Rows of both classes in no order, so that a permuted label is noticed. */
    @BeforeEach
    void interleave() throws IOException {
        int rows = TestRuns.NORMAL + TestRuns.ANOMALOUS;
        float[] sorted = ToyData.rows(TestRuns.NORMAL, TestRuns.ANOMALOUS, 1);
        int[] order = IntStream.range(0, rows).toArray();
        SplittableRandom random = new SplittableRandom(9);
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swap = order[i];
            order[i] = order[j];
            order[j] = swap;
        }
        float[] mixed = new float[sorted.length];
        labels = new boolean[rows];
        int[] y = new int[rows];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(sorted, order[i] * ToyData.FEATURES, mixed, i * ToyData.FEATURES, ToyData.FEATURES);
            labels[i] = order[i] >= TestRuns.NORMAL;
            y[i] = labels[i] ? 1 : 0;
        }
        data = temp.resolve("mixed.npz");
        try (NpzWriter out = new NpzWriter(data)) {
            out.add("X", mixed, rows, ToyData.FEATURES);
            out.add("y", y, rows);
        }
    }

    private List<RunEvent.Epoch> run(String name, Snapshots snapshots, double pace, Consumer<RunEvent> listener)
            throws IOException {
        List<RunEvent.Epoch> epochs = new ArrayList<>();
        RunControl control = new RunControl();
        control.pace(pace);
        TestRuns.execution()
                .snapshotting(snapshots)
                .execute(
                        TestRuns.spec(data, "normal-split", Map.of("epochs", EPOCHS)),
                        temp.resolve(name),
                        control,
                        event -> {
                            listener.accept(event);
                            if (event instanceof RunEvent.Epoch epoch) {
                                epochs.add(epoch);
                            }
                        });
        return epochs;
    }

    private double[] finalScores(String name) {
        return NpyReader.read(temp.resolve(name).resolve("scores/final.npy")).doubles();
    }

    @Test
    void givesTheSameBitsAtEveryPaceAndHoweverOftenItIsRecorded() throws IOException {
        run("plain", Snapshots.REGULAR, Double.POSITIVE_INFINITY, event -> {});
        run("paced", Snapshots.WATCHED, 100, event -> {});
        run("all", Snapshots.ALL, Double.POSITIVE_INFINITY, event -> {});
        run("none", Snapshots.NONE, 400, event -> {});
        for (String other : List.of("paced", "all", "none")) {
            assertThat(finalScores(other)).as(other).containsExactly(finalScores("plain"));
        }
    }

    @Test
    void recordsEveryEpochOfAShortRunBeginningBeforeTheFirstStep() throws IOException {
        List<String> order = new ArrayList<>();
        List<RunEvent.Epoch> epochs = run("watched", Snapshots.WATCHED, Double.POSITIVE_INFINITY, event -> {
            if (event instanceof RunEvent.Epoch epoch) {
                order.add(epoch.epoch() + " after " + epoch.steps() + " steps");
            }
        });
        assertThat(order.get(0)).isEqualTo("0 after 0 steps");
        assertThat(epochs).hasSize(EPOCHS + 1).allMatch(RunEvent.Epoch::snapshot);
        assertThat(new RunFolder(temp.resolve("watched")).snapshots())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(0, EPOCHS).boxed().toList());
    }

    /** AUROC by counting pairs, from the files of the epoch alone. */
    @Test
    void tellsTheAurocThatTheFilesOfTheEpochGive() throws IOException {
        List<RunEvent.Epoch> epochs = run("watched", Snapshots.WATCHED, Double.POSITIVE_INFINITY, event -> {});
        int[] tracked =
                NpyReader.read(temp.resolve("watched/split.npz"), "tracked").ints();
        for (RunEvent.Epoch epoch : epochs) {
            double[] scores = NpyReader.read(temp.resolve(String.format("watched/scores/%06d.npy", epoch.epoch())))
                    .doubles();
            double wins = 0;
            int pairs = 0;
            for (int a = 0; a < tracked.length; a++) {
                for (int n = 0; n < tracked.length; n++) {
                    if (labels[tracked[a]] && !labels[tracked[n]]) {
                        pairs++;
                        wins += scores[a] > scores[n] ? 1 : scores[a] == scores[n] ? 0.5 : 0;
                    }
                }
            }
            assertThat(epoch.auroc()).as("epoch %d", epoch.epoch()).isCloseTo(wins / pairs, within(1e-12));
        }
    }

    /** The line that moves while training is the one that stands at the end, and both are the training rows'. */
    @Test
    void endsWithTheThresholdThatItsLastEpochShowed() throws IOException {
        List<RunEvent.Epoch> epochs = run("watched", Snapshots.WATCHED, Double.POSITIVE_INFINITY, event -> {});
        RunMetrics metrics = new RunJson().read(temp.resolve("watched/metrics.json"), RunMetrics.class);
        assertThat(epochs.get(EPOCHS).threshold()).isEqualTo(metrics.threshold().value());
        assertThat(metrics.threshold().reference()).isEqualTo("training rows");
        double[] tested = finalScores("watched");
        double[] sorted = tested.clone();
        Arrays.sort(sorted);
        double ofTestRows = sorted[(int) Math.ceil(.95 * (sorted.length - 1))];
        assertThat(metrics.threshold().value())
                .as("the tested rows, a sixth of them anomalies, would put it far higher")
                .isLessThan(ofTestRows);
    }
}

package org.oddlens.engine.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.HyperparameterChange;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunMetrics;

class ComparisonTest {

    private static final DetectorRegistry REGISTRY = DetectorRegistry.installed();

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void writeData() throws IOException {
        data = TestRuns.data(folder);
    }

    /** Trains in this process; breaks on a seed if told to. */
    private static final class Here implements Lane {

        private final List<Long> trained = Collections.synchronizedList(new ArrayList<>());
        private long breaksOn = -1;

        @Override
        public RunEvent.Ended run(RunSpec spec, Path run, RunControl control) throws IOException {
            trained.add(spec.seed());
            if (spec.seed() == breaksOn) {
                throw new IllegalStateException("out of luck, \"again\"\nand again");
            }
            return TestRuns.execution().execute(spec, run, control, event -> {});
        }

        @Override
        public void close() {}
    }

    private Grid grid(String detectors, List<Long> seeds, List<Double> rho) {
        return grid(detectors, "2", seeds, rho, data);
    }

    /** @param epochs of the autoencoder */
    private static Grid grid(String detectors, String epochs, List<Long> seeds, List<Double> rho, Path... files) {
        return new Grid(
                Contestant.parseAll(detectors, REGISTRY),
                Stream.of(files).map(Path::toString).map(DataSpec::of).toList(),
                "normal-split",
                rho,
                seeds,
                -1,
                null,
                null,
                detectors.startsWith("autoencoder") ? Map.of("epochs", epochs) : Map.of(),
                0,
                1);
    }

    private boolean run(Grid grid, Lane lane, boolean again) throws IOException {
        return new Comparison(file(), folder.resolve("runs"), true, "test")
                .run(grid.cells(REGISTRY), 1, number -> lane, again, new RunControl(), (c, r, d, a) -> {});
    }

    private CellFile file() throws IOException {
        return new CellFile(folder.resolve("cells.csv"));
    }

    /** What the comparison says of a cell is what the run alone would have said. */
    @Test
    void aCellIsTheSameRunAsAlone() throws IOException {
        Grid grid = grid("autoencoder", List.of(3L, 4L), List.of(0.0));
        run(grid, new Here(), false);
        Cell cell = grid.cells(REGISTRY).get(1);
        Path alone = folder.resolve("alone");
        TestRuns.execution().execute(cell.spec(), alone, new RunControl(), event -> {});
        RunMetrics metrics = new RunJson().read(new RunFolder(alone).file(RunFolder.METRICS), RunMetrics.class);

        CellResult result = file().get(cell);
        assertThat(result.seed()).isEqualTo(4);
        assertThat(result.auroc()).isEqualTo(metrics.metrics().get("auroc"));
        assertThat(result.f1()).isEqualTo(metrics.metrics().get("f1_known_ratio"));
        assertThat(result.trainRows()).isEqualTo(metrics.rows().get("train"));
    }

    @Test
    void doesNotRepeatWhatIsDone() throws IOException {
        Here lane = new Here();
        assertThat(run(grid("lof", List.of(1L, 2L), List.of(0.0)), lane, false)).isTrue();
        assertThat(run(grid("lof", List.of(1L, 2L, 3L), List.of(0.0)), lane, false))
                .isTrue();

        assertThat(lane.trained).containsExactly(1L, 2L, 3L);
    }

    @Test
    void goesOnAfterALineThatAKillCutShort() throws IOException {
        Here lane = new Here();
        Grid grid = grid("lof", List.of(1L, 2L), List.of(0.0));
        run(grid, lane, false);
        Path cells = folder.resolve("cells.csv");
        String text = Files.readString(cells);
        Files.writeString(cells, text.substring(0, text.length() - 20));

        assertThat(run(grid, lane, false)).isTrue();
        assertThat(lane.trained).containsExactly(1L, 2L, 2L);
        assertThat(Files.readString(cells).lines().skip(1).map(line -> line.split(",", -1)[10]))
                .as("AUROC of both seeds, as before")
                .containsExactlyElementsOf(text.lines()
                        .skip(1)
                        .map(line -> line.split(",", -1)[10])
                        .toList());
    }

    @Test
    void keepsFailuresVisibleAndTriesThemAgainWhenAsked() throws IOException {
        Here lane = new Here();
        lane.breaksOn = 2;
        Grid grid = grid("lof", List.of(1L, 2L), List.of(0.0));
        run(grid, lane, false);
        run(grid, lane, false);
        CellResult failed = file().get(grid.cells(REGISTRY).get(1));
        Summary summary = Summary.of(file().of(grid.cells(REGISTRY)));

        assertThat(lane.trained).containsExactly(1L, 2L);
        assertThat(failed.hasFailed()).isTrue();
        assertThat(failed.message()).isEqualTo("out of luck; ;again;and again");
        assertThat(summary.rows().get(0).failed()).isEqualTo(1);
        assertThat(summary.rows().get(0).runs()).isEqualTo(2);
        assertThat(summary.rows().get(0).auroc().n()).isEqualTo(1);

        lane.breaksOn = -1;
        run(grid, lane, true);
        assertThat(file().get(grid.cells(REGISTRY).get(1)).hasFailed()).isFalse();
    }

    @Test
    void trainsACellAgainWhenItsSettingsOrItsDataHaveChanged() throws IOException {
        Here lane = new Here();
        run(grid("autoencoder", List.of(1L), List.of(0.0)), lane, false);
        run(grid("autoencoder:nrcan", List.of(1L), List.of(0.0)), lane, false);
        run(grid("autoencoder", List.of(1L), List.of(0.05)), lane, false);
        Path moved = folder.resolve("elsewhere.npz");
        Files.copy(data, moved);
        data = moved;
        run(grid("autoencoder", List.of(1L), List.of(0.0)), lane, false);

        assertThat(lane.trained).as("the copy is the same data").hasSize(3);
    }

    private Path dataIn(String place, int seed) throws IOException {
        Path there = TestRuns.data(Files.createDirectories(folder.resolve(place)));
        Files.write(there, new byte[seed], StandardOpenOption.APPEND); // another file with the same rows
        return there;
    }

    private static List<Cell> cellsOf(Path... files) {
        return grid("lof", "1", List.of(1L), List.of(0.0), files).cells(REGISTRY);
    }

    /** Two files called toy.npz are two data sets: told apart in the table, with a run folder each. */
    @Test
    void tellsFilesOfOneNameApart() throws IOException {
        List<Cell> cells = cellsOf(data, dataIn("a", 1), dataIn("x/b", 2), dataIn("y/b", 3));
        new Comparison(file(), folder.resolve("runs"), true, "test")
                .run(cells, 1, number -> new Here(), false, new RunControl(), (c, r, d, a) -> {});

        assertThat(Summary.of(file().of(cells)).rows())
                .extracting(SummaryRow::data)
                .containsExactly(folder.getFileName() + "_toy", "a_toy", "b_toy", "b_toy-2");
        assertThat(cells).extracting(Cell::folder).doesNotHaveDuplicates();
        assertThat(file().of(cellsOf(data)))
                .as("alone, the first is done and has its short name")
                .extracting(CellResult::data)
                .containsExactly("toy");
    }

    @Test
    void refusesToCountTheSameDataTwice() throws IOException {
        Path copy = Files.copy(data, folder.resolve("copy.npz"));

        assertThatThrownBy(() -> cellsOf(data, copy))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("toy.npz")
                .hasMessageContaining("copy.npz")
                .hasMessageContaining("count twice");
    }

    @Test
    void takesACommaInAFileName() throws IOException {
        data = Files.copy(data, folder.resolve("to,y \"1\".npz"));
        Grid grid = grid("lof", List.of(1L), List.of(0.0));
        run(grid, new Here(), false);

        assertThat(file().of(grid.cells(REGISTRY))).hasSize(1);
        assertThat(file().get(grid.cells(REGISTRY).get(0)).data()).isEqualTo("to_y _1_");
    }

    /** A change planned for an epoch decides the numbers as much as any value does. */
    @Test
    void aPlannedChangeMakesAnotherCell() {
        Cell plain =
                grid("autoencoder", List.of(1L), List.of(0.0)).cells(REGISTRY).get(0);
        RunSpec changed = plain.spec().withChanges(List.of(new HyperparameterChange(1, "learning-rate", 0.1)));

        assertThat(new Cell(plain.contestant(), plain.data(), plain.rho(), changed).hash())
                .isNotEqualTo(plain.hash());
    }

    /** Other settings have the same folder name; their models stay. */
    @Test
    void neverWritesOverAFinishedRun() throws IOException {
        run(grid("autoencoder", List.of(1L), List.of(0.0)), new Here(), false);
        Path first = folder.resolve("runs/toy/autoencoder-default-rho0-seed1");
        byte[] model = Files.readAllBytes(first.resolve("model.zip"));
        Files.delete(folder.resolve("cells.csv"));
        Grid longer = grid("autoencoder", "3", List.of(1L), List.of(0.0), data);
        run(longer, new Here(), false);

        assertThat(first.resolve("model.zip")).hasBinaryContent(model);
        assertThat(first.resolveSibling(first.getFileName() + "-2")).isDirectory();
    }

    @Test
    void letsOneComparisonAtATimeIntoAFolder() throws IOException {
        ComparisonLock first = ComparisonLock.take(folder.resolve("c"));

        assertThatThrownBy(() -> ComparisonLock.take(folder.resolve("c")))
                .hasMessageContaining("Another comparison is writing to");
        first.close();
        ComparisonLock.take(folder.resolve("c")).close();
    }

    @Test
    void namesTheLineThatIsNoCell() throws IOException {
        run(grid("lof", List.of(1L), List.of(0.0)), new Here(), false);
        Files.writeString(folder.resolve("cells.csv"), "nonsense\n", StandardOpenOption.APPEND);

        assertThatThrownBy(this::file)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Line 3 of ")
                .hasMessageContaining("cells.csv");
    }

    /** As an engine killed in a cell leaves it: a run folder without an end, and no line in the table. */
    @Test
    void replacesWhatAKillLeftOfACellAndNothingElse() throws IOException {
        Grid grid = grid("autoencoder", List.of(1L), List.of(0.0));
        Path runs = folder.resolve("runs");
        Path cell = runs.resolve("toy/autoencoder-default-rho0-seed1");
        Lane killed = new Lane() {
            @Override
            public RunEvent.Ended run(RunSpec spec, Path run, RunControl control) throws IOException {
                TestRuns.execution().execute(spec, run, control, event -> {});
                Files.writeString(run.resolve("half-done"), "");
                throw new AssertionError("killed"); // nothing after this line of the comparison is done
            }

            @Override
            public void close() {}
        };
        RunControl control = new RunControl();
        assertThatThrownBy(() -> new Comparison(file(), runs, true, "test")
                        .run(grid.cells(REGISTRY), 1, number -> killed, false, control, (c, r, f, a) -> {}))
                .hasRootCauseMessage("killed");
        assertThat(cell.resolve("half-done")).exists();

        run(grid, new Here(), false);

        assertThat(cell.resolve("half-done")).doesNotExist();
        assertThat(cell.resolve("metrics.json")).exists();
        try (Stream<Path> made = Files.list(runs.resolve("toy"))) {
            assertThat(made).containsExactly(cell);
        }
    }

    @Test
    void leavesAFolderThatItDidNotBegin() throws IOException {
        Path cell = folder.resolve("runs/toy/lof-default-rho0-seed1");
        Files.createDirectories(cell);
        Files.writeString(cell.resolve("mine.txt"), "keep");

        run(grid("lof", List.of(1L), List.of(0.0)), new Here(), false);

        assertThat(cell.resolve("mine.txt")).hasContent("keep");
        assertThat(cell.resolveSibling("lof-default-rho0-seed1-2").resolve("metrics.json"))
                .exists();
    }

    /** Ctrl+C comes while a cell trains: the run ends as stopped, with a model, and yet the cell is not done. */
    @Test
    void doesACellAgainThatWasStoppedInside() throws IOException {
        Grid grid = grid("autoencoder", "50", List.of(1L, 2L), List.of(0.0), data);
        List<Cell> cells = grid.cells(REGISTRY);
        RunControl control = new RunControl();
        Lane stopping = new Lane() {
            @Override
            public RunEvent.Ended run(RunSpec spec, Path run, RunControl inside) throws IOException {
                return TestRuns.execution().execute(spec, run, inside, event -> {
                    if (event instanceof RunEvent.Epoch epoch && epoch.epoch() == 3) {
                        inside.stop(RunControl.Stop.KEEP);
                    }
                });
            }

            @Override
            public void close() {}
        };
        List<String> told = new ArrayList<>();
        boolean done = new Comparison(file(), folder.resolve("runs"), true, "test")
                .run(cells, 1, lane -> stopping, false, control, (c, result, f, a) -> told.add(c.text()));

        assertThat(done).isFalse();
        assertThat(told).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("cells.csv")))
                .as("the header alone")
                .hasSize(1);
        assertThat(folder.resolve("runs/toy/autoencoder-default-rho0-seed1")).doesNotExist();

        Here again = new Here();
        run(grid, again, false);
        assertThat(again.trained).containsExactly(1L, 2L);
        assertThat(file().of(cells)).extracting(CellResult::epochs).containsExactly(50, 50);
    }

    @Test
    void refusesAFolderOfOtherThingsAndLinks() throws IOException {
        Path others = Files.createDirectory(folder.resolve("others"));
        Files.writeString(others.resolve("summary.csv"), "mine");
        assertThatThrownBy(() -> ComparisonLock.take(others)).hasMessageContaining("holds no comparison");
        assertThat(others.resolve("summary.csv")).hasContent("mine");

        Path linked = Files.createDirectory(folder.resolve("linked"));
        Files.createSymbolicLink(linked.resolve("cells.csv"), others.resolve("summary.csv"));
        assertThatThrownBy(() -> ComparisonLock.take(linked)).hasMessageContaining("cells.csv is a link");
    }

    @Test
    void stopsBeforeTheNextCell() throws IOException {
        Here lane = new Here();
        RunControl control = new RunControl();
        boolean done = new Comparison(file(), folder.resolve("runs"), false, "test")
                .run(
                        grid("lof", List.of(1L, 2L, 3L), List.of(0.0)).cells(REGISTRY),
                        1,
                        number -> lane,
                        false,
                        control,
                        (cell, result, finished, all) -> control.stop(RunControl.Stop.KEEP));

        assertThat(done).isFalse();
        assertThat(lane.trained).containsExactly(1L);
        assertThat(folder.resolve("runs").resolve("toy/lof-default-rho0-seed1")).doesNotExist();
    }

    @Test
    void injectsAnomaliesIntoTrainingForAStudyOfContamination() throws IOException {
        Grid grid = grid("lof", List.of(1L), List.of(0.0, 0.1));
        run(grid, new Here(), false);
        List<CellResult> results = file().of(grid.cells(REGISTRY));

        assertThat(results.get(1).trainRows()).isGreaterThan(results.get(0).trainRows());
        assertThat(results.get(1).testRows()).isLessThan(results.get(0).testRows());
        new ComparisonReport(grid, results, Contestant::text, "test").write(folder);
        assertThat(folder.resolve("comparison.html"))
                .content()
                .contains("<svg", "10 % anomalies in training", "</html>")
                .doesNotContain("http://", "https://", "<script");
    }

    @Test
    void refusesATableOfAnotherKind() throws IOException {
        Files.writeString(folder.resolve("cells.csv"), "a,b\n", StandardOpenOption.CREATE);

        assertThatThrownBy(this::file).isInstanceOf(IOException.class).hasMessageContaining("a,b");
    }
}

package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No command destroys what is there. */
class OutputsTest extends TypedCommands {

    private Path run;
    private byte[] before;

    @BeforeEach
    void trainARun() throws IOException {
        run = temp.resolve("run");
        assertThat(train("--out", run.toString(), "--quiet")).isZero();
        before = Files.readAllBytes(data);
    }

    private int score(Path to, String... further) {
        return run(Stream.concat(
                        Stream.of("score", "--run", run.toString(), "--data", data.toString(), "--out", to.toString()),
                        Stream.of(further))
                .toArray(String[]::new));
    }

    @Test
    void scoreNeverWritesOverItsData() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link.npz"), data);
        Path hard = Files.createLink(temp.resolve("hard.npz"), data);
        for (Path out : new Path[] {data, link, hard, temp.resolve("run/../toy.npz")}) {
            assertThat(score(out, "--overwrite")).as(out.toString()).isEqualTo(2);
            assertThat(err).startsWith("oddlens: --out: ");
        }
        assertThat(data).hasBinaryContent(before);
    }

    @Test
    void scoreNeverWritesOverTheRun() throws IOException {
        byte[] model = Files.readAllBytes(run.resolve("model.zip"));

        assertThat(score(run.resolve("model.zip"), "--overwrite")).isEqualTo(2);
        assertThat(err).contains("is the file of the run");
        assertThat(run.resolve("model.zip")).hasBinaryContent(model);
    }

    @Test
    void scoreWritesOverAFileOnlyWhenTold() throws IOException {
        Path out = Files.writeString(temp.resolve("scores.csv"), "mine");

        assertThat(score(out)).isEqualTo(2);
        assertThat(err).contains("is there already").contains("--overwrite");
        assertThat(out).hasContent("mine");
        assertThat(score(out, "--overwrite")).isZero();
        assertThat(Files.readAllLines(out).get(0)).startsWith("row,score");
        assertThat(score(temp)).isEqualTo(2);
        assertThat(err).contains("is a folder");
    }

    @Test
    void pictureTakesAFileOfTheUsersOnlyWhenTold() throws IOException {
        Path out = Files.writeString(temp.resolve("mine.png"), "mine");

        assertThat(run("picture", run.toString(), "--out", out.toString())).isEqualTo(2);
        assertThat(out).hasContent("mine");
        assertThat(run("picture", run.toString(), "--out", out.toString(), "--overwrite"))
                .isZero();
        assertThat(Files.size(out)).isGreaterThan(1000);
    }

    @Test
    void pictureDrawsItsOwnPlaceAnewButFollowsNoLink() throws IOException {
        assertThat(run("picture", run.toString())).isZero();
        assertThat(run("picture", run.toString())).isZero();
        Path mine = Files.writeString(temp.resolve("mine.png"), "mine");
        Files.delete(run.resolve("picture.png"));
        Files.createSymbolicLink(run.resolve("picture.png"), mine);

        assertThat(run("picture", run.toString())).isEqualTo(2);
        assertThat(mine).hasContent("mine");
    }

    @Test
    void prepareTakesNeitherTheTableNorTheNamesOfAnother() throws IOException {
        Path raw = Files.write(temp.resolve("ann.data"), java.util.List.of(thyroid(3), thyroid(1), thyroid(3)));
        Path names = Files.writeString(temp.resolve("out.npz.columns.txt"), "mine");
        Path out = temp.resolve("out.npz");

        assertThat(run("prepare", "thyroid", raw.toString(), out.toString())).isEqualTo(2);
        assertThat(err).contains("out.npz.columns.txt is there already");
        assertThat(names).hasContent("mine");
        assertThat(out).doesNotExist();
        assertThat(run("prepare", "thyroid", raw.toString(), out.toString(), "--overwrite"))
                .isZero();
        assertThat(out).exists();
        assertThat(names).content().contains("label");
    }

    private static String thyroid(int label) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < 21; i++) {
            line.append(i == 0 ? "0.7" + label : String.valueOf((i + label) % 2))
                    .append(' ');
        }
        return line.append(label).toString();
    }

    @Test
    void trainAndRerunTakeNoFolderWithSomethingInIt() throws IOException {
        Path mine = Files.createDirectory(temp.resolve("mine"));
        Files.writeString(mine.resolve("run.json"), "mine");

        assertThat(train("--out", mine.toString())).isEqualTo(2);
        assertThat(run("rerun", run.toString(), "--out", mine.toString())).isEqualTo(2);
        assertThat(err).contains("is not empty");
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling"), temp.resolve("nowhere"));
        assertThat(train("--out", dangling.toString())).isEqualTo(2);
        assertThat(err).contains("is a link");
        assertThat(mine.resolve("run.json")).hasContent("mine");
    }

    @Test
    void compareWritesIntoNoFolderOfOtherThings() throws IOException {
        Path mine = Files.createDirectory(temp.resolve("mine"));
        Files.writeString(mine.resolve("summary.csv"), "mine");

        assertThat(run(
                        "compare",
                        "--data",
                        data.toString(),
                        "--detectors",
                        "lof",
                        "--seeds",
                        "1",
                        "--out",
                        mine.toString()))
                .isEqualTo(1);
        assertThat(err).contains("holds no comparison");
        assertThat(mine.resolve("summary.csv")).hasContent("mine");
    }

    @Test
    void resultsAreAppendedToNoLink() throws IOException {
        Path mine = Files.writeString(temp.resolve("mine.txt"), "mine");
        Path results = Files.createDirectory(temp.resolve("results"));
        Files.createSymbolicLink(results.resolve("Autoencoder_results.txt"), mine);

        assertThat(train(
                        "--runs",
                        "1",
                        "--results-path",
                        results.toString(),
                        "--out",
                        temp.resolve("many").toString()))
                .isEqualTo(1);
        assertThat(err).contains("is a link");
        assertThat(mine).hasContent("mine");
    }
}

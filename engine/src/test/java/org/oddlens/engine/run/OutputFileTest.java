package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    @TempDir
    Path temp;

    private Path mine;

    @BeforeEach
    void writeSomethingOfTheUsers() throws IOException {
        mine = Files.writeString(temp.resolve("mine.csv"), "keep");
    }

    private static void write(OutputFile file) throws IOException {
        file.write(part -> Files.writeString(part, "new"));
    }

    private List<String> content() throws IOException {
        try (Stream<Path> files = Files.list(temp)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void writesAFileThatIsNotThere() throws IOException {
        write(OutputFile.at(temp.resolve("new.csv")));

        assertThat(temp.resolve("new.csv")).hasContent("new");
        assertThat(content()).containsExactly("mine.csv", "new.csv");
    }

    @Test
    void leavesAFileThatIsThereUnlessTold() throws IOException {
        assertThatThrownBy(() -> write(OutputFile.at(mine)))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("mine.csv is there already")
                .hasMessageContaining("--overwrite");
        assertThat(mine).hasContent("keep");

        write(OutputFile.at(mine, true));
        assertThat(mine).hasContent("new");
    }

    /** The file may appear while the content is made. */
    @Test
    void leavesAFileThatAppearedMeanwhile() {
        Path late = temp.resolve("late.csv");
        assertThatThrownBy(() -> OutputFile.at(late).write(part -> {
                    Files.writeString(part, "new");
                    Files.writeString(late, "other");
                }))
                .hasMessageContaining("late.csv is there already");
        assertThat(late).hasContent("other");
    }

    @Test
    void refusesAnInputByWhateverPathEvenWithLeaveToOverwrite() throws IOException {
        Path hard = Files.createLink(temp.resolve("hard.csv"), mine);
        Path roundabout =
                Files.createDirectory(temp.resolve("folder")).resolve("..").resolve("mine.csv");
        for (Path path : List.of(mine, hard, roundabout)) {
            assertThatThrownBy(() -> write(OutputFile.at(path, true).not("the data to score", mine)))
                    .hasMessageContaining("is the file of the data to score");
        }
        Path link = Files.createSymbolicLink(temp.resolve("link.csv"), mine);
        assertThatThrownBy(() -> write(OutputFile.at(mine, true).not("the data to score", link)))
                .hasMessageContaining("is the file of the data to score");
        assertThat(mine).hasContent("keep");
    }

    @Test
    void asksForAnInputThatDoesNotExistWithoutComplaint() throws IOException {
        OutputFile file = OutputFile.at(temp.resolve("new.csv")).not("the model", temp.resolve("absent"));
        file.require();
        assertThat(file.path()).isEqualTo(temp.resolve("new.csv"));
        write(file);
        assertThat(temp.resolve("new.csv")).hasContent("new");
    }

    /** Even with leave to overwrite: what the file has become while the content was made is not what was given up. */
    @Test
    void leavesALinkThatAppearedMeanwhile() throws IOException {
        Path late = temp.resolve("late.csv");
        assertThatThrownBy(() -> OutputFile.at(late, true).write(part -> {
                    Files.writeString(part, "new");
                    Files.createSymbolicLink(late, mine);
                }))
                .hasMessageContaining("late.csv is a link");
        assertThat(late).isSymbolicLink();
        assertThat(mine).hasContent("keep");
        assertThat(content()).containsExactly("late.csv", "mine.csv");
    }

    /** The content is made beside its place, so that it can be moved there whole. */
    @Test
    void writesBesideItsPlaceUnderAnotherName() throws IOException {
        OutputFile.at(mine, true).write(part -> {
            assertThat(part.getParent()).isEqualTo(temp);
            assertThat(part.getFileName().toString()).startsWith("mine.csv.").endsWith(".part");
            assertThat(mine).hasContent("keep");
            Files.writeString(part, "new");
        });
        assertThat(mine).hasContent("new");
        assertThat(content()).containsExactly("mine.csv");
    }

    @Test
    void refusesLinksFoldersAndPlacesBelowAFile() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link.csv"), mine);
        Path dangling = Files.createSymbolicLink(temp.resolve("dangling.csv"), temp.resolve("nowhere"));
        Path folder = Files.createDirectory(temp.resolve("folder"));

        assertThatThrownBy(() -> write(OutputFile.at(link, true))).hasMessageContaining("link.csv is a link");
        assertThatThrownBy(() -> write(OutputFile.at(dangling))).hasMessageContaining("dangling.csv is a link");
        assertThatThrownBy(() -> write(OutputFile.at(folder, true))).hasMessageContaining("folder is a folder");
        assertThatThrownBy(() -> write(OutputFile.at(mine.resolve("x.csv"))))
                .hasMessageContaining("mine.csv is a file, not a folder");
        write(OutputFile.at(temp.resolve("no/x.csv")));
        assertThat(temp.resolve("no/x.csv")).hasContent("new");
        assertThat(link).isSymbolicLink();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void leavesNothingBehindWhenTheDiskIsFullAndSaysWhere() throws IOException {
        Path file = temp.resolve("big.csv");
        assertThatThrownBy(() -> OutputFile.at(file).write(part -> {
                    Files.writeString(part, "half");
                    throw new FileSystemException(part.toString(), null, "No space left on device");
                }))
                .isInstanceOf(OutputException.class)
                .hasMessageContaining("big.csv cannot be written: its disk is full")
                .hasMessageContaining("Free some space");
        assertThatThrownBy(() -> OutputFile.at(mine, true).write(part -> {
                    Files.writeString(part, "half");
                    throw new IOException("No space left on device");
                }))
                .hasMessageContaining("mine.csv cannot be written: its disk is full");
        assertThat(content()).containsExactly("mine.csv");
        assertThat(mine).hasContent("keep");
    }

    /** A writer of tables throws unchecked, one of pictures hides the reason in a cause. */
    @Test
    void seesAFullDiskThroughTheWritersOfOthers() throws IOException {
        IOException full = new IOException("No space left on device");
        assertThatThrownBy(() -> OutputFile.at(temp.resolve("a.csv")).write(part -> {
                    throw new UncheckedIOException(full);
                }))
                .hasMessageContaining("a.csv cannot be written: its disk is full");
        assertThatThrownBy(() -> OutputFile.at(temp.resolve("a.png")).write(part -> {
                    throw new IOException("I/O error writing PNG file!", full);
                }))
                .hasMessageContaining("a.png cannot be written: its disk is full");
        assertThat(content()).containsExactly("mine.csv");
    }
}

package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderContentTest {

    @TempDir
    Path temp;

    @Test
    void refusesLinksBeforeAnythingIsWritten() throws IOException {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Path run = Files.createDirectories(temp.resolve("run"));
        Files.createSymbolicLink(run.resolve("scores"), elsewhere);

        assertThatThrownBy(() -> new FolderContent(new RunFolder(run)).refuseLinks())
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("scores is a link");
    }

    @Test
    void sweepsWhatAFullDiskLeftAndNothingElse() throws IOException {
        Files.createDirectories(temp.resolve("scores"));
        Files.writeString(temp.resolve("scores/final.npy.part"), "half");
        Files.writeString(temp.resolve("scores/final.npy"), "whole");
        Files.createFile(temp.resolve(RunFolder.GRAPH));
        Files.createFile(temp.resolve("lock"));

        new FolderContent(new RunFolder(temp)).sweepParts();

        assertThat(temp.resolve("scores/final.npy.part")).doesNotExist();
        assertThat(temp.resolve(RunFolder.GRAPH)).doesNotExist();
        assertThat(temp.resolve("scores/final.npy")).exists();
        assertThat(temp.resolve("lock")).exists();
    }

    /** The run may lie behind a link; what lies in it may not. */
    @Test
    void takesAFolderThatIsItselfReachedByALink() throws IOException {
        Path run = Files.createDirectories(temp.resolve("run"));
        Files.writeString(run.resolve("run.json"), "{}");
        Path link = Files.createSymbolicLink(temp.resolve("link"), run);

        assertThatCode(() -> new FolderContent(new RunFolder(run)).refuseLinks())
                .doesNotThrowAnyException();
        assertThatCode(() -> new FolderContent(new RunFolder(link)).refuseLinks())
                .doesNotThrowAnyException();
    }

    @Test
    void keepsFoldersAndWhatIsNotLeftHalfDone() throws IOException {
        Path graph = Files.writeString(temp.resolve("model.fb"), "graph");
        Path emptyFile = Files.createFile(temp.resolve("log.txt"));
        Path folder = Files.createDirectory(temp.resolve("mine.part"));

        new FolderContent(new RunFolder(temp)).sweepParts();

        assertThat(graph).hasContent("graph");
        assertThat(emptyFile).exists();
        assertThat(folder).exists();
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ImportedData;

/** A data set is read once, and again as soon as anything about it is another. */
class OpenDataTest {

    @TempDir
    private Path folder;

    private final OpenData open = new OpenData();
    private Path file;
    private DataSpec spec;

    @BeforeEach
    void readOnce() throws IOException {
        file = write("rows.csv", "1,2", "3,4");
        spec = open.load(DataImport.load(file).spec()).spec();
    }

    private Path write(String name, String... rows) throws IOException {
        Path path = folder.resolve(name);
        Files.writeString(path, "a,b\n" + String.join("\n", rows) + "\n");
        return path;
    }

    @Test
    void handsOverWhatItHolds() {
        ImportedData first = open.load(spec);

        assertThat(open.load(spec)).isSameAs(first);
        assertThat(first.dataset().values().toDoubles()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void readsAChangedFileAgainThoughItIsAsLong() throws IOException {
        open.load(spec);
        FileTime before = Files.getLastModifiedTime(file);
        write("rows.csv", "1,2", "3,9");
        Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 5));

        DataSpec fresh = DataImport.load(file).spec();
        assertThat(open.load(fresh).dataset().values().toDoubles()).containsExactly(1, 2, 3, 9);
    }

    /** The content of a file that is recorded with its checksum must not be taken from before it changed. */
    @Test
    void asksTheDiskBeforeItAnswersFromMemory() throws IOException {
        ImportedData held = open.load(spec);
        FileTime before = Files.getLastModifiedTime(file);
        Files.setLastModifiedTime(file, FileTime.fromMillis(before.toMillis() + 5_000));

        assertThat(open.load(spec)).isNotSameAs(held);
    }

    @Test
    void readsALongerFileOfTheSameAgeAgain() throws IOException {
        ImportedData held = open.load(DataSpec.of(file.toString()));
        FileTime before = Files.getLastModifiedTime(file);
        write("rows.csv", "1,2", "3,4", "5,6");
        Files.setLastModifiedTime(file, before);

        ImportedData now = open.load(DataSpec.of(file.toString()));
        assertThat(now).isNotSameAs(held);
        assertThat(now.dataset().rows()).isEqualTo(3);
    }

    @Test
    void readsAnotherSpecificationOfTheSameFile() {
        open.load(spec);

        assertThat(open.load(DataSpec.of(file.toString()).withLeftOut(List.of("a")))
                        .dataset()
                        .featureNames())
                .containsExactly("b");
    }

    @Test
    void noticesAChangeOfTheFileWithTheTestRows() throws IOException {
        Path second = write("second.csv", "5,6");
        DataSpec both = open.load(DataSpec.of(file.toString()).withSecondFile(second.toString()))
                .spec();
        ImportedData held = open.load(both);
        assertThat(open.load(both)).isSameAs(held);
        Files.setLastModifiedTime(
                second, FileTime.fromMillis(Files.getLastModifiedTime(second).toMillis() + 5_000));

        assertThat(open.load(both)).isNotSameAs(held);
    }

    @Test
    void doesNotAnswerForAFileThatIsGone() throws IOException {
        open.load(spec);
        Files.delete(file);

        assertThatThrownBy(() -> open.load(spec)).isInstanceOf(DataFormatException.class);
    }

    @Test
    void letsGoOfWhatItHeld() {
        ImportedData held = open.load(spec);
        open.close();

        assertThat(open.load(spec)).isNotSameAs(held);
    }
}

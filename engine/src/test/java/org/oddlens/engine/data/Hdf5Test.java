package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What h5py and MATLAB 7.3 write; the files are made by {@code hdf5/make.py}. */
class Hdf5Test {

    @TempDir
    Path folder;

    private DataFile open(String name) throws IOException {
        try (InputStream in = Hdf5Test.class.getResourceAsStream("hdf5/" + name)) {
            return DataFiles.open(Files.write(folder.resolve(name), in.readAllBytes()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kinds.h5", "latest.h5"})
    void oddDataSetsCostNoneOfTheOthers(String name) throws IOException {
        try (DataFile file = open(name)) {
            assertThat(file.doubles("X")).hasSize(24).startsWith(0, 0.25, 0.5);
            assertThat(file.doubles("group/inner")).hasSize(24);
            assertThat(file.texts("y")).containsExactly("0", "0", "0", "1", "0", "0", "1", "0");
            assertThat(file.arrays())
                    .filteredOn(array -> !array.usable())
                    .extracting(ArrayInfo::name)
                    .contains("nothing", "unwritten", "complex", "lists", "references", "opaque", "virtual", "outside")
                    .doesNotContain("X", "y", "truth", "words", "fixed", "named", "half");
        }
    }

    /** What lies behind the end would read as values never written, that is, as zeros. */
    @ParameterizedTest
    @CsvSource({"kinds.h5, 0.5", "kinds.h5, 0.99", "latest.h5, 0.7"})
    void refusesAFileThatWasCutOff(String name, double share) throws IOException {
        try (InputStream in = Hdf5Test.class.getResourceAsStream("hdf5/" + name)) {
            byte[] whole = in.readAllBytes();
            Path cut = Files.write(folder.resolve(name), Arrays.copyOf(whole, (int) (share * whole.length)));
            assertThatThrownBy(() -> DataFiles.open(cut))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageContaining("was cut off");
        }
    }

    @Test
    void readsBooleansAndTextsAsLabels() throws IOException {
        try (DataFile file = open("kinds.h5")) {
            assertThat(file.texts("truth")).containsExactly("0", "0", "0", "1", "0", "0", "1", "0");
            for (String name : new String[] {"words", "fixed", "named"}) {
                assertThat(file.texts(name)).as(name).startsWith("usual", "usual", "usual", "odd");
            }
        }
    }

    @Test
    void readsPartsThatWereNeverWrittenAsTheFillValueAndSaysSo() throws IOException {
        try (DataFile file = open("kinds.h5")) {
            assertThat(file.doubles("half")).startsWith(0, 0.25).endsWith(Double.NaN, Double.NaN);
            assertThat(file.find("half").orElseThrow().missing()).isEqualTo(12);
            assertThat(file.notes()).anyMatch(note -> note.contains("'half' were never written"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "nothing, is empty",
        "unwritten, never written",
        "complex, complex numbers",
        "references, references to other data sets",
        "virtual, does not read",
        "outside, does not read",
    })
    void saysWhatIsOddAboutEach(String name, String words) throws IOException {
        try (DataFile file = open("kinds.h5")) {
            assertThat(file.find(name).orElseThrow().reason()).contains(words).doesNotContain("Exception", "null ");
        }
    }

    @Test
    void followsLinksInsideTheFileOnly() throws IOException {
        Files.write(folder.resolve("other.h5"), new byte[] {1});
        try (DataFile file = open("links.h5")) {
            assertThat(file.doubles("X")).isEqualTo(file.doubles("data"));
            assertThat(file.find("other").orElseThrow().reason()).contains("another file (other.h5)");
            assertThat(file.find("through").orElseThrow().reason()).contains("another file (other.h5)");
            assertThat(file.find("circle").orElseThrow().reason()).contains("back to itself");
            assertThat(file.find("nowhere").orElseThrow().reason()).contains("'/missing', which is not in the file");
        }
    }

    @Test
    void readsMatlabsCellsStructsAndSparseArrays() throws IOException {
        try (DataFile file = open("matlab73.mat")) {
            assertThat(file.find("X").orElseThrow().shape()).containsExactly(8, 3);
            assertThat(file.doubles("X")).startsWith(0, 0.25, 0.5, 0.75);
            assertThat(file.doubles("data.X")).isEqualTo(file.doubles("X"));
            assertThat(file.doubles("c{1}")).isEqualTo(file.doubles("X"));
            assertThat(file.texts("y")).startsWith("usual", "usual", "usual", "odd");
            assertThat(file.doubles("S")[3 * 3]).isEqualTo(7);
            assertThat(file.doubles("S")[5 * 3 + 2]).isEqualTo(9);
            assertThat(file.find("text").orElseThrow().reason()).contains("cellstr(text)");
        }
    }

    @Test
    void takesNoClassFromAnAttributeThatIsNoText() throws IOException {
        try (DataFile file = open("kinds.h5")) {
            assertThat(file.find("X").orElseThrow().type()).isEqualTo("float64");
        }
    }
}

package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ColumnMatchTest {

    @TempDir
    private Path folder;

    @Test
    void recordsTheNamesInTheOrderTheyAreTrainedOn() throws IOException {
        ImportedData train = DataImport.load(file("train.csv", "vib,temp,label", "1,20,0", "2,21,0", "3,22,1"));
        assertThat(train.dataset().named()).isTrue();
        assertThat(train.spec().columns()).containsExactly("vib", "temp");
    }

    @Test
    void putsReorderedColumnsInOrderAndSaysSo() throws IOException {
        Path other = file("other.csv", "temp,vib", "20,1", "21,2");
        ImportedData read = DataImport.loadUnseen(spec(other, "vib", "temp"));
        assertThat(read.dataset().featureNames()).containsExactly("vib", "temp");
        assertThat(read.dataset().values().toDoubles()).containsExactly(1, 20, 2, 21);
        assertThat(read.report().sentences()).anyMatch(s -> s.contains("put in order by their names"));
    }

    @Test
    void refusesARenamedColumnByBothNames() throws IOException {
        Path other = file("other.csv", "vibration,temp", "1,20", "2,21");
        assertThatThrownBy(() -> DataImport.loadUnseen(spec(other, "vib", "temp")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("'vib' is missing")
                .hasMessageContaining("'vibration' is not known");
    }

    @Test
    void saysWhereNamesDifferInCaseOnly() throws IOException {
        Path other = file("other.csv", "VIB,Temp", "1,20", "2,21");
        assertThatThrownBy(() -> DataImport.loadUnseen(spec(other, "vib", "temp")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("'VIB' and 'Temp' are not known")
                .hasMessageContaining("upper and lower case only");
    }

    @Test
    void refusesAMissingAndAnExtraColumnByName() throws IOException {
        Path missing = file("missing.csv", "vib", "1", "2");
        assertThatThrownBy(() -> DataImport.loadUnseen(spec(missing, "vib", "temp")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("'temp' is missing");
        Path extra = file("extra.csv", "vib,temp,flow", "1,20,5", "2,21,6");
        assertThatThrownBy(() -> DataImport.loadUnseen(spec(extra, "vib", "temp")))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("'flow' is not known")
                .hasMessageContaining("Take it out");
    }

    @Test
    void takesColumnsByTheirPlacesWhereOneSideHasNoNames() throws IOException {
        Path other = file("other.csv", "1,20", "2,21", "3,22");
        ImportedData read = DataImport.loadUnseen(spec(other, "vib", "temp"));
        assertThat(read.dataset().values().toDoubles()).containsExactly(1, 20, 2, 21, 3, 22);
        assertThat(read.report().sentences()).anyMatch(s -> s.contains("has no column names"));
    }

    @Test
    void matchesTheColumnsOfAFileWithTestRows() throws IOException {
        Path train = file("train.csv", "vib,temp,label", "1,20,0", "2,21,0");
        Path test = file("test.csv", "label,temp,vib", "0,30,3", "1,31,4");
        Dataset both = DataImport.load(DataSpec.of(train.toString()).withSecondFile(test.toString()))
                .dataset();
        assertThat(both.values().toDoubles()).containsExactly(1, 20, 2, 21, 3, 30, 4, 31);
        assertThat(both.labels().orElseThrow()).containsExactly(false, false, false, true);
        Path renamed = file("renamed.csv", "label,temp,vibration", "0,30,3", "1,31,4");
        assertThatThrownBy(() -> DataImport.load(DataSpec.of(train.toString()).withSecondFile(renamed.toString())))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("'vibration'");
    }

    @Test
    void countsTrainingRowsWithoutLabelsAsNormal() throws IOException {
        Path train = file("train.csv", "vib,temp", "1,20", "2,21");
        Path test = file("test.csv", "vib,temp,y", "3,30,0", "4,31,1");
        ImportedData both = DataImport.load(DataSpec.of(train.toString()).withSecondFile(test.toString()));
        assertThat(both.dataset().labels().orElseThrow()).containsExactly(false, false, false, true);
        assertThat(both.report().sentences()).anyMatch(s -> s.contains("count as normal"));
        assertThat(DataImport.load(both.spec()).dataset().labels().orElseThrow())
                .as("loaded again from the record")
                .containsExactly(false, false, false, true);
    }

    @Test
    void saysThatTestRowsWithoutLabelsCannotBeEvaluated() throws IOException {
        Path train = file("train.csv", "vib,temp,y", "1,20,0", "2,21,1", "3,20,0");
        Path test = file("test.csv", "vib,temp", "3,30", "4,31");
        ImportedData both = DataImport.load(DataSpec.of(train.toString()).withSecondFile(test.toString()));
        assertThat(both.dataset().labels()).isEmpty();
        assertThat(both.report().sentences()).anyMatch(s -> s.contains("nothing can be evaluated"));
    }

    @Test
    void leavesOutColumnsWithoutAnyValueAndThoseThatAreNotWanted() throws IOException {
        Path train = folder.resolve("train.npz");
        try (NpzWriter npz = new NpzWriter(train)) {
            npz.add("X", new float[] {1, Float.NaN, 3, 2, Float.NaN, 4}, 2, 3);
        }
        ImportedData read = DataImport.load(train);
        assertThat(read.dataset().featureNames()).containsExactly("x1", "x3");
        assertThat(read.spec().leftOut()).containsExactly("x2");
        assertThat(read.report().sentences()).anyMatch(s -> s.contains("'x2' has no finite value in any row"));
        Path whole = folder.resolve("new.npz");
        try (NpzWriter npz = new NpzWriter(whole)) {
            npz.add("X", new float[] {5, 6, 7, 8, 9, 10}, 2, 3);
        }
        DataSpec later = DataSpec.of(whole.toString())
                .withColumns(read.spec().columns())
                .withLeftOut(read.spec().leftOut());
        assertThat(DataImport.loadUnseen(later).dataset().values().toDoubles()).containsExactly(5, 7, 8, 10);
        Path table = file("table.csv", "a,b,c", "1,2,3", "4,5,6");
        assertThat(DataImport.load(DataSpec.of(table.toString()).withLeftOut(List.of("b")))
                        .spec()
                        .columns())
                .containsExactly("a", "c");
        assertThatThrownBy(() -> DataImport.load(DataSpec.of(table.toString()).withLeftOut(List.of("d"))))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("no feature 'd'");
    }

    private DataSpec spec(Path file, String... columns) {
        return DataSpec.of(file.toString()).withColumns(List.of(columns));
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }
}

package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportTest {

    @TempDir
    Path folder;

    private Path text(String content) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), content);
    }

    private Path archive(float[] x, int rows, int columns, int[] y) throws IOException {
        Path file = folder.resolve("t.npz");
        try (NpzWriter writer = new NpzWriter(file)) {
            writer.add("X", x, rows, columns).add("y", y, y.length);
        }
        return file;
    }

    @Test
    void saysWhatTheLabelValuesMean() {
        assertThat(LabelMap.of("y", List.of(new ValueCount("1", 998), new ValueCount("2", 50)), false)
                        .sentence())
                .isEqualTo("Value 2 (50 rows, 4.8 %) means anomaly; value 1 means normal.");
    }

    @Test
    void knowsTheUsualLabelMaps() {
        assertThat(anomaly("0", 90, "1", 10)).containsExactly("1");
        assertThat(anomaly("-1", 90, "1", 10)).as("scikit-learn").containsExactly("-1");
        assertThat(anomaly("no", 5, "yes", 90)).containsExactly("yes");
        assertThat(anomaly("3", 5, "7", 90)).as("the rarer").containsExactly("3");
        assertThat(anomaly("3", 90, "7", 5)).as("the rarer").containsExactly("7");
        assertThat(anomaly("3", 50, "7", 50)).as("of as many, the second").containsExactly("7");
        assertThat(LabelMap.of(
                                "y",
                                List.of(
                                        new ValueCount("dos", 50),
                                        new ValueCount("normal", 5),
                                        new ValueCount("probe", 9)),
                                false)
                        .anomaly())
                .containsExactly("dos", "probe");
        assertThat(LabelMap.of(
                                "y",
                                List.of(new ValueCount("a", 50), new ValueCount("b", 50), new ValueCount("c", 50)),
                                false)
                        .anomaly())
                .as("classes without an odd one")
                .isEmpty();
    }

    private static List<String> anomaly(String a, int rowsA, String b, int rowsB) {
        return LabelMap.of("y", List.of(new ValueCount(a, rowsA), new ValueCount(b, rowsB)), false)
                .anomaly();
    }

    @Test
    void transposesRowsThatLieInColumns() throws IOException {
        ImportedData imported = DataImport.load(archive(new float[] {1, 2, 3, 4, 5, 6}, 2, 3, new int[] {0, 0, 1}));
        assertThat(imported.dataset().values().toDoubles()).containsExactly(1, 4, 2, 5, 3, 6);
        assertThat(imported.report().sentences()).anyMatch(s -> s.contains("transposed"));
        assertThat(imported.spec().roles().transpose()).isTrue();
        assertThat(DataImport.load(imported.spec()).dataset().values())
                .isEqualTo(imported.dataset().values());
    }

    @Test
    void reportsDuplicatesConstantFeaturesAndSuspiciousLabels() throws IOException {
        ImportReport report = DataImport.load(
                        archive(new float[] {1, 7, 1, 7, 2, 7, 9, 7}, 4, 2, new int[] {0, 0, 0, 1}))
                .report();
        assertThat(report.duplicates()).isEqualTo(1);
        assertThat(report.constantFeatures()).containsExactly("x2");
        assertThat(report.sentences()).anyMatch(s -> s.contains("25.0 % of the rows are anomalies"));
        assertThat(report.sentences()).anyMatch(s -> s.contains("x1 alone separates"));
    }

    @Test
    void refusesOtherDataThanTheRecordNames() throws IOException {
        Path file = archive(new float[] {1, 2, 3, 4}, 2, 2, new int[] {0, 1});
        DataSpec recorded = DataImport.load(file).spec();
        archive(new float[] {1, 2, 3, 5}, 2, 2, new int[] {0, 1});
        assertThatThrownBy(() -> DataImport.load(recorded)).hasMessageContaining("different data");
    }

    @Test
    void joinsASecondFileAsTestRows() throws IOException {
        Path second = Files.copy(archive(new float[] {1, 2, 3, 4}, 2, 2, new int[] {0, 1}), folder.resolve("2.npz"));
        Path first = archive(new float[] {5, 6, 7, 8}, 2, 2, new int[] {0, 0});
        DataSpec spec = DataSpec.of(first.toString())
                .withRoles(Roles.labelled("X", "y", List.of("1"), List.of("0")))
                .withSecondFile(second.toString());
        ImportedData imported = DataImport.load(spec);
        assertThat(imported.dataset().values().toDoubles()).containsExactly(5, 6, 7, 8, 1, 2, 3, 4);
        assertThat(imported.dataset().ownSplit().orElseThrow())
                .containsExactly(Part.TRAIN, Part.TRAIN, Part.TEST, Part.TEST);
        assertThat(imported.spec().secondSha256()).hasSize(64);
    }

    @Test
    void readsTextTablesOfManyDialects() throws IOException {
        String[] tables = {
            "a,b,class\n1.5,2,no\n3,4,no\n5,6,yes\n",
            "a;b;class\r\n1,5;2;no\r\n3;4;no\r\n5;6;yes\r\n",
            "a\tb\tclass\n1.5\t2\tno\n3\t4\tno\n5\t6\tyes",
            "\ufeffa,b,class\n1.5,2,\"no\"\n3,4,no\n5,6,yes\n",
            "1.5 2 no\n3 4 no\n5 6 yes\n",
            "a|b|class\n1.5|2|'no'\n3|4|'no'\n5|6|'yes'\n",
        };
        for (String table : tables) {
            Dataset dataset = DataImport.load(text(table)).dataset();
            assertThat(dataset.values().toDoubles()).as(table).containsExactly(1.5f, 2, 3, 4, 5, 6);
            assertThat(dataset.labels().orElseThrow()).as(table).containsExactly(false, false, true);
        }
        Path utf16 = Files.write(folder.resolve("16.csv"), ("\ufeff" + tables[0]).getBytes(StandardCharsets.UTF_16LE));
        assertThat(DataImport.load(utf16).dataset().featureNames()).containsExactly("a", "b");
        Path latin = Files.write(folder.resolve("l.csv"), "größe,b\n1,2\n3,4\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(DataImport.load(latin).dataset().featureNames()).containsExactly("größe", "b");
    }

    @Test
    void takesALabelColumnInTheMiddleOutOfTheFeatures() throws IOException {
        Dataset dataset = DataImport.load(text("a,y,b\n1,0,2\n3,0,4\n5,1,6\n")).dataset();
        assertThat(dataset.featureNames()).containsExactly("a", "b");
        assertThat(dataset.values().toDoubles()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(dataset.anomalies()).isEqualTo(1);
    }

    @Test
    void refusesRaggedRowsWithLineAndBothCounts() throws IOException {
        Path file = text("a,b,c\n1,2,3\n4,5\n6,7,8\n");
        assertThatThrownBy(() -> DataImport.load(file))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("Line 3")
                .hasMessageContaining("2 cells")
                .hasMessageContaining("has 3");
    }

    @Test
    void refusesOtherFormatsByName() throws IOException {
        assertThatThrownBy(() -> DataFiles.open(text("% w\n@RELATION x\n@DATA\n1,2\n")))
                .hasMessageContaining("ARFF");
        assertThatThrownBy(() -> DataFiles.open(text("PAR1xxxxxxxx"))).hasMessageContaining("Parquet");
        assertThatThrownBy(() -> DataFiles.open(Files.write(folder.resolve("p"), new byte[] {(byte) 0x80, 4, 1})))
                .hasMessageContaining("pickle");
        assertThatThrownBy(() -> DataFiles.open(Files.write(folder.resolve("e.mat"), new byte[0])))
                .hasMessageContaining("empty");
        assertThatThrownBy(() -> DataFiles.open(folder)).hasMessageContaining("folder");
        assertThatThrownBy(() -> DataFiles.open(folder.resolve("none"))).hasMessageContaining("no file");
        assertThatThrownBy(() -> DataFiles.open(Files.write(folder.resolve("b"), new byte[] {9, 1, 2, 3, 0, 7})))
                .hasMessageContaining("-v7");
    }

    @Test
    void reportsMissingCellsOfTextTables() throws IOException {
        Path file = text("a,b\n1,2\n?,4\n5,NA\n7,8\n");
        assertThatThrownBy(() -> DataImport.load(file)).hasMessageContaining("2 missing values");
        ImportedData dropped = DataImport.load(DataSpec.of(file.toString()).withMissing(MissingPolicy.DROP));
        assertThat(dropped.dataset().values().toDoubles()).containsExactly(1, 2, 7, 8);
    }
}

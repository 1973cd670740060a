package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text tables as people and programs write them. */
class CsvTest {

    @TempDir
    Path folder;

    private Path save(String text) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), text);
    }

    private double[] table(String text) throws IOException {
        try (DataFile file = DataFiles.open(save(text))) {
            return file.doubles(CsvFile.TABLE);
        }
    }

    private String notes(String text) throws IOException {
        try (DataFile file = DataFiles.open(save(text))) {
            return String.join(" ", file.notes());
        }
    }

    private static String rows(String pattern, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> String.format(pattern, i))
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = "=>",
            value = {
                "a;b\\n1.234,56;0,5\\n-2.000,00;7,25 => 1234.56 0.5 -2000 7.25",
                "a;b\\n1,234.56;0.5\\n-2,000.00;7.25 => 1234.56 0.5 -2000 7.25",
                "a,b\\n\"1,5\",\"-2,25\"\\n\"3,0\",\"4,125\" => 1.5 -2.25 3 4.125",
                "a,b\\n\"1,234.5\",7\\n\"12,000.5\",8 => 1234.5 7 12000.5 8",
                "a,b\\n\u22121.5,2\\n3,\u22124e\u22122 => -1.5 2 3 -0.04",
                "a,b\\n1.5D+03,2d-1\\n-1D0,4.D2 => 1500 0.2 -1 400",
                "a,b\\n0x1F,-0xA\\n0XFF,0x0 => 31 -10 255 0",
                "a;b\\n1 234,5;12 345 678\\n2 000,25;9 => 1234.5 12345678 2000.25 9",
                "a;b\\n1'234.5;1\u202f000\\n2\u2019000.25;9 => 1234.5 1000 2000.25 9",
                "a;b\\n1.234.567;1,5\\n2.000.000;2,5 => 1234567 1.5 2000000 2.5",
                "a;b\\n1,5;1.5\\n2,25;2.25 => 1.5 1.5 2.25 2.25",
                "a b\\n  1.5    2\\n 10.25  3 => 1.5 2 10.25 3",
                "a,note,b\\n0, \"x, y\",1.5\\n1, \"z, w\" ,2.5\\n2,plain,3 => 0 1.5 1 2.5 2 3",
                "a;b;note\\n1,5;2; \"one\\ntwo, three\"\\n2,5;3;\"x\"\\n3,5;4;y => 1.5 2 2.5 3 3.5 4",
            })
    void readsNumbersAsTheyAreWritten(String text, String numbers) throws IOException {
        double[] found = table(text.replace("\\n", "\n") + "\n");
        double[] wanted = java.util.Arrays.stream(numbers.split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(found).containsExactly(wanted, within(1e-12));
    }

    @Test
    void readsAPointWhereAsManyCellsSpeakForACommaAsForAPoint() throws IOException {
        assertThat(table("a;b;c\n1.5;2,5;1.234\n3.5;4,5;5.678\n")).containsExactly(1.5, 2.5, 1.234, 3.5, 4.5, 5.678);
    }

    @Test
    void warnsWhereThousandsAndFractionsCannotBeToldApart() throws IOException {
        assertThat(notes("a;b\n233,512;1\n100,250;2\n"))
                .contains("exactly three digits")
                .contains("fractions");
        assertThat(notes("a;b\n233.512;1\n100.250;2\n")).contains("exactly three digits");
        assertThat(notes("a;b\n233,512;1\n0,250;2\n")).doesNotContain("three digits");
        assertThat(notes("a,b\n233.512,1\n100.250,2\n")).doesNotContain("three digits");
    }

    @Test
    void refusesNumbersWithUnitsByLineAndCell() throws IOException {
        Path file = save("a,b\n1.5 mm,2 kg\n2.5 mm,3 kg\n");
        assertThatThrownBy(() -> DataFiles.open(file)).hasMessageContaining("line 2 holds '1.5 mm' in column 'a'");
        Path labelled = save("a,label\n1.5 mm,0\n2.5 mm,1\n");
        assertThatThrownBy(() -> DataImport.load(labelled))
                .hasMessageContaining("no column of numbers beside the label 'label'")
                .hasMessageContaining("Column 'a' holds '1.5 mm'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"#N/A", "#DIV/0!", ".", "\\N", "NA", "<NA>", "1.#QNAN", "-nan", "NULL", "n.a.", "#VALUE!", "--"})
    void countsTheUsualCodesAsMissing(String code) throws IOException {
        try (DataFile file = DataFiles.open(save("a,b\n1,2\n" + code + ",3\n4,5\n"))) {
            assertThat(file.find(CsvFile.TABLE).orElseThrow().shape()).containsExactly(3, 2);
            assertThat(file.find(CsvFile.TABLE).orElseThrow().missing()).isEqualTo(1);
            assertThat(file.oddCells()).isEmpty();
        }
    }

    @Test
    void stopsForAWordAmongNumbersAndNamesLineAndCell() throws IOException {
        String text = "temp,b\n" + rows("%d.5,1\n", 9) + "err,2\n";
        assertThatThrownBy(() -> DataImport.load(save(text)))
                .isInstanceOf(MissingValuesException.class)
                .hasMessageContaining("Column 'temp' holds 'err' in line 11");
        ImportedData dropped =
                DataImport.load(DataSpec.of(save(text).toString()).withMissing(MissingPolicy.DROP));
        assertThat(dropped.dataset().rows()).isEqualTo(9);
        assertThat(dropped.report().sentences()).anyMatch(s -> s.contains("'err' in line 11"));
    }

    @Test
    void takesALineThatCountsTheColumnsForTheirNames() throws IOException {
        try (DataFile file = DataFiles.open(save("0,1,2,3\n" + rows("%d.5,1.5,2.5,0\n", 3)))) {
            assertThat(file.columnNames(CsvFile.TABLE)).containsExactly("0", "1", "2", "3");
            assertThat(file.notes()).anyMatch(note -> note.contains("Line 1 counts the columns (0, 1, …)"));
        }
        assertThat(table("0,1\n1,0\n1,1\n")).as("two columns of zeros and ones").hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",a,b\n0,1.5,2\n1,2.5,3\n",
                "\"\" \"a\" \"b\"\n\"1\" 1.5 2\n\"2\" 2.5 3\n",
                "a b\n1 1.5 2\n2 2.5 3\n"
            })
    void takesAnUnnamedFirstColumnThatNumbersTheRowsForTheIndex(String text) throws IOException {
        ImportedData imported = DataImport.load(save(text));
        assertThat(imported.dataset().featureNames()).containsExactly("a", "b");
        assertThat(imported.spec().roles().id()).isEqualTo("index");
    }

    @Test
    void keepsAnUnnamedColumnOfRepeatedValuesAsFeature() throws IOException {
        ImportedData imported = DataImport.load(save(",a,b\n7,1.5,2\n7,2.5,3\n8,4.5,6\n"));
        assertThat(imported.spec().roles().id()).isNull();
        assertThat(imported.dataset().features()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sep=;\na;b\n1;2\n3;4\n",
                "# made by a logger\n# on Monday\na,b\n1,2\n3,4\n",
                "Report of 2024\n\na,b\n1,2\n# a comment\n3,4\n",
                "# a,b\n1,2\n3,4\n",
                "a,b,\n1,2,\n3,4,\n",
                "a,b\n1,2\na,b\n3,4\n",
            })
    void findsTheTableUnderWhatIsWrittenAboveAndIn(String text) throws IOException {
        String comments = text.startsWith("#") ? text : text.replace("# a comment\n", "");
        try (DataFile file = DataFiles.open(save(comments))) {
            assertThat(file.columnNames(CsvFile.TABLE)).containsExactly("a", "b");
            assertThat(file.doubles(CsvFile.TABLE)).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void saysWhichLinesItLeftOut() throws IOException {
        assertThat(notes("Made on a day\nby x\na,b\n1,2\n3,4\n"))
                .contains("begins in line 3; the 2 lines above it were left out");
        assertThat(notes("a,b\n1,2\na,b\n3,4\n")).contains("Line 3 repeats the column names and was left out");
    }

    @Test
    void blamesTheLineThatDiffersFromTheOthers() throws IOException {
        assertThatThrownBy(() -> DataFiles.open(save("1,2\n" + rows("%d,2,3,4\n", 5))))
                .hasMessageContaining("Line 1 of t.csv has 2 cells, but the table has 4 columns");
        assertThatThrownBy(() -> DataFiles.open(save("a,b\n1,2\n\"3,4\n5,6\n7,8\n")))
                .hasMessageContaining("Line 3")
                .hasMessageContaining("quotation mark is opened there");
    }

    @ParameterizedTest
    @CsvSource({
        "'1 1:0.5 3:2\n0 2:1.5\n', LIBSVM",
        "'[{\"a\": 1}]', JSON",
        "'<!DOCTYPE html>\n<p>404', web page",
        "'version https://git-lfs.github.com/spec/v1\noid 1', Git LFS",
    })
    void namesTextThatIsNoTable(String text, String name) throws IOException {
        assertThatThrownBy(() -> DataFiles.open(save(text))).hasMessageContaining(name);
    }

    @Test
    void readsWindowsLettersAndUtf16WithoutAMark() throws IOException {
        Path windows =
                Files.write(folder.resolve("w.csv"), "n°,€uro\n1,2\n3,4\n".getBytes(Charset.forName("windows-1252")));
        assertThat(DataImport.load(windows).dataset().featureNames()).containsExactly("n°", "€uro");
        Path utf16 = Files.write(folder.resolve("u.csv"), "a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_16LE));
        assertThat(DataImport.load(utf16).dataset().featureNames()).containsExactly("a", "b");
    }

    @Test
    void readsASingleRowBelowItsNames() throws IOException {
        assertThat(table("a,b\n1.5,2\n")).containsExactly(1.5, 2);
    }

    @Test
    void keepsDoublesThatSinglePrecisionWouldMerge() throws IOException {
        assertThat(table("a,b\n1700000000.25,1e200\n1700000001.5,2\n"))
                .containsExactly(1700000000.25, 1e200, 1700000001.5, 2);
    }

    @Test
    void readsATableOfMoreColumnsThanTheParsersOwnLimit() throws IOException {
        String row = String.join(",", Collections.nCopies(17_000, "1.5")) + "\n";
        try (DataFile file = DataFiles.open(save(row + row))) {
            assertThat(file.find(CsvFile.TABLE).orElseThrow().shape()).containsExactly(2, 17_000);
        }
    }

    @Test
    void namesManyColumnsOfOneNameInLinearTime() throws IOException {
        String names = String.join(",", Collections.nCopies(20_000, "a")) + "\n";
        String row = String.join(",", Collections.nCopies(20_000, "1")) + "\n";
        Path file = save(names + row + row);
        assertThat(cpuMillis(() -> DataFiles.open(file).close())).isLessThan(5000);
    }

    @Test
    void countsManyDistinctLabelsInLinearTime() throws IOException {
        Path file = save("a,y\n" + rows("1.5,word %d\n", 100_000));
        Dataset dataset = DataImport.load(DataSpec.of(file.toString())
                        .withRoles(
                                Roles.labelled(CsvFile.TABLE, "y", Collections.emptyList(), Collections.emptyList())))
                .dataset();
        assertThat(cpuMillis(() -> RoleSentences.classes(dataset))).isLessThan(3000);
        assertThat(RoleSentences.classes(dataset)).hasSize(100_000);
    }

    @Test
    void refusesTextThatFewBytesMakeHuge() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 1000; i++) {
                gzip.write("1,2\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII));
            }
        }
        Path file = Files.write(folder.resolve("b.csv.gz"), packed.toByteArray());
        assertThatThrownBy(() -> DataFiles.open(file)).hasMessageContaining("nearly all of it is the same");
    }

    @Test
    void readsBlankLinesAndOneColumnByTheNameOfTheTable() throws IOException {
        try (DataFile file = DataFiles.open(save("a b\n1 x\n \n2 y\n"))) {
            assertThat(file.texts(CsvFile.TABLE)).containsExactly("1", "2");
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** CPU time of this thread, which a busy machine does not stretch. */
    private static long cpuMillis(Work work) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        work.run();
        return TimeUnit.NANOSECONDS.toMillis(threads.getCurrentThreadCpuTime() - before);
    }

    /** A text that differs from row to row names the rows or describes them; as classes it could only mislead. */
    @Test
    void takesNoColumnAsLabelWhoseTextsAllDiffer() throws IOException {
        String table = "v,w,ship date\n" + rows("%1$d,%1$d.5,2021-01-0%1$d 10:00\n", 9);
        assertThat(DataImport.load(save(table)).dataset().classes()).isEmpty();
        String classes = "v,w,kind\n" + rows("%1$d,%1$d.5,ok\n", 8) + "9,9.5,odd\n";
        assertThat(DataImport.load(save(classes)).dataset().anomalies()).isEqualTo(1);
    }

    @Test
    void keepsSentencesOnOneLine() throws IOException {
        String table = "v,w,kind\n" + rows("%1$d,%1$d.5,\"a\nb\"\n", 5) + "7,7.5,\"c\td\"\n";
        try (DataFile file = DataFiles.open(save(table))) {
            assertThat(RoleGuess.of(file).sentences())
                    .contains("Value c?d (1 row, 16.7 %) means anomaly; value a?b means normal.");
        }
    }

    /** A line of totals, or a letter O for a zero, is no class; least of all that of the anomalies. */
    @Test
    void takesNoStrayWordAmongZerosAndOnesForTheAnomalies() throws IOException {
        String table = "a,b,label\n" + rows("%1$d,%1$d.5,0\n", 9) + "10,10.5,1\n11,11.5,total\n";
        try (DataFile file = DataFiles.open(save(table))) {
            RoleGuess guess = RoleGuess.of(file);
            assertThat(guess.roles().anomalyValues()).containsExactly("1");
            assertThat(guess.roles().normalValues()).containsExactly("0");
            assertThat(String.join(" ", guess.sentences())).contains("'total' is neither");
        }
        assertThatThrownBy(() -> DataImport.load(save(table)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("total");
    }

    @Test
    void tellsOfAFeatureThatIsNamedLikeALabel() throws IOException {
        try (DataFile file = DataFiles.open(save("label,a,y\n" + rows("%1$d,%1$d.5,0\n", 5) + "7,7.5,1\n"))) {
            assertThat(RoleGuess.of(file).sentences())
                    .anyMatch(said -> said.startsWith("Column 'label' is named like a label, too; 'y' is the label"));
        }
    }
}

package org.oddlens.engine.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.SharedFolder;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.OutputFile;

/** Excerpts in the layouts of the raw files, columns and labels worked out by hand. */
class RecipesTest {

    @TempDir
    private Path folder;

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static PreparedTable read(String recipe, Path... files) throws IOException {
        return Recipe.of(recipe).read(List.of(files), 1);
    }

    /** A connection: protocol, service, flag, land and logged_in as given, src_bytes as given, all else 0. */
    private static String connection(String protocol, String service, String flag, int bytes, int in, String label) {
        return "0," + protocol + "," + service + "," + flag + "," + bytes + ",0,0,0,0,0,0," + in
                + ",0,0,0,0,0,0,0,0,0,0" + ",0.00".repeat(19) + "," + label;
    }

    @Test
    void kddTakesAttacksForNormalAndSortsTheValuesOfSymbols() throws IOException {
        Path raw = folder.resolve("kdd.gz");
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(raw)), StandardCharsets.US_ASCII)) {
            out.write(connection("udp", "http", "SF", 5, 1, "normal.") + "\n");
            out.write(connection("icmp", "ecr_i", "SF", 9, 0, "smurf.") + "\n");
            out.write(connection("tcp", "http", "S0", 5, 0, "neptune.") + "\n");
        }

        PreparedTable table = read("kdd10", raw);

        assertThat(table.columns())
                .containsExactly(
                        "src_bytes",
                        "protocol_type=icmp",
                        "protocol_type=tcp",
                        "protocol_type=udp",
                        "service=ecr_i",
                        "service=http",
                        "flag=S0",
                        "flag=SF",
                        "logged_in=0",
                        "logged_in=1");
        assertThat(table.labels()).containsExactly(1, 0, 0);
        assertThat(table.values())
                .containsExactly(
                        5, 0, 0, 1, 0, 1, 0, 1, 0, 1, //
                        9, 1, 0, 0, 1, 0, 0, 1, 1, 0, //
                        5, 0, 1, 0, 0, 1, 1, 0, 1, 0);
        assertThat(table.scaled().values()).startsWith(0, 0, 0, 1).endsWith(0, 1, 0);
        assertThat(table.notes()).contains("'land' has the same value in all rows and is left out.");
    }

    @Test
    void nslKddJoinsItsTwoFilesDropsTheDifficultyAndTakesAttacksForAnomalies() throws IOException {
        Path train = file("KDDTrain+.txt", connection("tcp", "http", "SF", 1, 0, "normal,20"));
        Path test = file("KDDTest+.txt", connection("udp", "http", "SF", 2, 0, "neptune,18"));

        PreparedTable table = read("nsl-kdd", train, test);

        assertThat(table.columns()).containsExactly("src_bytes", "protocol_type=tcp", "protocol_type=udp");
        assertThat(table.labels()).containsExactly(0, 1);
        assertThat(table.values()).containsExactly(1, 1, 0, 2, 0, 1);
    }

    @Test
    void saysWhichLineIsOfAnotherKind() throws IOException {
        Path raw = file("kdd.txt", connection("tcp", "http", "SF", 1, 0, "normal."), "1,2,3");

        assertThatThrownBy(() -> read("kdd10", raw))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("Line 2")
                .hasMessageContaining("42");
        Path words = file(
                "words.txt", connection("tcp", "http", "SF", 1, 0, "normal.").replace("0,tcp", "x,tcp"));
        assertThatThrownBy(() -> read("kdd10", words))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("'duration'")
                .hasMessageContaining("'x'");
    }

    @Test
    void arrhythmiaDropsColumnsWithMissingValuesAndJoinsRareClasses() throws IOException {
        String[] one = new String[280];
        Arrays.fill(one, "0");
        one[0] = "75";
        one[13] = "?";
        one[279] = "1";
        String[] two = one.clone();
        two[0] = "-3.5";
        two[13] = "4";
        two[279] = "14";

        PreparedTable table = read("arrhythmia", file("arrhythmia.data", String.join(",", one), String.join(",", two)));

        assertThat(table.columns()).hasSize(278).startsWith("V1", "V2").doesNotContain("V14");
        assertThat(table.labels()).containsExactly(0, 1);
        assertThat(table.values()[0]).isEqualTo(75);
        assertThat(table.values()[278]).isEqualTo(-3.5f);
    }

    @Test
    void thyroidKeepsTheSixMeasuredColumnsAndTakesClassOneForAnomalies() throws IOException {
        String zeros = String.join(" ", Collections.nCopies(15, "0"));
        PreparedTable table = read(
                "thyroid",
                file(
                        "ann-train.data",
                        "0.73 " + zeros + " 0.0006 0.015 0.12 0.082 0.146 3 ",
                        "0.24 " + zeros + " 0.00025 0.03 0.143 0.133  0.108 1"));

        assertThat(table.columns()).containsExactly("age", "TSH", "T3", "TT4", "T4U", "FTI");
        assertThat(table.values())
                .containsExactly(.73f, .0006f, .015f, .12f, .082f, .146f, .24f, .00025f, .03f, .143f, .133f, .108f);
        assertThat(table.labels()).containsExactly(0, 1);
    }

    @Test
    void ids2018DropsAddressesAndBadRowsAndSkipsRepeatedHeaders() throws IOException {
        String header = "Dst Port,Protocol,Timestamp,Flow Duration,Fwd Header Len,Flow IAT Mean,Tot Fwd Pkts,Label";
        Path monday = file(
                "monday.csv",
                header,
                "80,6,01/03/2018 08:17:11,115307855,20,3.5,7,Benign",
                header,
                "80,6,01/03/2018 08:17:12,1,20,Infinity,7,Bot",
                "80,6,01/03/2018 08:17:12,1,-20,1,7,Bot");
        Path tuesday = file("tuesday.csv", header, "22,6,02/03/2018 08:17:12,1,40,1.5,9,Bot");

        PreparedTable table = read("ids2018", monday, tuesday);

        assertThat(table.columns()).containsExactly("fwd header len", "flow iat mean", "tot fwd pkts");
        assertThat(table.values()).containsExactly(20, 3.5f, 7, 40, 1.5f, 9);
        assertThat(table.labels()).containsExactly(0, 1);
        assertThat(table.notes()).anyMatch(note -> note.startsWith("2 of 4 rows"));
    }

    /** Of 20 rows one in twenty may be bad: that row goes. Two in twenty are a tenth: that column goes. */
    @Test
    void usbIdsDropsColumnsThatAreOftenBadAndRowsElsewhere() throws IOException {
        String[] lines = new String[21];
        lines[0] = " Source IP, Seldom , Often, Constant, Good, Label";
        for (int i = 1; i <= 20; i++) {
            lines[i] = "10.0.0.1," + (i == 7 ? "-1" : "2") + "," + (i < 3 ? "Infinity" : "3") + ",4," + i
                    + (i % 2 == 0 ? ",BENIGN" : ",REGULAR-DOS");
        }
        lines[3] = lines[3].replace(",2,3,", ",5,3,"); // so that 'Seldom' varies among what is kept, too

        PreparedTable table = read("usb-ids", file("usb.csv", lines));

        assertThat(table.columns()).containsExactly("seldom", "good");
        assertThat(table.labels()).hasSize(19);
        assertThat(table.anomalies()).isEqualTo(9);
        assertThat(table.values()).startsWith(2, 1, 2, 2, 5, 3);
        assertThat(table.notes()).anyMatch(note -> note.contains("'often'") && note.contains("2 of 20"));
    }

    /** Taken as they are, they would turn their whole column into zeros when it is shrunk to [0, 1]. */
    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity", "1e300", "", "?"})
    void refusesANumberThatIsNone(String value) throws IOException {
        String good = connection("tcp", "http", "SF", 1, 0, "normal.");
        Path raw = file("kdd.txt", good, value + good.substring(1));

        assertThatThrownBy(() -> read("kdd10", raw))
                .isInstanceOf(DataFormatException.class)
                .hasMessage("Line 2 of kdd.txt, column 'duration': '" + value
                        + "' is no finite number. Mend or remove the line.");
    }

    @Test
    void refusesARowThatNothingIsSaidOf() throws IOException {
        String zeros = String.join(",", Collections.nCopies(279, "0"));
        String thyroid = String.join(" ", Collections.nCopies(21, "0"));

        assertThatThrownBy(() -> read("kdd10", file("kdd.txt", connection("tcp", "http", "SF", 1, 0, ""))))
                .hasMessageContaining("Line 1 of kdd.txt, column 'label'");
        assertThatThrownBy(() -> read("arrhythmia", file("arrhythmia.data", zeros + ",17")))
                .hasMessageContaining("'17' is no class from 1 to 16");
        assertThatThrownBy(() -> read("thyroid", file("ann-train.data", thyroid + " 0")))
                .hasMessageContaining("'0' is no class from 1 to 3");
        assertThatThrownBy(() -> read("ids2018", file("day.csv", "A,Label", "1,Benign", "2,")))
                .hasMessageContaining("Line 3 of day.csv, column 'label'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1,2", "1,2,3", "1,2,3,Benign,5"})
    void refusesAFlowOfAnotherWidth(String line) throws IOException {
        Path day = file("day.csv", "A,B,C,Label", "1,2,3,Benign", line);

        assertThatThrownBy(() -> read("ids2018", day))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("Line 3 of day.csv has " + line.split(",").length + " fields")
                .hasMessageContaining("4");
    }

    /** The mark of the byte order that some programs put before UTF-8 is no part of the first column's name. */
    @Test
    void dropsAPortWhoseNameFollowsAByteOrderMark() throws IOException {
        Path day = file("day.csv", "\uFEFFDst Port,A,Label", "80,1,Benign", "81,2,Bot");

        assertThat(read("ids2018", day).columns()).containsExactly("a");
    }

    @Test
    void saysThatAnArchiveBreaksOff() throws IOException {
        Path whole = folder.resolve("whole.gz");
        try (Writer out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(whole)), StandardCharsets.US_ASCII)) {
            for (int i = 0; i < 2_000; i++) {
                out.write(connection("tcp", "http", "SF", i * 7_919 % 1_000, 0, "normal.") + "\n");
            }
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path broken = Files.write(folder.resolve("broken.gz"), Arrays.copyOf(bytes, bytes.length / 2));
        Path none = Files.createFile(folder.resolve("none.gz"));
        Path text = file("text.gz", connection("tcp", "http", "SF", 1, 0, "normal."));

        for (Path file : List.of(broken, none, text)) {
            assertThatThrownBy(() -> read("kdd10", file))
                    .isInstanceOf(DataFormatException.class)
                    .hasMessageStartingWith(file.getFileName() + " is damaged or incomplete after line ")
                    .hasMessageEndingWith("Fetch it again.");
        }
    }

    /** A name that leaves no room for the endings stands for every reason why writing fails half-way. */
    @Test
    void leavesNothingBehindWhereWritingFails() throws IOException {
        Path out = folder.resolve("x".repeat(245) + ".npz");
        PreparedTable table = new PreparedTable("k", List.of("a"), new float[] {1}, new int[] {0}, List.of());

        assertThatThrownBy(() -> table.write(OutputFile.at(out), OutputFile.at(PreparedTable.names(out))))
                .isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void namesTheFileThatIsNoFlowFile() throws IOException {
        Path other = file("other.csv", "a,b", "1,2");

        assertThatThrownBy(() -> read("ids2018", other))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("Label");
    }

    @Test
    void keepsTheSameShareOfTheRowsEachTime() throws IOException {
        String[] lines = new String[401];
        lines[0] = "A,B,Label";
        for (int i = 1; i <= 400; i++) {
            lines[i] = i + "," + 2 * i + ",Benign";
        }
        Path raw = file("many.csv", lines);

        PreparedTable once = Recipe.of("ids2018").read(List.of(raw), 0.25);
        PreparedTable again = Recipe.of("ids2018").read(List.of(raw), 0.25);

        assertThat(once.labels().length).isBetween(70, 130);
        assertThat(again.values()).containsExactly(once.values());
    }

    /** What is written is read back with roles guessed right: last column the label, 1 the anomaly. */
    @Test
    void writesAFileThatLoadsAsItIs() throws IOException {
        Path out = folder.resolve("nsl.npz");
        String[] lines = new String[12];
        for (int i = 0; i < lines.length; i++) {
            boolean attack = i % 4 == 3;
            lines[i] = connection(attack ? "udp" : "tcp", "http", "SF", i, 0, attack ? "neptune,18" : "normal,20");
        }
        read("nsl-kdd", file("t.txt", lines))
                .scaled()
                .write(OutputFile.at(out), OutputFile.at(PreparedTable.names(out)));

        Dataset data = DataImport.load(out).dataset();

        assertThat(data.rows()).isEqualTo(12);
        assertThat(data.features()).isEqualTo(3);
        assertThat(data.anomalies()).isEqualTo(3);
        assertThat(folder.resolve("nsl.npz.columns.txt"))
                .content()
                .isEqualTo("src_bytes\nprotocol_type=tcp\nprotocol_type=udp\nlabel (1 = anomaly)\n");
    }

    /** The whole public file, against the array that was made from it elsewhere: the same numbers and labels. */
    @Test
    void theWholeKddFileGivesTheKnownArray() throws IOException {
        Path known = SharedFolder.require("data/kdd10/kdd10.npz");
        Path raw = SharedFolder.require("data/kdd10/kddcup.data_10_percent.gz");

        PreparedTable table = read("kdd10", raw).scaled();

        float[] expected = NpyReader.read(known, "kdd").floats();
        assertThat(table.columns()).hasSize(119);
        assertThat(table.labels()).hasSize(494_021);
        for (int row = 0; row < 494_021; row++) {
            for (int c = 0; c < 119; c++) {
                if (table.values()[row * 119 + c] != expected[row * 120 + c]) {
                    throw new AssertionError(
                            "row " + row + ", " + table.columns().get(c));
                }
            }
            assertThat((float) table.labels()[row]).isEqualTo(expected[row * 120 + 119]);
        }
    }
}

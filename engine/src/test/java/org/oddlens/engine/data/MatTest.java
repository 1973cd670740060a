package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatTest {

    private static final int INT8 = 1;
    private static final int INT32 = 5;
    private static final int UINT32 = 6;
    private static final int DOUBLE = 9;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;

    @TempDir
    Path folder;

    private static byte[] element(int type, byte[] data) {
        int padded = type == COMPRESSED ? data.length : (data.length + 7) / 8 * 8;
        ByteBuffer out = ByteBuffer.allocate(8 + padded).order(ByteOrder.LITTLE_ENDIAN);
        return out.putInt(type).putInt(data.length).put(data).array();
    }

    private static byte[] ints(int... values) {
        ByteBuffer out = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(out::putInt);
        return out.array();
    }

    private static byte[] doubles(double... values) {
        ByteBuffer out = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(out::putDouble);
        return out.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] matrix(String name, int matClass, int[] dims, int storage, byte[] data) {
        return element(
                MATRIX,
                join(
                        element(UINT32, ints(matClass, 0)),
                        element(INT32, ints(dims)),
                        element(INT8, name.getBytes(StandardCharsets.US_ASCII)),
                        element(storage, data)));
    }

    private static byte[] file(byte[]... elements) {
        byte[] header = Arrays.copyOf("MATLAB 5.0 MAT-file, by a test".getBytes(StandardCharsets.US_ASCII), 128);
        header[125] = 1;
        header[126] = 'I';
        header[127] = 'M';
        return join(header, join(elements));
    }

    private static byte[] deflated(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(content);
        }
        return element(COMPRESSED, out.toByteArray());
    }

    private Path save(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("test.mat"), bytes);
    }

    /** Opens under a small budget; failing is allowed only by a sentence, soon, with nothing on standard output. */
    private static String sentenceOrFine(Path file) {
        PrintStream before = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true));
        try {
            return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                try (DataFile data = DataFiles.open(file, new ReadBudget(32 << 20, 100, 32 << 20))) {
                    StringBuilder reasons = new StringBuilder();
                    data.arrays().forEach(a -> reasons.append(a.reason()));
                    return reasons.toString();
                } catch (DataFormatException refused) {
                    assertThat(refused.getMessage())
                            .endsWith(".")
                            .hasSizeGreaterThan(20)
                            .doesNotContain("unexpected");
                    return refused.getMessage();
                }
            });
        } finally {
            System.setOut(before);
            assertThat(printed.toString()).as("printed to standard output").isEmpty();
        }
    }

    @Test
    void readsColumnMajorNumbersOfEveryStorage() throws IOException {
        Path file = save(file(
                matrix("X", 6, new int[] {2, 3}, DOUBLE, doubles(1, 4, 2, 5, 3, 6)),
                deflated(matrix("y", 9, new int[] {1, 2}, 2, new byte[] {(byte) 200, 1})),
                matrix("w", 6, new int[] {1, 2}, UINT32, ints(-1, 7)),
                matrix("s", 6, new int[] {1, 3}, 3, new byte[] {1, 0, (byte) 0xfe, (byte) 0xff, 3, 0})));
        try (DataFile data = DataFiles.open(file)) {
            assertThat(data.floats("X")).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(data.doubles("y")).as("uint8 is unsigned").containsExactly(200, 1);
            assertThat(data.doubles("w")).as("double stored as uint32").containsExactly(4294967295.0, 7);
            assertThat(data.doubles("s")).as("double stored as int16").containsExactly(1, -2, 3);
            assertThat(data.find("X").orElseThrow().type()).isEqualTo("double");
        }
    }

    @Test
    void readsBigEndianFiles() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(1024).order(ByteOrder.BIG_ENDIAN);
        out.put(Arrays.copyOf("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII), 124));
        out.putShort((short) 0x0100).putShort((short) ('M' << 8 | 'I'));
        out.putInt(MATRIX).putInt(16 + 16 + 8 + 24);
        out.putInt(UINT32)
                .putInt(8)
                .putInt(6)
                .putInt(0)
                .putInt(INT32)
                .putInt(8)
                .putInt(1)
                .putInt(2);
        out.putInt(1 << 16 | INT8).put((byte) 'X').put(new byte[3]);
        out.putInt(DOUBLE).putInt(16).putDouble(1.5).putDouble(-2);
        try (DataFile data = DataFiles.open(save(Arrays.copyOf(out.array(), out.position())))) {
            assertThat(data.doubles("X")).containsExactly(1.5, -2);
        }
    }

    @Test
    void answersADeflateBombWithASentenceBeforeUnpackingIt() throws IOException {
        byte[] zeros = new byte[100_000_000];
        Path file = save(file(deflated(matrix("X", 6, new int[] {12_500_000, 1}, DOUBLE, zeros))));
        assertThat(Files.size(file)).isLessThan(200_000);
        assertThat(sentenceOrFine(file)).contains("from 97,251 bytes to 100.0 MB");
    }

    @Test
    void refusesDimensionsThatTheDataDoNotBear() throws IOException {
        byte[] lie = matrix("X", 6, new int[] {1_000_000, 1000}, DOUBLE, doubles(1, 2));
        assertThat(sentenceOrFine(save(file(lie))))
                .contains("announces 1,000,000,000 values")
                .contains("holds 2");
        assertThat(sentenceOrFine(save(file(deflated(lie))))).contains("announces");
        byte[] huge = matrix("X", 6, new int[] {Integer.MAX_VALUE, Integer.MAX_VALUE}, DOUBLE, doubles(1));
        assertThat(sentenceOrFine(save(file(huge)))).contains("damaged");
        byte[] negative = matrix("X", 6, new int[] {-1, -1}, DOUBLE, doubles(1));
        assertThat(sentenceOrFine(save(file(negative)))).contains("negative");
    }

    @Test
    void allocatesNothingForCellsThatAreNotThere() throws IOException {
        byte[] cell = matrix("c", 1, new int[] {Integer.MAX_VALUE, 1}, DOUBLE, doubles(1));
        byte[] fine = matrix("X", 6, new int[] {2, 1}, DOUBLE, doubles(1, 2));
        assertThat(sentenceOrFine(save(file(cell, fine)))).contains("announces 2,147,483,647 parts");
    }

    @Test
    void refusesTwoVariablesOfOneName() throws IOException {
        byte[] x = matrix("X", 6, new int[] {2, 1}, DOUBLE, doubles(1, 2));
        assertThat(sentenceOrFine(save(file(x, x)))).contains("two variables named 'X'");
    }

    @Test
    void survivesATruncationAtEveryByteWithoutPrinting() throws IOException {
        byte[] x = matrix("X", 6, new int[] {2, 3}, DOUBLE, doubles(1, 4, 2, 5, 3, 6));
        byte[] whole = file(x, deflated(matrix("y", 9, new int[] {2, 1}, 2, new byte[] {1, 0})));
        for (int length = 0; length < whole.length; length++) {
            String said = sentenceOrFine(save(Arrays.copyOf(whole, length)));
            if (length != 128 + x.length) {
                assertThat(said).as("cut after %s bytes", length).isNotEmpty();
            }
        }
    }

    @Test
    void survivesAnyFlippedByte() throws IOException {
        byte[] sparse = element(
                MATRIX,
                join(
                        element(UINT32, ints(5, 2)),
                        element(INT32, ints(3, 2)),
                        element(INT8, new byte[] {'S'}),
                        element(INT32, ints(0, 2)),
                        element(INT32, ints(0, 1, 2)),
                        element(DOUBLE, doubles(7, 8))));
        byte[] whole = file(sparse, deflated(matrix("y", 9, new int[] {2, 1}, 2, new byte[] {1, 0})));
        try (DataFile data = DataFiles.open(save(whole))) {
            assertThat(data.doubles("S")).containsExactly(7, 0, 0, 0, 0, 8);
        }
        for (int at = 0; at < whole.length; at++) {
            for (int mask : new int[] {0x01, 0x80, 0xff}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) mask;
                sentenceOrFine(save(changed));
            }
        }
    }

    @Test
    void readsMatlab4AndSurvivesTruncation() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(22 + 48).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0).putInt(2).putInt(3).putInt(0).putInt(2).put((byte) 'X').put((byte) 0);
        out.put(doubles(1, 4, 2, 5, 3, 6));
        try (DataFile data = DataFiles.open(save(out.array()))) {
            assertThat(data.floats("X")).containsExactly(1, 2, 3, 4, 5, 6);
        }
        for (int length = 0; length < out.capacity(); length++) {
            assertThat(sentenceOrFine(save(Arrays.copyOf(out.array(), length))))
                    .as("cut after %s bytes", length)
                    .isNotEmpty();
        }
    }

    private Path hdf5() throws IOException {
        Path file = folder.resolve("v73.mat");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            // MATLAB's 3 x 2 matrix [1 2; 3 4; 5 6] lies in the file as 2 x 3
            hdf.putDataset("X", new double[][] {{1, 3, 5}, {2, 4, 6}}).putAttribute("MATLAB_class", "double");
            hdf.putDataset("y", new byte[][] {{0, 0, 1}}).putAttribute("MATLAB_class", "uint8");
            hdf.putDataset("cells", new double[] {1, 2}).putAttribute("MATLAB_class", "cell");
            hdf.putGroup("s").putAttribute("MATLAB_class", "struct");
        }
        return file;
    }

    @Test
    void turnsMatlab73ArraysBack() throws IOException {
        try (DataFile data = DataFiles.open(hdf5())) {
            assertThat(data.find("X").orElseThrow().shape()).containsExactly(3, 2);
            assertThat(data.floats("X")).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(data.find("y").orElseThrow().shape()).containsExactly(3, 1);
            assertThat(data.find("cells").orElseThrow().usable()).isFalse();
            assertThat(data.find("s").orElseThrow().reason()).contains("struct");
        }
    }

    @Test
    void refusesHdf5ArraysOverTheBudget() throws IOException {
        try (DataFile data = DataFiles.open(hdf5(), new ReadBudget(40, 100, 1 << 20))) {
            assertThat(data.find("X").orElseThrow().reason()).contains("more than the 40 bytes");
            assertThatThrownBy(() -> data.floats("X")).isInstanceOf(DataFormatException.class);
        }
    }

    @Test
    void answersDamagedHdf5WithASentence() throws IOException {
        byte[] whole = Files.readAllBytes(hdf5());
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            byte[] changed = round % 2 == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            if (round % 2 == 1) {
                changed[random.nextInt(changed.length)] ^= (byte) (1 + random.nextInt(255));
            }
            sentenceOrFine(save(changed));
        }
    }
}

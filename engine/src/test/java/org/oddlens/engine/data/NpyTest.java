package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oddlens.engine.data.NpyBytes.header;
import static org.oddlens.engine.data.NpyBytes.npy;
import static org.oddlens.engine.data.NpyBytes.zip;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

    @TempDir
    Path folder;

    private Path save(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] bytes(int... values) {
        byte[] out = new byte[values.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) values[i];
        }
        return out;
    }

    /** Opens and reads everything; the only failure allowed is a sentence, and soon. */
    private static String sentenceOrFine(Path file) {
        return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (DataFile data = DataFiles.open(file, new ReadBudget(64 << 20, 100, 64 << 20))) {
                StringBuilder reasons = new StringBuilder();
                for (ArrayInfo array : data.arrays()) {
                    reasons.append(array.reason());
                    if (array.usable()) {
                        data.texts(array.name());
                    }
                }
                return reasons.toString();
            } catch (DataFormatException refused) {
                assertThat(refused.getMessage())
                        .endsWith(".")
                        .hasSizeGreaterThan(20)
                        .doesNotContain("unexpected");
                return refused.getMessage();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "|b1, '1,0', 1, 0",
        "|i1, '255,127', -1, 127",
        "|u1, '255,127', 255, 127",
        "<i2, '255,255,1,0', -1, 1",
        ">i2, '255,254,0,1', -2, 1",
        "<u2, '255,255,1,0', 65535, 1",
        "<i4, '255,255,255,255,2,0,0,0', -1, 2",
        ">u4, '255,255,255,255,0,0,0,2', 4294967295, 2",
        "<i8, '255,255,255,255,255,255,255,255,3,0,0,0,0,0,0,0', -1, 3",
        "<f2, '0,60,0,193', 1, -2.5",
        ">f2, '0,1,3,255', 5.9604644775390625e-8, 6.097555160522461e-5",
        "<f4, '0,0,128,63,0,0,32,192', 1, -2.5",
        ">f8, '63,240,0,0,0,0,0,0,192,4,0,0,0,0,0,0', 1, -2.5",
    })
    void readsEveryTypeInBothByteOrders(String descr, String data, double first, double second) throws IOException {
        int[] values =
                Arrays.stream(data.split(",")).mapToInt(Integer::parseInt).toArray();
        Path file = save("a.npy", npy(header(descr, false, "(2,)"), bytes(values)));
        assertThat(NpyReader.read(file).doubles()).containsExactly(first, second);
    }

    @Test
    void turnsFortranOrderIntoRows() throws IOException {
        // [[1, 2, 3], [4, 5, 6]] column by column
        Path file = save("f.npy", npy(header("|u1", true, "(2, 3)"), bytes(1, 4, 2, 5, 3, 6)));
        assertThat(NpyReader.read(file).floats()).containsExactly(1, 2, 3, 4, 5, 6);
        // [2, 2, 2] with value = 100 i + 10 j + k: i runs fastest
        Path cube = save("c.npy", npy(header("|u1", true, "(2, 2, 2)"), bytes(0, 100, 10, 110, 1, 101, 11, 111)));
        assertThat(NpyReader.read(cube).floats()).containsExactly(0, 1, 10, 11, 100, 101, 110, 111);
    }

    @Test
    void readsFixedWidthText() throws IOException {
        Path bytes = save("s.npy", npy(header("|S2", false, "(2,)"), bytes('o', 'k', 'n', 0)));
        try (DataFile file = DataFiles.open(bytes)) {
            assertThat(file.texts("s")).containsExactly("ok", "n");
        }
        Path unicode = save("u.npy", npy(header(">U1", false, "(2,)"), bytes(0, 0, 0, 'a', 0, 0, 0, 0xe4)));
        try (DataFile file = DataFiles.open(unicode)) {
            assertThat(file.texts("u")).containsExactly("a", "ä");
        }
    }

    @Test
    void writesWhatItReadsBack() throws IOException {
        Path file = folder.resolve("w.npy");
        NpyWriter.write(file, new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
        assertThat(NpyReader.read(file).shape()).containsExactly(2, 3);
        assertThat((float[]) NpyReader.read(file).data()).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(Files.size(file) % 8).isZero();
        NpyWriter.write(file, new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 2);
        assertThat((long[]) NpyReader.read(file).data()).containsExactly(Long.MIN_VALUE, Long.MAX_VALUE);
        NpyWriter.write(file, new int[] {7});
        assertThat(NpyReader.read(file).shape()).isEmpty();
        NpyWriter.write(file, new double[] {Math.PI, Double.NaN}, 1, 2);
        assertThat(NpyReader.read(file).doubles()).containsExactly(Math.PI, Double.NaN);
        assertThatThrownBy(() -> NpyWriter.write(file, new int[] {1}, 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void writesEqualArchivesForEqualArrays() throws IOException {
        Path a = folder.resolve("a.npz");
        Path b = folder.resolve("b.npz");
        for (Path file : new Path[] {a, b}) {
            try (NpzWriter writer = new NpzWriter(file)) {
                writer.add("x", new float[] {1, 2}, 2).add("rows", new int[] {3, 4, 5}, 3);
            }
        }
        assertThat(Files.readAllBytes(a)).isEqualTo(Files.readAllBytes(b));
        assertThat(NpyReader.readAll(a)).containsOnlyKeys("x", "rows");
        assertThat(NpyReader.read(a, "rows").ints()).containsExactly(3, 4, 5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2,), 'x': __import__('os')}",
                "{'descr': '<f8', 'fortran_order': False}",
                "{'descr': '<f8', 'fortran_order': Maybe, 'shape': (2,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (-2,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2147483647, 2147483647, 2147483647)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (200000000,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (1,)}",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (3,)}",
                "{'descr': '<q99', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<c16', 'fortran_order': False, 'shape': (1,)}",
                "{'descr': '|U999999999', 'fortran_order': False, 'shape': (2,)}",
                "{'descr': '<f8'",
                "",
            })
    void refusesHeadersThatLieOrAreStrange(String header) throws IOException {
        Path file = save("x.npy", npy(header, new byte[16]));
        assertThat(sentenceOrFine(file)).isNotEmpty();
        assertThat(sentenceOrFine(save("x.npz", zip("x.npy", npy(header, new byte[16])))))
                .isNotEmpty();
    }

    @Test
    void refusesPickledObjects() throws IOException {
        Path file = save("o.npz", zip("label.npy", npy(header("|O", false, "(2,)"), "cos\nsystem\n".getBytes())));
        assertThat(sentenceOrFine(file))
                .contains("'label' holds Python objects")
                .contains("never loaded");
    }

    @Test
    void refusesAHeaderThatClaimsToBeHuge() throws IOException {
        byte[] bytes = npy(header("<f8", false, "(2,)"), new byte[16]);
        bytes[6] = 2; // version 2: four length bytes, so the old length and two header bytes are taken for it
        assertThat(sentenceOrFine(save("h.npy", bytes))).contains("header claims");
    }

    @Test
    void answersAZipBombWithASentence() throws IOException {
        Path file = folder.resolve("bomb.npz");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("X.npy"));
            zip.write(npy(header("|u1", false, "(300000000,)"), new byte[0]));
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 300; i++) {
                zip.write(zeros, 0, 1_000_000);
            }
            zip.closeEntry();
        }
        assertThat(Files.size(file)).isLessThan(400_000);
        assertThat(sentenceOrFine(file)).contains("more than");
    }

    @Test
    void noticesAFlippedBitByTheCheckSum() throws IOException {
        Path file = folder.resolve("bit.npz");
        try (NpzWriter writer = new NpzWriter(file)) {
            writer.add("x", new double[] {1, 2, 3, 4}, 4);
        }
        byte[] bytes = Files.readAllBytes(file);
        int magic = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("NUMPY") - 1;
        bytes[magic + 128 + 3] ^= 1; // inside the data of the only entry
        assertThat(sentenceOrFine(save("bit2.npz", bytes))).contains("check sum");
    }

    @Test
    void survivesATruncationAtEveryByte() throws IOException {
        byte[] plain = npy(header("<f8", true, "(4, 3)"), new byte[96]);
        byte[] packed = zip("X.npy", plain);
        for (byte[] whole : new byte[][] {plain, packed}) {
            for (int length = 0; length < whole.length; length++) {
                assertThat(sentenceOrFine(save("t.npy", Arrays.copyOf(whole, length))))
                        .as("cut after %s bytes", length)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void survivesAnyFlippedByte() throws IOException {
        byte[] packed = zip("X.npy", npy(header("<f4", false, "(4, 3)"), new byte[48]));
        for (int at = 0; at < packed.length; at++) {
            byte[] changed = packed.clone();
            changed[at] ^= 0x55;
            sentenceOrFine(save("t.npz", changed));
        }
    }
}

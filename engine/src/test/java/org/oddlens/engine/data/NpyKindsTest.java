package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oddlens.engine.data.Mat5Bytes.doubles;
import static org.oddlens.engine.data.Mat5Bytes.ints;
import static org.oddlens.engine.data.Mat5Bytes.join;
import static org.oddlens.engine.data.NpyBytes.header;
import static org.oddlens.engine.data.NpyBytes.npy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What NumPy files hold beside plain arrays of numbers. */
class NpyKindsTest {

    private static final byte[] X = npy(header("<f8", false, "(3, 2)"), doubles(1, 2, 3, 4, 5, 6));
    private static final byte[] Y = npy(header("|u1", false, "(3,)"), new byte[] {0, 0, 1});

    @TempDir
    Path folder;

    private Path save(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] record(double a, int b, String label) {
        return join(doubles(a), ints(b), label.getBytes(StandardCharsets.US_ASCII));
    }

    private static String records(int rows) {
        return "{'descr': [('a', '<f8'), ('b', '<i4'), ('label', 'S3')], 'fortran_order': False, 'shape': (" + rows
                + ",), }";
    }

    @Test
    void readsRecordsAsNamedColumns() throws IOException {
        byte[] data = join(record(1.5, 2, "odd"), record(3, -4, "no\0"), record(5, 6, "no\0"));
        Path path = save("r.npy", npy(records(3), data));
        try (DataFile file = DataFiles.open(path)) {
            assertThat(file.columnNames("r")).containsExactly("a", "b");
            assertThat(file.doubles("r")).containsExactly(1.5, 2, 3, -4, 5, 6);
            assertThat(file.texts("label")).containsExactly("odd", "no", "no");
        }
        Dataset dataset = DataImport.load(path).dataset();
        assertThat(dataset.featureNames()).containsExactly("a", "b");
        assertThat(dataset.classes().orElseThrow()).containsExactly("odd", "no", "no");
    }

    /** Else a flipped bit would be an answer about other data. */
    @Test
    void trainsOnNoOtherRowsBecauseThoseOfXAreDamaged() throws IOException {
        Path path = folder.resolve("d.npz");
        try (java.util.zip.ZipOutputStream zip = new java.util.zip.ZipOutputStream(Files.newOutputStream(path))) {
            for (String name : new String[] {"W", "X", "y"}) {
                zip.putNextEntry(new java.util.zip.ZipEntry(name + ".npy"));
                zip.write(name.equals("y") ? Y : name.equals("W") ? X : java.util.Arrays.copyOf(X, X.length - 8));
            }
        }
        assertThatThrownBy(() -> DataImport.load(path))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContainingAll("'X'", "damaged", "--features W");
        Roles chosen = Roles.labelled("W", "y", java.util.List.of("1"), java.util.List.of("0"));
        assertThat(DataImport.load(DataSpec.of(path.toString()).withRoles(chosen))
                        .dataset()
                        .rows())
                .isEqualTo(3);
    }

    /** As h5py's types are written: numbers and objects with what is known of them in braces. */
    @Test
    void readsTypesThatCarryMetadata() throws IOException {
        String type =
                "{'descr': [('a', '<f8'), ('b', ('<i4', {'enum': {'x': 0}}))], 'fortran_order': False, 'shape': (2,), }";
        byte[] data = join(doubles(1.5), ints(2), doubles(3), ints(-4));
        try (DataFile file = DataFiles.open(save("m.npy", npy(type, data)))) {
            assertThat(file.doubles("m")).containsExactly(1.5, 2, 3, -4);
        }
        String objects =
                "{'descr': [('a', '<f8'), ('b', ('|O', {'vlen': dtype('f8')}))], 'fortran_order': False, 'shape': (2,), }";
        try (DataFile file = DataFiles.open(save("o.npy", npy(objects, new byte[32])))) {
            assertThat(file.arrays()).noneMatch(ArrayInfo::usable);
            assertThat(file.arrays().get(0).reason()).contains("Python objects").doesNotContain("damaged");
        }
    }

    @Test
    void checksAnnouncedRecordsAgainstTheBytes() throws IOException {
        try (DataFile file = DataFiles.open(save("r.npy", npy(records(100_000_000), new byte[15])))) {
            assertThat(file.arrays()).noneMatch(ArrayInfo::usable);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "<M8[D], 366, 1971-01-02",
        "<M8[s], 3600, 1970-01-01T01:00",
        "<M8[ns], 1000000001, 1970-01-01T00:00:01.000000001",
        "<M8[15m], 2, 1970-01-01T00:30",
        "<M8[ms], -9223372036854775808, ''",
    })
    void readsDatesAsTextThatCanBeTheTime(String type, long ticks, String text) throws IOException {
        byte[] bytes = join(ints((int) ticks), ints((int) (ticks >> 32)));
        Path path = save("t.npz", NpyBytes.zip("t.npy", npy(header(type, false, "(1,)"), bytes)));
        try (DataFile file = DataFiles.open(path)) {
            assertThat(file.texts("t")).containsExactly(text);
            assertThat(file.find("t").orElseThrow().distinct()).as("no label").isEmpty();
        }
    }

    private static byte[] scipy(String format, byte[] first, byte[] second) throws IOException {
        return NpyBytes.zip(
                new String[] {"indices.npy", "indptr.npy", "format.npy", "shape.npy", "data.npy"},
                first,
                second,
                npy(header("|S3", false, "()"), format.getBytes(StandardCharsets.US_ASCII)),
                npy(header("<i8", false, "(2,)"), join(ints(3), ints(0), ints(2), ints(0))),
                npy(header("<f8", false, "(2,)"), doubles(7, 8)));
    }

    @Test
    void readsScipysSparseArchives() throws IOException {
        byte[] columns = npy(header("<i4", false, "(2,)"), ints(1, 0));
        byte[] starts = npy(header("<i4", false, "(4,)"), ints(0, 1, 1, 2));
        Path csr = save("m.npz", scipy("csr", columns, starts));
        try (DataFile file = DataFiles.open(csr)) {
            assertThat(file.arrays()).extracting(ArrayInfo::name).containsExactly("m");
            assertThat(file.doubles("m")).containsExactly(0, 7, 0, 0, 8, 0);
        }
        byte[] backwards = npy(header("<i4", false, "(4,)"), ints(0, 2, 1, 2));
        try (DataFile file = DataFiles.open(save("w.npz", scipy("csr", columns, backwards)))) {
            assertThat(file.arrays().get(0).reason()).contains("run backwards");
        }
        byte[] outside = npy(header("<i4", false, "(2,)"), ints(1, 9));
        try (DataFile file = DataFiles.open(save("o.npz", scipy("csr", outside, starts)))) {
            assertThat(file.arrays().get(0).reason()).contains("a value outside its 3 × 2");
        }
        try (DataFile file = DataFiles.open(save("b.npz", scipy("bsr", columns, starts)))) {
            assertThat(file.arrays().get(0).reason()).contains("format bsr").contains("tocsr()");
        }
    }

    @ParameterizedTest
    @CsvSource({"12, bzip2", "14, LZMA", "93, Zstandard", "77, method 77"})
    void namesOtherMethodsOfCompression(int method, String name) throws IOException {
        byte[] zip = NpyBytes.zip("X.npy", X);
        int directory = new String(zip, StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
        zip[directory + 10] = (byte) method;
        Path path = save("z.npz", zip);
        assertThatThrownBy(() -> DataFiles.open(path))
                .hasMessageContaining("'X.npy' is compressed with " + name)
                .hasMessageNotContaining("cut off");
    }

    @Test
    void allocatesNothingForTextsWithoutLength() throws IOException {
        try (DataFile file = DataFiles.open(save("s.npy", npy(header("|S0", false, "(120000000,)"), new byte[0])))) {
            assertThat(file.arrays().get(0).reason()).contains("120,000,000").contains("no length");
        }
    }

    @Test
    void saysWhyLeftoverArraysAreNotUsed() throws IOException {
        byte[] hot = npy(header("|u1", false, "(3, 2)"), new byte[] {1, 0, 1, 0, 0, 1});
        byte[] single = npy(header("<f8", false, "()"), doubles(1));
        Path path = save("l.npz", NpyBytes.zip(new String[] {"X.npy", "y.npy", "label.npy"}, X, hot, single));
        try (DataFile file = DataFiles.open(path)) {
            assertThat(RoleGuess.of(file).sentences())
                    .anyMatch(s -> s.startsWith("'y' (3 × 2) is not used") && s.contains("argmax"))
                    .anyMatch(s -> s.startsWith("'label' (single value) is not used") && s.contains("one per row"));
        }
    }

    @Test
    void showsTheConversionOfObjectsWithItsStars() throws IOException {
        byte[] objects = npy(header("|O", false, "(3,)"), new byte[4]);
        Path path = save("o.npz", NpyBytes.zip(new String[] {"X.npy", "y.npy", "m.npy"}, X, Y, objects));
        try (DataFile file = DataFiles.open(path)) {
            assertThat(RoleGuess.of(file).sentences()).anyMatch(s -> s.endsWith("np.savez('converted.npz', **d)"));
        }
    }

    @Test
    void refusesAnArrayThatFewBytesMakeHuge() throws IOException {
        byte[] zeros = npy(header("|u1", false, "(60000000,)"), new byte[60_000_000]);
        Path path = save("b.npz", NpyBytes.zip("X.npy", zeros));
        try (DataFile file = DataFiles.open(path, new ReadBudget(1L << 30, 10, 1L << 30))) {
            assertThat(file.arrays().get(0).reason())
                    .contains("to 60.0 MB")
                    .contains("nearly all its values are the same");
        }
    }
}

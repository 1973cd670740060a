package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.oddlens.engine.data.Mat5Bytes.DOUBLE;
import static org.oddlens.engine.data.Mat5Bytes.INT32;
import static org.oddlens.engine.data.Mat5Bytes.INT64;
import static org.oddlens.engine.data.Mat5Bytes.MATRIX;
import static org.oddlens.engine.data.Mat5Bytes.UINT32;
import static org.oddlens.engine.data.Mat5Bytes.array;
import static org.oddlens.engine.data.Mat5Bytes.cell;
import static org.oddlens.engine.data.Mat5Bytes.deflated;
import static org.oddlens.engine.data.Mat5Bytes.doubles;
import static org.oddlens.engine.data.Mat5Bytes.element;
import static org.oddlens.engine.data.Mat5Bytes.ints;
import static org.oddlens.engine.data.Mat5Bytes.join;
import static org.oddlens.engine.data.Mat5Bytes.level4;
import static org.oddlens.engine.data.Mat5Bytes.matrix;
import static org.oddlens.engine.data.Mat5Bytes.numbers;
import static org.oddlens.engine.data.Mat5Bytes.object;
import static org.oddlens.engine.data.Mat5Bytes.sparse;
import static org.oddlens.engine.data.Mat5Bytes.struct;
import static org.oddlens.engine.data.Mat5Bytes.text;

import com.jmatio.io.MatFileWriter;
import com.jmatio.types.MLArray;
import com.jmatio.types.MLCell;
import com.jmatio.types.MLChar;
import com.jmatio.types.MLDouble;
import com.jmatio.types.MLInt16;
import com.jmatio.types.MLStructure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What MATLAB files hold beside plain matrices: each kind is read, or costs only itself. */
class MatKindsTest {

    private static final byte[] X = numbers("X", 3, 1, 2, 3, 4, 5, 6);

    @TempDir
    Path folder;

    private DataFile open(byte[]... variables) throws IOException {
        return DataFiles.open(Files.write(folder.resolve("t.mat"), Mat5Bytes.file(variables)));
    }

    private DataFile open4(byte[]... variables) throws IOException {
        return DataFiles.open(Files.write(folder.resolve("t.mat"), join(variables)));
    }

    private static String reason(DataFile file, String name) {
        return file.find(name).orElseThrow().reason();
    }

    @Test
    void readsTheNumbersBesideObjectsAndTheNamelessArrayOfTheirs() throws IOException {
        byte[] nameless = matrix("", 9, new int[] {1, 8}, 2, new byte[8]);
        try (DataFile file = open(X, object("T", "table"), object("s", "string"), nameless, deflated(nameless))) {
            assertThat(file.doubles("X")).containsExactly(1, 4, 2, 5, 3, 6);
            assertThat(file.arrays()).extracting(ArrayInfo::name).containsExactly("X", "T", "s");
            assertThat(reason(file, "T")).contains("class table").contains("T{:,vartype('numeric')}");
            assertThat(reason(file, "s")).contains("class string").contains("cellstr(s)");
        }
    }

    @Test
    void readsDimensionsWrittenAsUnsignedIntegers() throws IOException {
        byte[] unsigned = element(
                MATRIX,
                join(
                        element(UINT32, ints(6, 0)),
                        element(UINT32, ints(2, 1)),
                        element(1, "X".getBytes(StandardCharsets.US_ASCII)),
                        element(DOUBLE, doubles(7, 8))));
        try (DataFile file = open(unsigned)) {
            assertThat(file.find("X").orElseThrow().shape()).containsExactly(2, 1);
            assertThat(file.doubles("X")).containsExactly(7, 8);
        }
    }

    @Test
    void takesTheNumberOfSparseValuesFromTheLastColumnStart() throws IOException {
        byte[] roomy = sparse(
                "S",
                new int[] {3, 2},
                new int[] {0, 2, 0, 0},
                new int[] {0, 1, 2},
                element(DOUBLE, doubles(7, 8, 0, 0)));
        byte[] zero = sparse("Z", new int[] {3, 2}, new int[] {0}, new int[] {0, 0, 0}, element(DOUBLE, doubles(0)));
        byte[] bare = sparse("B", new int[] {3, 2}, new int[] {}, new int[] {0, 0, 0}, element(DOUBLE, new byte[0]));
        try (DataFile file = open(roomy, zero, bare)) {
            assertThat(file.doubles("S")).containsExactly(7, 0, 0, 0, 0, 8);
            assertThat(file.doubles("Z")).containsOnly(0).hasSize(6);
            assertThat(file.doubles("B")).containsOnly(0).hasSize(6);
        }
    }

    @Test
    void readsSparseLogicalsWhoseBytesAreTaggedAsDoublesAndSparseIntegers() throws IOException {
        byte[] logical = array(
                "L",
                Mat5Bytes.SPARSE | Mat5Bytes.LOGICAL,
                2,
                new int[] {3, 2},
                element(INT32, ints(1, 2)),
                element(INT32, ints(0, 1, 2)),
                element(DOUBLE, new byte[] {1, 1}));
        byte[] whole = sparse(
                "I", new int[] {3, 2}, new int[] {1}, new int[] {0, 0, 1}, element(INT64, join(ints(-5), ints(-1))));
        try (DataFile file = open(logical, whole)) {
            assertThat(file.doubles("L")).containsExactly(0, 0, 1, 0, 0, 1);
            assertThat(file.find("L").orElseThrow().type()).isEqualTo("sparse logical");
            assertThat(file.doubles("I")).containsExactly(0, 0, 0, -5, 0, 0);
        }
    }

    @Test
    void believesNoAnnouncedNumberOfSparseValues() throws IOException {
        byte[] huge = array(
                "S",
                Mat5Bytes.SPARSE,
                Integer.MAX_VALUE,
                new int[] {3, 1},
                element(INT32, ints(0)),
                element(INT32, ints(0, Integer.MAX_VALUE)),
                element(DOUBLE, doubles(1)));
        try (DataFile file = open(X, huge)) {
            assertThat(reason(file, "S")).contains("announces 2,147,483,647 values but holds 1");
            assertThat(file.doubles("X")).hasSize(6);
        }
    }

    @Test
    void believesNoAnnouncedNumberOfLetters() throws IOException {
        byte[] text =
                array("y", Mat5Bytes.CHAR, 0, new int[] {Integer.MAX_VALUE, 1}, element(16, new byte[] {'a', 'b'}));
        try (DataFile file = open(X, text)) {
            assertThat(reason(file, "y"))
                    .contains("announces 2,147,483,647 values")
                    .contains("holds 2");
        }
    }

    @Test
    void offersFieldsOfStructsAndCellsByName() throws IOException {
        byte[] data = struct("data", new String[] {"X", "y"}, numbers("", 2, 1, 2, 3, 4), numbers("", 2, 0, 1));
        byte[] outer = struct("s", new String[] {"in"}, struct("", new String[] {"v"}, numbers("", 1, 9)));
        byte[] cells = cell("c", numbers("", 2, 5, 6, 7, 8), numbers("", 2, 0, 1));
        try (DataFile file = open(data, deflated(outer), cells)) {
            assertThat(file.doubles("data.X")).containsExactly(1, 3, 2, 4);
            assertThat(file.doubles("s.in.v")).containsExactly(9);
            assertThat(file.doubles("c{1}")).containsExactly(5, 7, 6, 8);
            assertThat(file.texts("c{2}")).containsExactly("0", "1");
        }
    }

    @Test
    void remembersAFieldAsRole() throws IOException {
        Path path = Files.write(
                folder.resolve("f.mat"),
                Mat5Bytes.file(struct(
                        "d", new String[] {"X", "y"}, numbers("", 3, 1, 2, 3, 4, 5, 7), numbers("", 3, 0, 0, 1))));
        ImportedData first = DataImport.load(path);
        assertThat(first.spec().roles().features()).isEqualTo("d.X");
        assertThat(first.spec().roles().label()).isEqualTo("d.y");
        assertThat(DataImport.load(first.spec()).dataset().labels().orElseThrow())
                .containsExactly(false, false, true);
    }

    @Test
    void readsACellArrayOfTextsAsLabelsAndOneOfNumbersAsArray() throws IOException {
        byte[] words = cell("y", text("", "usual"), text("", "odd"), text("", "usual"));
        byte[] single = cell("n", numbers("", 1, 4), numbers("", 1, 5));
        try (DataFile file = open(X, deflated(words), single)) {
            assertThat(file.texts("y")).containsExactly("usual", "odd", "usual");
            assertThat(file.find("y").orElseThrow().distinct())
                    .containsExactly(new ValueCount("odd", 1), new ValueCount("usual", 2));
            assertThat(file.doubles("n")).containsExactly(4, 5);
        }
    }

    @Test
    void aDamagedVariableCostsNoneOfTheOthers() throws IOException {
        byte[] lie = matrix("lie", 6, new int[] {1000, 1000}, DOUBLE, doubles(1));
        byte[] broken = deflated(numbers("broken", 2, 1, 2));
        broken[broken.length - 5] ^= 0x55;
        byte[] complex = array("c", 6 | Mat5Bytes.COMPLEX, 0, new int[] {1, 1}, element(DOUBLE, doubles(1)));
        byte[] array = array("sa", Mat5Bytes.STRUCT, 0, new int[] {2, 1});
        try (DataFile file = open(lie, broken, complex, array, X)) {
            assertThat(file.doubles("X")).hasSize(6);
            assertThat(file.arrays()).filteredOn(a -> !a.usable()).hasSize(4);
            assertThat(reason(file, "lie")).contains("announces 1,000,000 values");
            assertThat(reason(file, "broken")).contains("'broken' is damaged");
            assertThat(reason(file, "c")).contains("complex");
            assertThat(reason(file, "sa")).contains("struct array").contains("struct2table(sa)");
        }
    }

    @Test
    void readsLevel4TextAndSparse() throws IOException {
        byte[] labels = level4("y", 1, 2, 'n', 'a', 'o', 'b');
        byte[] sparse = level4("S", 2, 3, 1, 3, 3, 1, 2, 2, 7, 8, 0);
        byte[] outside = level4("O", 2, 2, 4, 3, 1, 2, 7, 0);
        try (DataFile file = open4(level4("X", 0, 2, 1, 2), labels, sparse, outside)) {
            assertThat(file.texts("y")).containsExactly("no", "ab");
            assertThat(file.find("S").orElseThrow().shape()).containsExactly(3, 2);
            assertThat(file.doubles("S")).containsExactly(7, 0, 0, 0, 0, 8);
            assertThat(reason(file, "O")).contains("outside its size");
            assertThatThrownBy(() -> file.doubles("y")).hasMessageContaining("holds text");
        }
    }

    @Test
    void readsWhatAnotherProgramWrites() throws IOException {
        MLCell cells = new MLCell("y", new int[] {2, 1});
        cells.set(new MLChar(null, "odd"), 0);
        cells.set(new MLChar(null, "usual"), 1);
        MLStructure struct = new MLStructure("data", new int[] {1, 1});
        struct.setField("X", new MLDouble("X", new double[][] {{1, 2, 3}, {4, 5, 6}}));
        List<MLArray> arrays = List.of(
                new MLDouble("X", new double[][] {{1, -2}, {Math.PI, 4}}),
                new MLInt16("i", new short[] {-7, 8}, 2),
                cells,
                struct);
        Path path = folder.resolve("w.mat");
        new MatFileWriter().write(path.toFile(), arrays);
        try (DataFile file = DataFiles.open(path)) {
            assertThat(file.doubles("X")).containsExactly(1, -2, Math.PI, 4);
            assertThat(file.doubles("i")).containsExactly(-7, 8);
            assertThat(file.texts("y")).containsExactly("odd", "usual");
            assertThat(file.doubles("data.X")).containsExactly(1, 2, 3, 4, 5, 6);
        }
    }
}

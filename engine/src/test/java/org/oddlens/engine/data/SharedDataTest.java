package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.oddlens.engine.SharedFolder;

/** Every file of the shared data folder behaves as its README says. */
class SharedDataTest {

    /** First of all, because assertThatThrownBy would take the skip for the failure it waits for. */
    @BeforeEach
    void skipWithoutTheFolder() {
        SharedFolder.require();
    }

    private static Path formats(String file) {
        return SharedFolder.require("data/formats/" + file);
    }

    private static ImportedData load(String file) {
        return DataImport.load(formats(file));
    }

    /** Half a unit in the last place of a float below 8. */
    private static final double SINGLE = Math.ulp(4f) / 2;

    private static void assertMoons(Dataset moons, int anomalies, double tolerance) {
        Dataset reference = DataImport.load(SharedFolder.require("data/memae-seed/TwoMoons12D.mat"))
                .dataset();
        assertThat(moons.rowShape()).containsExactly(12);
        assertThat(moons.rows()).isEqualTo(2010);
        assertThat(moons.anomalies()).isEqualTo(anomalies);
        for (int i = 0; i < moons.values().length(); i++) {
            assertThat(moons.values().get(i)).isCloseTo(reference.values().get(i), within(tolerance));
        }
        if (anomalies == 10) {
            assertThat(moons.labels().orElseThrow())
                    .isEqualTo(reference.labels().orElseThrow());
        }
    }

    @TestFactory
    Stream<DynamicTest> importsEveryOrdinaryFile() throws IOException {
        Path data = SharedFolder.require("data");
        return Stream.of("memae-seed", "odds", "adbench", "kdd10", "images").flatMap(folder -> {
            try (Stream<Path> files = Files.list(data.resolve(folder))) {
                return files
                        .sorted()
                        .map(file -> DynamicTest.dynamicTest(folder + "/" + file.getFileName(), () -> {
                            ImportedData imported = DataImport.load(file);
                            Dataset dataset = imported.dataset();
                            assertThat(dataset.rows()).isGreaterThan(100);
                            assertThat(imported.spec().sha256()).hasSize(64);
                            if (!folder.equals("images")) {
                                assertThat(dataset.labels()).isPresent();
                                assertThat(dataset.anomalies()).isBetween(1, dataset.rows() - 1);
                            }
                        }))
                        .toList()
                        .stream();
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        });
    }

    @Test
    void takesTwoForTheAnomaliesOfTheMemAeSets() {
        assertThat(DataImport.load(SharedFolder.require("data/memae-seed/3G12D.mat"))
                        .dataset()
                        .anomalies())
                .isEqualTo(700);
        assertThat(DataImport.load(SharedFolder.require("data/memae-seed/ThreeBalls12D.mat"))
                        .dataset()
                        .anomalies())
                .isEqualTo(2000);
        ImportedData moons = DataImport.load(SharedFolder.require("data/memae-seed/TwoMoons12D.mat"));
        assertThat(moons.dataset().anomalies()).isEqualTo(10);
        assertThat(moons.report().sentences())
                .contains("Value 2 (10 rows, 0.5 %) means anomaly; values 0 and 1 mean normal.");
    }

    @Test
    void readsTheKddSetWithItsLabelInTheLastColumn() {
        Dataset kdd =
                DataImport.load(SharedFolder.require("data/kdd10/kdd10.npz")).dataset();
        assertThat(kdd.rows()).isEqualTo(494_021);
        assertThat(kdd.features()).isEqualTo(119);
        assertThat(kdd.anomalies()).isEqualTo(97_278);
    }

    @Test
    void readsTheRawKddTableAndSaysThatTextColumnsAreNotUsed() {
        ImportedData kdd = DataImport.load(SharedFolder.require("data/kdd10/kddcup.data_10_percent.gz"));
        assertThat(kdd.dataset().features()).isEqualTo(38);
        assertThat(kdd.dataset().anomalies()).isEqualTo(494_021 - 97_278);
        assertThat(kdd.report().sentences())
                .contains("3 text columns are not used as features: column 2, column 3 and column 4.");
    }

    @Test
    void keepsImagesWithTheirShapeAndTheirOwnSplit() {
        Dataset mnist =
                DataImport.load(SharedFolder.require("data/images/mnist.npz")).dataset();
        assertThat(mnist.rowShape()).containsExactly(28, 28);
        assertThat(mnist.rows()).isEqualTo(30_000);
        assertThat(mnist.labels()).isEmpty();
        assertThat(mnist.classes().orElseThrow()).contains("0", "9");
        ProtocolSpec protocol = ProtocolSpec.defaultFor(mnist);
        assertThat(protocol.id()).isEqualTo("one-class");
        assertThat(protocol.normalClasses()).containsExactly("0");
        Split split = Splitter.split(mnist, protocol, new java.util.Random(1));
        assertThat(split.test()).hasSize(10_000);
        assertThat(Arrays.stream(split.train()))
                .allMatch(row -> mnist.classes().orElseThrow()[row].equals("0"));
    }

    @Test
    void readsMatlab73AsTheSameThyroidSet() {
        Dataset hdf = load("thyroid_v73.mat").dataset();
        Dataset npz = DataImport.load(SharedFolder.require("data/adbench/38_thyroid.npz"))
                .dataset();
        assertThat(hdf.rows()).isEqualTo(3772);
        assertThat(hdf.features()).isEqualTo(6);
        assertThat(hdf.anomalies()).isEqualTo(93);
        assertThat(hdf.values()).isEqualTo(npz.values());
        assertThat(hdf.labels().orElseThrow()).isEqualTo(npz.labels().orElseThrow());
    }

    @Test
    void readsMatlab4() {
        assertMoons(load("two_moons_v4.mat").dataset(), 10, 0);
    }

    @Test
    void matchesRowLabelsByLengthAndListsTextAsUnusable() {
        assertMoons(load("two_moons_compressed_row_labels.mat").dataset(), 10, SINGLE);
        try (DataFile file = DataFiles.open(formats("two_moons_compressed_row_labels.mat"))) {
            assertThat(file.arrays())
                    .filteredOn(a -> !a.usable())
                    .extracting(ArrayInfo::name)
                    .containsExactly("note");
            assertThat(file.arrays()).extracting(ArrayInfo::name).anyMatch(name -> name.startsWith("s."));
        }
    }

    @Test
    void makesSparseRowsDense() {
        Dataset sparse = load("sparse_X.mat").dataset();
        assertThat(sparse.rows()).isEqualTo(2010);
        assertThat(sparse.features()).isEqualTo(12);
        Dataset full = DataImport.load(SharedFolder.require("data/memae-seed/TwoMoons12D.mat"))
                .dataset();
        for (int i = 0; i < sparse.values().length(); i++) {
            if (sparse.values().get(i) != 0) {
                assertThat(sparse.values().get(i)).isEqualTo(full.values().get(i));
            }
        }
        int nonZero = 0;
        for (double value : sparse.values().toDoubles()) {
            nonZero += value != 0 ? 1 : 0;
        }
        assertThat(nonZero).as("non-zero entries counted by SciPy").isEqualTo(18_695);
    }

    @Test
    void refusesSparseRowsThatDoNotFitTheBudget() {
        Path file = formats("sparse_X.mat");
        ReadBudget small = new ReadBudget(190_000, 100, 1 << 20);
        try (DataFile opened = DataFiles.open(file, small)) {
            assertThat(opened.arrays()).anyMatch(a -> a.reason().contains("190,000 bytes"));
        }
    }

    @Test
    void readsStoredFortranBigEndian() {
        assertMoons(load("stored_fortran_be.npz").dataset(), 10, 0);
    }

    @Test
    void offersTheLastColumnAsLabel() {
        try (DataFile file = DataFiles.open(formats("last_column_label.npz"))) {
            RoleGuess guess = RoleGuess.of(file);
            assertThat(guess.roles().labelColumn()).isTrue();
            assertThat(guess.certainty()).isEqualTo(RoleGuess.Certainty.LIKELY);
        }
        assertMoons(load("last_column_label.npz").dataset(), 10, 1e-6);
    }

    @Test
    void readsHalfPrecisionAndBooleans() {
        assertMoons(load("half_bool.npz").dataset(), 10, 5e-3);
    }

    @Test
    void refusesThePickledLabelAndUsesTheRows() {
        ImportedData imported = load("pickled_object.npz");
        assertThat(imported.dataset().rows()).isEqualTo(2010);
        assertThat(imported.dataset().labels()).isEmpty();
        assertThat(imported.report().sentences()).anyMatch(s -> s.contains("'label' holds Python objects"));
        DataSpec asked = imported.spec().withRoles(Roles.labelled("X", "label", List.of("1"), List.of()));
        assertThatThrownBy(() -> DataImport.load(asked)).hasMessageContaining("never loaded");
    }

    @Test
    void refusesRowsThatDoNotMatchWithBothCounts() {
        assertThatThrownBy(() -> load("rows_mismatch.npz"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("2,009")
                .hasMessageContaining("2,010");
    }

    @Test
    void reportsMissingAndInfiniteValuesThenDropsOrImputes() {
        assertThatThrownBy(() -> load("nan_inf.npz"))
                .hasMessageContaining("1 missing value")
                .hasMessageContaining("row 5, column 'x4'")
                .hasMessageContaining("1 infinite value")
                .hasMessageContaining("row 7, column 'x2'");
        DataSpec spec = DataSpec.of(formats("nan_inf.npz").toString());
        ImportedData dropped = DataImport.load(spec.withMissing(MissingPolicy.DROP));
        assertThat(dropped.dataset().rows()).isEqualTo(2008);
        assertThat(dropped.dataset().rowNumber(5)).isEqualTo(6);
        assertThat(dropped.report().droppedRows()).isEqualTo(2);
        ImportedData imputed = DataImport.load(spec.withMissing(MissingPolicy.IMPUTE));
        assertThat(imputed.dataset().rows()).isEqualTo(2010);
        assertThat(imputed.dataset().row(5)[3]).isNaN();
    }

    @Test
    void keepsWindowsThreeDimensional() {
        Dataset windows = load("windows_3d.npy").dataset();
        assertThat(windows.rows()).isEqualTo(64);
        assertThat(windows.rowShape()).containsExactly(125, 45);
        assertThat(windows.labels()).isEmpty();
    }

    @Test
    void readsBothTextTables() {
        assertMoons(load("two_moons.csv").dataset(), 10, 1e-6);
        Dataset semicolon = load("two_moons_semicolon_comma_decimal.csv").dataset();
        assertThat(semicolon.rows()).isEqualTo(300);
        assertThat(semicolon.features())
                .as("its last column is constant, so it is no label")
                .isEqualTo(13);
        assertThat(semicolon.labels()).isEmpty();
        assertThat(semicolon.row(0)[0]).isEqualTo(1.843679);
    }

    @Test
    void saysWhatIsWrongWithDamagedFiles() {
        assertThatThrownBy(() -> load("truncated.npz"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> load("truncated.mat"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> load("not_a_mat.mat"))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining("not a MATLAB file");
    }
}

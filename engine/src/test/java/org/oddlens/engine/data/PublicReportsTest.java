package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.SharedFolder;

/** Files made after public reports, and small hostile ones; skipped while the shared folder is missing. */
class PublicReportsTest {

    private static Path report(String name) {
        return SharedFolder.require("data/reports/" + name);
    }

    private static Path hostile(String name) {
        return SharedFolder.require("data/hostile/" + name);
    }

    private static Dataset impute(Path file) {
        return DataImport.load(DataSpec.of(file.toString()).withMissing(MissingPolicy.IMPUTE))
                .dataset();
    }

    @ParameterizedTest
    @CsvSource({
        "mx_string_side.mat, 60, 4, 6",
        "mx_string_side_comp.mat, 60, 4, 6",
        "mx_sub_only.mat, 60, 4, 6",
        "numbers_beside_objects.mat, 40, 5, 4",
        "o_sp0.mat, 60, 4, 6",
        "m_sparse_empty.mat, 60, 4, 6",
        "mx_sp0_ir1.mat, 60, 4, 6",
        "mx_sp_nzmax.mat, 60, 4, 6",
        "mx_splog_offspec.mat, 60, 4, 6",
        "m_sparse_int.mat, 60, 4, 6",
        "m_sideint.mat, 60, 4, 6",
        "hs_null.mat, 60, 4, 6",
        "hs_soft.mat, 60, 4, 6",
        "h_scalar.mat, 60, 4, 6",
        "hs_enum.mat, 60, 4, 6",
        "hs_strs.mat, 60, 4, 6",
        "m_cell_y.mat, 60, 4, 6",
        "m_struct.mat, 60, 4, 6",
        "m_v4_char.mat, 60, 4, 6",
        "unsigned_dimensions.mat, 40, 5, 4",
        "numbers_in_a_struct.mat, 40, 5, 4",
        "numbers_in_a_cell.mat, 40, 5, 4",
        "cell_of_text_labels.mat, 40, 5, 4",
        "sparse_v4.mat, 40, 5, 4",
        "np_struct.npy, 60, 3, 6",
        "np_datetime.npz, 60, 4, 6",
        "np_obj_dict.npz, 60, 4, 6",
        "c_thousand_semi_eu.csv, 60, 4, 6",
        "c_thousand_semi_us.csv, 60, 4, 6",
        "c_comma_dec_quoted.csv, 60, 4, 6",
        "c_unicode_minus.csv, 60, 4, 6",
        "c_fortran_d.csv, 60, 4, 6",
        "c_hex.csv, 60, 4, 6",
        "c_thousand_space.csv, 60, 4, 6",
        "c_numhdr.csv, 60, 4, 6",
        "c_index.csv, 60, 4, 6",
        "cn_hash.csv, 60, 4, 6",
        "cn_err.csv, 60, 4, 6",
        "c_sep_line.csv, 60, 4, 6",
        "c_preamble.csv, 60, 4, 6",
        "c_hdr_repeat.csv, 60, 4, 6",
        "c_cp1252.csv, 60, 4, 6",
        "c_sci.csv, 60, 4, 6",
        "c_time_unix.csv, 60, 5, 6",
    })
    void readsRowsFeaturesAndAnomalies(String name, int rows, int features, int anomalies) {
        Dataset dataset = impute(report(name));
        assertThat(new int[] {dataset.rows(), dataset.features(), dataset.anomalies()})
                .containsExactly(rows, features, anomalies);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c_comma_dec_quoted.csv",
                "c_fortran_d.csv",
                "c_unicode_minus.csv",
                "c_hdr_repeat.csv",
                "c_preamble.csv"
            })
    void readsTheSameNumbersAsTheirPlainSibling(String name) {
        Dataset plain = impute(report("c_sep_line.csv"));
        Dataset other = impute(report(name));
        assertThat(IntStream.range(0, plain.values().length()).mapToDouble(plain.values()::get))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 2e-3 ? 0 : Double.compare(a, b))
                .containsExactlyElementsOf(IntStream.range(0, other.values().length())
                        .mapToObj(other.values()::get)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"c_libsvm.csv, LIBSVM", "np_zip_bz2.npz, bzip2", "mx_table_only.mat, class table"})
    void refusesByName(String name, String words) {
        assertThatThrownBy(() -> impute(report(name))).hasMessageContaining(words);
    }

    @ParameterizedTest
    @CsvSource({
        "04-S0-120M.npy, no length",
        "05-bomb-400MB.npz, unpacks",
        "05b-bomb-60MB.mat, nearly all its values are the same",
        "07c-unwritten-chunks.h5, never written",
        "08-external-link.h5, another file (other.h5)",
    })
    void refusesHostileFilesInASentence(String name, String words) {
        assertThatThrownBy(() -> impute(hostile(name)))
                .isInstanceOf(DataFormatException.class)
                .hasMessageContaining(words);
    }

    @Test
    void readsWhatIsSoundInHostileFiles() {
        assertThat(impute(hostile("03-sparse-nzmax.mat")).rows()).isEqualTo(3);
        assertThat(impute(hostile("06-17000-columns.csv")).features()).isEqualTo(17_000);
        assertThat(impute(hostile("07-null-dataspace.h5")).rows()).isEqualTo(4);
        assertThat(impute(hostile("09-class-attribute.h5")).rows()).isEqualTo(4);
        assertThat(impute(hostile("12-char-fuzzed.mat")).rows()).isEqualTo(24);
        assertThat(impute(hostile("12b-char-2147483647.mat")).rows()).isEqualTo(4);
    }
}

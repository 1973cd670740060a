package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.detector.DetectorRegistry;

class OriginalFlagsTest {

    private final OriginalFlags flags = new OriginalFlags(DetectorRegistry.installed());

    private OriginalFlags.Translated of(String line) {
        return flags.translate(List.of(line.split(" ")));
    }

    /** The example of the 13-model program's README. */
    @Test
    void understandsAWholeLine() {
        OriginalFlags.Translated line = of(
                "-m AE -d thyroid.npz --dataset Thyroid --batch-size 1024 -e 200 --n-runs 20 --lr 1e-4 --weight_decay 0"
                        + " --pct 0.5 --rho 0.1 --hold_out 0.2 --val_ratio 0.1 --ae-latent-dim 2 -o results");

        assertThat(String.join(" ", line.words()))
                .isEqualTo("--detector autoencoder --data thyroid.npz --preset nrcan/thyroid --batch-size 1024 -e 200"
                        + " --n-runs 20 --lr 1e-4 --weight-decay 0 --keep 0.5 --rho 0.1 --hold-out 0.2"
                        + " --validation-share 0.1 --ae-latent-dim 2 --results-path results --protocol normal-split");
        assertThat(line.notes())
                .containsExactly(
                        "--dataset Thyroid selects the preset nrcan/thyroid; flags you give" + " override it.");
    }

    @ParameterizedTest
    @CsvSource({
        "AE, autoencoder",
        "MemAE, memae",
        "LOF, lof",
        "OC-SVM, oc-svm",
        "OCSVM, oc-svm",
        "RecForest, rec-forest",
        "nobody, nobody"
    })
    void knowsTheModelsByTheirNames(String model, String id) {
        assertThat(of("--model=" + model).words()).startsWith("--detector", id);
    }

    @Test
    void leavesOutWhatADetectorHasNotAndSaysSo() {
        OriginalFlags.Translated line = of("-m LOF -d x.npz --batch-size 128 -e 200 --lr 1e-4 --lof-n-neighbors 5");

        assertThat(line.words())
                .containsExactly(
                        "--detector", "lof", "--data", "x.npz", "--lof-n-neighbors", "5", "--protocol", "normal-split");
        assertThat(line.notes())
                .containsExactly(
                        "--batch-size 128 is left out: LOF has no batch-size.",
                        "-e 200 is left out: LOF has no epochs.",
                        "--lr 1e-4 is left out: LOF has no learning-rate.");
    }

    @Test
    void namesAFlagAsItWasTyped() {
        assertThat(of("-m LOF -d x.npz --val_ratio 0.1 --drop_lastbatch").notes())
                .containsExactly(
                        "--val_ratio 0.1 is left out: LOF has no validation-share.",
                        "--drop_lastbatch is left out: LOF has no drop-last.");
    }

    @Test
    void leavesFlagsOfOtherModelsOut() {
        OriginalFlags.Translated line = of("-m AE -d x.npz --memae-mem-dim 50 --no-drop-lastbatch");

        assertThat(line.words()).contains("--drop-last", "false").doesNotContain("--memae-mem-dim", "50");
        assertThat(line.notes())
                .containsExactly("--memae-mem-dim 50 is left out: it is a flag of MemAE, and Autoencoder trains.");
    }

    @ParameterizedTest
    @CsvSource({
        "-m ALAD -d x.npz --alad-latent-dim -1, --alad-latent-dim, half, half the features",
        "-m ALAD -d x.npz --latent-dim=-1, --latent-dim, half, half the features",
        "--detector alad --data x.npz --alad-latent-dim -1, --alad-latent-dim, half, half the features",
        "-m NeuTraLAD -d x.npz --neutralad-trans-fc-out -1, --neutralad-trans-fc-out, auto, one for each feature"
    })
    void translatesNumbersThatStandForARule(String line, String flag, String value, String meaning) {
        OriginalFlags.Translated translated = of(line);

        assertThat(translated.words()).containsSequence(flag, value).doesNotContain("-1");
        assertThat(translated.notes()).containsExactly(flag + " -1 is read as '" + value + "': " + meaning + ".");
    }

    /** Only in a program's spelling, and only where the program has a rule. */
    @ParameterizedTest
    @ValueSource(strings = {"-m ALAD -d x.npz --latent-size -1", "-m AE -d x.npz --latent-dim -1"})
    void leavesOtherNumbersAlone(String line) {
        assertThat(of(line).words()).contains("-1");
        assertThat(of(line).notes()).isEmpty();
    }

    @Test
    void aPresetGivenByNameGoesBeforeTheDataSet() {
        OriginalFlags.Translated line = of("-m AE -d x.npz --dataset KDD10 --preset robeval/kdd10");

        assertThat(line.words()).containsOnlyOnce("--preset").contains("robeval/kdd10");
        assertThat(line.notes()).hasSize(1);
    }

    @Test
    void saysWhichPresetStandsInWhereADataSetHasNone() {
        assertThat(of("-m OC-SVM -d x.npz --dataset USBIDS").notes().get(0)).contains("selects the preset nrcan;");
    }

    @Test
    void refusesADataSetNobodyKnows() {
        assertThatThrownBy(() -> of("-m AE -d x.npz --dataset Thyroyd"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("Thyroyd")
                .hasMessageContaining("Thyroid");
    }

    @Test
    void leavesOurOwnLinesAlone() {
        OriginalFlags.Translated line = of("--detector memae --data a.npz --rho 0.1 --memae-mem-dim 5 --nonsense 3 -5");

        assertThat(String.join(" ", line.words()))
                .isEqualTo("--detector memae --data a.npz --rho 0.1 --memae-mem-dim 5 --nonsense 3 -5");
        assertThat(line.notes()).isEmpty();
    }
}

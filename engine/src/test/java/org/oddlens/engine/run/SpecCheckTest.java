package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;

class SpecCheckTest {

    private static RunSpec spec(DataSpec data, String detector, int threads, List<HyperparameterChange> changes) {
        return new RunSpec(
                data,
                ProtocolSpec.of("alternate"),
                "min-max",
                detector,
                "default",
                Map.of(),
                "percentile:95",
                42,
                "cpu",
                "compiled",
                threads,
                changes,
                null);
    }

    private static RunSpec spec(String detector, int threads) {
        return spec(DataSpec.of("data.npz"), detector, threads, List.of());
    }

    private static void require(RunSpec spec) {
        new SpecCheck("/runs/a/run.json").require(spec);
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(RunSpec spec) {
        return assertThatThrownBy(() -> require(spec))
                .isInstanceOf(RunFolderException.class)
                .hasMessageStartingWith("/runs/a/run.json cannot be used: it ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 256})
    void takesASpecificationThatIsOne(int threads) {
        assertThatCode(() -> require(spec("deep-svdd2", threads))).doesNotThrowAnyException();
    }

    @Test
    void saysWhichPartIsMissing() {
        assertRefused(null).hasMessageContaining("it has no 'spec'");
        assertRefused(spec(null, "memae", 1, List.of())).hasMessageContaining("it names no data");
        assertRefused(spec(DataSpec.of(null), "memae", 1, List.of())).hasMessageContaining("it names no data");
        assertRefused(spec(null, 1)).hasMessageContaining("it names no detector");
        assertRefused(spec(DataSpec.of("a"), "memae", 1, List.of(new HyperparameterChange(1, null, 2))))
                .hasMessageContaining("a change of no hyperparameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc", "MemAE", "", "mem ae", "-memae", "memae-", "mem--ae"})
    void refusesADetectorThatCannotBeCalledSo(String id) {
        assertRefused(spec(id, 1))
                .hasMessageContaining("names the detector '" + id + "', and no detector is called so");
    }

    @Test
    void showsNoMoreThanTheBeginningOfALongName() {
        String forty = "a".repeat(40);
        assertThatCode(() -> require(spec(forty, 1))).doesNotThrowAnyException();
        assertRefused(spec(forty + "b", 1)).hasMessageContaining("'" + forty + "…'");
        assertRefused(spec("A".repeat(40), 1)).hasMessageContaining("'" + "A".repeat(40) + "'");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 257, Integer.MAX_VALUE})
    void refusesANumberOfThreadsThatCannotBe(int threads) {
        assertRefused(spec("memae", threads))
                .hasMessageContaining("asks for " + threads + " threads")
                .hasMessageContaining("256");
    }

    @Test
    void takesChangesOfHyperparameters() {
        RunSpec changing =
                spec(DataSpec.of("a"), "memae", 1, List.of(new HyperparameterChange(3, "learning-rate", 0.1)));
        assertThatCode(() -> require(changing)).doesNotThrowAnyException();
    }
}

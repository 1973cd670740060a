package org.oddlens.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.oddlens.engine.compute.CompiledExecutor;

/** The reference is PyTorch 1.13 on the same numbers; 1e-4 relative is what two programs in single precision can hold. */
class StepBenchmarkTest {

    @ParameterizedTest
    @CsvSource({
        "ae-6, 0.262723",
        "ae-118, 0.08536373",
        "ae-784, 0.0843641",
        "memae-274, 0.09503149",
        "vae-784, 65.93356",
        "conv-784, 0.08501867"
    })
    void doesTheSameWorkAsPyTorch(String name, double expected) {
        Workload workload = Workload.all().stream()
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow();

        double loss = new StepBenchmark(workload, "compiled", CompiledExecutor::new, 1).lossAfter50();

        assertThat(loss).isCloseTo(expected, within(1e-4 * expected));
    }
}

package org.oddlens.engine.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class BlasCoreTest {

    @Test
    void choosesByInstructionSets() {
        Set<String> wide = Set.of("sse4_2", "avx", "avx2", "fma", "avx512f", "avx512dq", "avx512bw", "avx512vl");
        assertThat(BlasCore.core(wide)).isEqualTo("SkylakeX");
        assertThat(BlasCore.core(Set.of("avx", "avx2", "fma", "avx512f"))).isEqualTo("Haswell");
        assertThat(BlasCore.core(Set.of("avx", "sse4_2"))).isEmpty();
    }
}

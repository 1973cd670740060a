package org.oddlens.engine.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.compute.NativeThreads;

/** On whatever kernels OpenBLAS has here; with {@code OPENBLAS_CORETYPE=Haswell} on those that need the limit. */
class AlikeRowsTest {

    @BeforeAll
    static void oneThread() {
        NativeThreads.limit(1);
    }

    @Test
    void findsALimitThatHolds() {
        int atOnce = AlikeRows.atOnce();

        assertThat(AlikeRows.alike(atOnce == AlikeRows.ALL ? 256 : atOnce)).isTrue();
        assertThat(atOnce == AlikeRows.ALL || !AlikeRows.alike(256) || !AlikeRows.alike(96))
                .as("a limit of %d only where one is needed", atOnce)
                .isTrue();
    }

    @Test
    void oneRowIsLikeItself() {
        assertThat(AlikeRows.alike(1)).isTrue();
    }
}

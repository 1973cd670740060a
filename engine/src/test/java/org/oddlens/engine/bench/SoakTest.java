package org.oddlens.engine.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.oddlens.engine.compute.CompiledExecutor;

/** Planted memory: a look is a number from 1 to 10, and the limit is 16 MiB beyond the size at look 2. */
class SoakTest {

    private static final long MIB = 1 << 20;

    @Test
    void isSteadyUpToTheLimit() {
        Soak.Result result = soak(look -> 50 * MIB + (look > 2 ? 16 * MIB : 0), look -> 200 * MIB);

        assertThat(result.heap_growth()).isEqualTo(16 * MIB);
        assertThat(result.resident_growth()).isZero();
        assertThat(result.steady()).isTrue();
    }

    @Test
    void seesAHeapThatGrows() {
        assertThat(soak(look -> look * 3 * MIB, look -> 200 * MIB))
                .satisfies(result -> assertThat(result.heap_growth()).isEqualTo(24 * MIB))
                .satisfies(result -> assertThat(result.steady()).isFalse());
    }

    @Test
    void seesAResidentSizeThatGrewForAWhile() {
        assertThat(soak(look -> MIB, look -> look == 6 ? 217 * MIB : 200 * MIB))
                .satisfies(result -> assertThat(result.resident_growth()).isEqualTo(17 * MIB))
                .satisfies(result -> assertThat(result.steady()).isFalse());
    }

    @Test
    void leavesTheWarmUpOut() {
        assertThat(soak(look -> look == 1 ? MIB : 90 * MIB, look -> look == 1 ? MIB : 300 * MIB)
                        .steady())
                .isTrue();
    }

    @Test
    void judgesTheHeapAloneWhereTheSystemTellsNoResidentSize() {
        assertThat(soak(look -> MIB, look -> Soak.UNKNOWN).steady()).isTrue();
        assertThat(soak(look -> look * 3 * MIB, look -> Soak.UNKNOWN).steady()).isFalse();
    }

    @Test
    void looksTenTimesAndTakesEveryStep() {
        List<Long> told = new ArrayList<>();

        Soak.Result result = new Soak(ae6(), "compiled", CompiledExecutor::new, 1, planted(l -> 1, l -> 1))
                .run(25, sample -> told.add(sample.step()));

        assertThat(told).containsExactly(2L, 5L, 7L, 10L, 12L, 15L, 17L, 20L, 22L, 25L);
        assertThat(result.samples()).extracting(Soak.Sample::step).isEqualTo(told);
    }

    @Test
    void refusesFewerStepsThanLooks() {
        assertThatThrownBy(() -> new Soak(ae6(), "compiled", CompiledExecutor::new, 1).run(9, sample -> {}))
                .hasMessage("a soak takes at least 10 steps, not 9");
    }

    @Test
    void readsTheResidentSizeOfLinux() {
        assertThat(ProcessMemory.residentBytes(
                        List.of("VmHWM:\t  300000 kB", "VmRSS:\t  184320 kB", "RssAnon:\t 7 kB")))
                .isEqualTo(180 * MIB);
        assertThat(ProcessMemory.residentBytes(List.of("Name:\tjava"))).isEqualTo(Soak.UNKNOWN);
    }

    /** No growth of the resident size is asked for: other tests of this process give memory back at any time. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void seesMemoryThatIsReallyTaken() {
        ProcessMemory memory = new ProcessMemory();
        long heap = memory.heapBytes();

        byte[] held = new byte[(int) (256 * MIB)]; // much more than what other tests leave to be collected meanwhile

        assertThat(memory.heapBytes() - heap).isGreaterThan(192 * MIB);
        assertThat(memory.residentBytes()).isGreaterThan(256 * MIB);
        assertThat(held).hasSize((int) (256 * MIB));
    }

    private static Soak.Result soak(LongUnaryOperator heap, LongUnaryOperator resident) {
        return new Soak(ae6(), "compiled", CompiledExecutor::new, 1, planted(heap, resident)).run(10, sample -> {});
    }

    private static Soak.Memory planted(LongUnaryOperator heap, LongUnaryOperator resident) {
        return new Soak.Memory() {
            private long look;

            @Override
            public long heapBytes() {
                return heap.applyAsLong(++look);
            }

            @Override
            public long residentBytes() {
                return resident.applyAsLong(look);
            }
        };
    }

    private static Workload ae6() {
        return Workload.all().get(0);
    }
}

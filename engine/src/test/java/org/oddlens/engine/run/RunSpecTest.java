package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;

/** A specification with one part replaced has every other part as it was. */
class RunSpecTest {

    private static final DataSpec DATA = new DataSpec("data.npz", "ab", null, null, "test.npz", "cd", null, null, null);
    private static final ProtocolSpec PROTOCOL = ProtocolSpec.of("alternate");
    private static final List<HyperparameterChange> CHANGES =
            List.of(new HyperparameterChange(2, "learning-rate", 0.1));
    private static final RunSpec SPEC = spec(DATA, PROTOCOL, 42, "cpu", "compiled", 3, CHANGES, "raw");

    private static RunSpec spec(
            DataSpec data,
            ProtocolSpec protocol,
            long seed,
            String device,
            String executor,
            int threads,
            List<HyperparameterChange> changes,
            String constantFeatures) {
        return new RunSpec(
                data,
                protocol,
                "min-max",
                "memae",
                "default",
                Map.of("epochs", 3),
                "percentile:95",
                seed,
                device,
                executor,
                threads,
                changes,
                constantFeatures);
    }

    @Test
    void replacesOnePartAtATime() {
        ProtocolSpec half = ProtocolSpec.of("half-split");
        DataSpec other = DataSpec.of("other.csv");
        assertThat(SPEC.by("replay")).isEqualTo(spec(DATA, PROTOCOL, 42, "cpu", "replay", 3, CHANGES, "raw"));
        assertThat(SPEC.on("cuda")).isEqualTo(spec(DATA, PROTOCOL, 42, "cuda", "compiled", 3, CHANGES, "raw"));
        assertThat(SPEC.withChanges(List.of()))
                .isEqualTo(spec(DATA, PROTOCOL, 42, "cpu", "compiled", 3, List.of(), "raw"));
        assertThat(SPEC.seeded(7, half)).isEqualTo(spec(DATA, half, 7, "cpu", "compiled", 3, CHANGES, "raw"));
        assertThat(SPEC.withData(other)).isEqualTo(spec(other, PROTOCOL, 42, "cpu", "compiled", 3, CHANGES, "raw"));
        assertThat(SPEC.withThreads(8)).isEqualTo(spec(DATA, PROTOCOL, 42, "cpu", "compiled", 8, CHANGES, "raw"));
        assertThat(SPEC.withConstantFeatures("bounded"))
                .isEqualTo(spec(DATA, PROTOCOL, 42, "cpu", "compiled", 3, CHANGES, "bounded"));
    }

    @Test
    void movesEachOfItsFilesByItselfAndKeepsTheirDigests() {
        assertThat(SPEC.movedTo(Path.of("/a.npz"), null).data())
                .isEqualTo(new DataSpec("/a.npz", "ab", null, null, "test.npz", "cd", null, null, null));
        assertThat(SPEC.movedTo(null, Path.of("/b.npz")).data())
                .isEqualTo(new DataSpec("data.npz", "ab", null, null, "/b.npz", "cd", null, null, null));
    }

    @Test
    void hasNoChangesWhereNoneAreGiven() {
        assertThat(RunFolderTest.spec().changes()).isEmpty();
        assertThat(SPEC.withChanges(null).changes()).isEmpty();
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpzWriter;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;

/** Which checkpoints a run keeps, and what it does where they are damaged or gone. */
class CheckpointTest extends CutRuns {

    @Test
    void keepsTheLastTwoCheckpoints() throws IOException {
        RunFolder run = cut(TestRuns.spec(data, "normal-split", STATEFUL), 10, CutRuns::fail);

        assertThat(checkpoints(run)).containsExactly("checkpoint-000000000006.npz", "checkpoint-000000000007.npz");
        assertThat(Files.list(run.path())).noneMatch(file -> file.toString().endsWith(".part"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cut", "flipped", "emptied", "swapped", "altered"})
    void usesTheCheckpointBeforeOneThatIsTornOrDamaged(String how) throws IOException {
        RunSpec spec = TestRuns.spec(data, "normal-split", STATEFUL);
        RunFolder whole = execute(spec);
        RunFolder run = cut(spec, 10, CutRuns::fail);
        Path newest = run.file("checkpoint-000000000007.npz");
        byte[] bytes = Files.readAllBytes(newest);
        switch (how) {
            case "cut" -> Files.write(newest, Arrays.copyOf(bytes, bytes.length * 2 / 3));
            case "emptied" -> Files.write(newest, new byte[0]);
            case "altered" -> alter(newest);
            case "swapped" -> Files.writeString(newest, "no archive at all");
            default -> {
                bytes[bytes.length / 2] ^= 1;
                Files.write(newest, bytes);
            }
        }
        RunExecution.Resumed resumed = resume(run);

        assertThat(of(RunEvent.Resumed.class).get(0).fromStep()).isZero(); // 6 steps of 3 an epoch instead of 7
        assertThat(of(RunEvent.Warning.class))
                .anySatisfy(warning -> assertThat(warning.text()).contains("000000000007.npz"));
        assertThat(resumed.fromEpoch()).isEqualTo(3);
        assertSame(whole, run);
    }

    /** A sound archive with another number in it: only the checksum over all arrays tells. */
    private static void alter(Path file) throws IOException {
        Map<String, NpyArray> arrays = NpyReader.readAll(file);
        try (NpzWriter out = new NpzWriter(file)) {
            for (Map.Entry<String, NpyArray> array : arrays.entrySet()) {
                int[] shape = array.getValue().shape();
                if (array.getValue().data() instanceof float[] floats) {
                    floats[0] += 1;
                    out.add(array.getKey(), floats, shape);
                } else if (array.getValue().data() instanceof double[] doubles) {
                    out.add(array.getKey(), doubles, shape);
                } else {
                    out.add(array.getKey(), array.getValue().ints(), shape);
                }
            }
        }
    }

    @Test
    void startsAgainWithoutACheckpoint() throws IOException {
        RunSpec spec = TestRuns.spec(data, "normal-split", STATEFUL);
        RunFolder whole = execute(spec);
        RunFolder run = cut(spec, 6, CutRuns::fail);
        for (String name : checkpoints(run)) {
            Files.delete(run.file(name));
        }
        RunExecution.Resumed resumed = resume(run);

        assertThat(resumed.fromEpoch()).isZero();
        assertSame(whole, run);
        assertThat(epochs(run)).isEqualTo(epochs(whole));
    }
}

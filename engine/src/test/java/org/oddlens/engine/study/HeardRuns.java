package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;

/** Whole runs on a small file, in this process: each in a folder of its own, with the events of the last one. */
abstract class HeardRuns {

    @TempDir
    Path temp;

    final RunExecution execution = TestRuns.execution();
    final List<RunEvent> heard = new ArrayList<>();
    Path data;
    private int runs;

    @BeforeEach
    void writeData() throws IOException {
        data = TestRuns.data(temp);
    }

    RunFolder execute(RunSpec spec) throws IOException {
        return execute(spec, new RunControl(), event -> {});
    }

    RunFolder execute(RunSpec spec, RunControl control, Consumer<RunEvent> listener) throws IOException {
        heard.clear();
        Path folder = folder();
        execution.execute(spec, folder, control, event -> {
            heard.add(event);
            listener.accept(event);
        });
        return new RunFolder(folder);
    }

    Path folder() {
        return temp.resolve("run-" + ++runs);
    }

    <T extends RunEvent> List<T> of(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    List<String> warnings(String code) {
        return of(RunEvent.Warning.class).stream()
                .filter(warning -> warning.code().equals(code))
                .map(RunEvent.Warning::text)
                .toList();
    }

    static double[] scores(RunFolder run) {
        return NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles();
    }

    static void assertSameWeights(RunFolder one, RunFolder other) {
        var expected = NpyReader.readAll(one.file(RunFolder.MODEL));
        var actual = NpyReader.readAll(other.file(RunFolder.MODEL));
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, weights) ->
                assertThat(actual.get(name).floats()).as(name).containsExactly(weights.floats()));
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;

/** Runs that are repeated from their record. */
class RerunTest extends CutRuns {

    @Test
    void repeatsARunToTheSameBits() throws IOException {
        RunFolder run = execute(TestRuns.of("memae", TestRuns.spec(data, "normal-split", Map.of())));
        Rerun.Result result = new Rerun(execution).repeat(run, folder(), new RunControl(), event -> {});

        assertThat(result.identical()).isTrue();
        assertThat(result.differing()).isZero();
        assertThat(result.sameMachine()).isTrue();
        assertThat(result.rows())
                .isEqualTo(NpyReader.read(run.file(RunFolder.FINAL_SCORES)).size());
    }

    /** Stopped in the middle of epoch 21: a repeat stops there too, and the last snapshot shows epoch 20, not the middle. */
    @Test
    void repeatsAStoppedRunToWhereItWasStopped() throws IOException {
        Map<String, Object> values = Map.of("epochs", 99, "batch-size", 16);
        RunControl control = new RunControl();
        control.stopAfter(20 * STEPS_PER_EPOCH + 2);
        Path folder = folder();
        TestRuns.execution().execute(TestRuns.spec(data, "normal-split", values), folder, control, event -> {});
        RunFolder run = new RunFolder(folder);
        Rerun.Result repeat = new Rerun(TestRuns.execution()).repeat(run, folder(), new RunControl(), event -> {});
        RunFolder whole = execute(TestRuns.spec(data, "normal-split", Map.of("epochs", 20, "batch-size", 16)));

        assertThat(repeat.identical()).isTrue();
        assertThat(repeat.end()).isEqualTo("stopped");
        assertThat(run.readEnd().orElseThrow().epoch()).isEqualTo(20);
        assertThat(NpyReader.read(run.scoresFile(20)).doubles())
                .containsExactly(NpyReader.read(whole.scoresFile(20)).doubles());
        assertThat(scores(run)).isNotEqualTo(scores(whole));
    }

    /** A run that goes on has no end yet, and scores of an earlier stop are not its scores. */
    @Test
    void refusesToRepeatARunThatHasNotEnded() throws IOException {
        RunFolder run =
                cut(TestRuns.spec(data, "normal-split", STATEFUL), 6, control -> control.stop(RunControl.Stop.KEEP));
        run.append(new RunEvent.Resumed("2026-01-30T14:22:35Z", 2, 1));

        assertThatThrownBy(() -> new Rerun(everyBatch).repeat(run, folder(), new RunControl(), event -> {}))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("has not ended");
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;

/** Checksums of what a run leaves, against the JDK's. */
class FinalFilesTest extends HeardRuns {

    @Test
    void recordsTheSha256OfEveryFileThatIsUsedLater() throws Exception {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of()));
        Map<String, String> recorded = RunMetrics.read(run).sha256();

        assertThat(recorded).containsKeys("split.npz", "scores/final.npy", "model.zip");
        for (Map.Entry<String, String> entry : recorded.entrySet()) {
            byte[] bytes = Files.readAllBytes(run.path().resolve(entry.getKey()));
            assertThat(entry.getValue())
                    .as(entry.getKey())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
        for (String name : new String[] {"split.npz", "scores/final.npy", "model.zip", "graph.json", "ids.json"}) {
            assertThat(recorded.containsKey(name))
                    .as(name)
                    .isEqualTo(Files.exists(run.path().resolve(name)));
        }
    }

    @Test
    void namesEveryFileThatIsNotTheOneTheRunLeft() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of()));
        FinalFiles files = new FinalFiles(run);
        assertThat(files.check(RunFolder.SPLIT, RunFolder.FINAL_SCORES, RunFolder.MODEL))
                .isTrue();
        for (String name : new String[] {RunFolder.SPLIT, RunFolder.FINAL_SCORES, RunFolder.MODEL}) {
            Path file = run.file(name);
            byte[] before = Files.readAllBytes(file);
            byte[] after = before.clone();
            after[after.length / 2] ^= 1;
            Files.write(file, after);
            assertThatThrownBy(() -> files.check(RunFolder.SPLIT, RunFolder.FINAL_SCORES, RunFolder.MODEL))
                    .isInstanceOf(RunFolderException.class)
                    .hasMessageContaining(name + " of run");
            Files.write(file, before);
        }
        assertThat(files.check(RunFolder.SPLIT, RunFolder.FINAL_SCORES, RunFolder.MODEL))
                .isTrue();
    }

    @Test
    void refusesAThresholdAndColumnsThatTheModelDoesNotHave() throws IOException {
        RunFolder run = execute(TestRuns.spec(data, "normal-split", Map.of()));
        Path metrics = run.file(RunFolder.METRICS);
        String before = Files.readString(metrics);
        String threshold = String.valueOf(RunMetrics.read(run).threshold().value());
        Files.writeString(metrics, before.replace(threshold, "0.123456"));
        assertThatThrownBy(() -> new RunEvaluation(run).evaluate(null))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("0.123456")
                .hasMessageContaining(threshold);
        Files.writeString(metrics, before);
        assertThat(new RunEvaluation(run).evaluate(null).threshold().value()).isEqualTo(Double.parseDouble(threshold));

        Path record = run.file(RunFolder.RECORD);
        Files.writeString(
                record, Files.readString(record).replace("\"missing\"", "\"columns\" : [ \"a\" ], \"missing\""));
        assertThatThrownBy(() -> RunModel.load(run, DetectorRegistry.installed()))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("name different columns");
    }
}

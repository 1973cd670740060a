package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunSpec;

/** docs/experiments.ipynb reads a run of this version with NumPy alone; skipped where there is no Python with NumPy. */
class NotebookTest {

    private static final String RUN_ALL_CELLS =
            """
            import json
            names = {}
            for cell in json.load(open('../docs/experiments.ipynb', encoding='utf-8'))['cells']:
                if cell['cell_type'] == 'code':
                    exec(''.join(cell['source']), names)
            """;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"autoencoder", "memae", "lof"})
    void readsARun(String detector) throws IOException, InterruptedException {
        Optional<String> python = withNumPy();
        assumeTrue(python.isPresent(), "no Python with NumPy here");
        RunSpec spec = TestRuns.spec(TestRuns.data(temp), "normal-split", Map.of());
        Path run = temp.resolve("run");
        RunSpec own = detector.equals("lof") ? withoutEpochs(spec) : TestRuns.of(detector, spec);
        TestRuns.execution().execute(own, run, new RunControl(), event -> {});

        String said = says(python.get(), RUN_ALL_CELLS, run);

        assertThat(said).startsWith(detector + " on ").contains("'auroc':").doesNotContain("Error");
        assertThat(said.lines().filter(line -> line.contains("SVG")))
                .as("curves, latent space, ROC: " + said)
                .hasSize(3);
    }

    private static RunSpec withoutEpochs(RunSpec spec) {
        return new RunSpec(spec.data(), spec.protocol(), null, "lof", null, Map.of(), null, spec.seed(), null, null, 1);
    }

    /** The first on the path may be another than the one the system's packages are for. */
    private Optional<String> withNumPy() throws IOException, InterruptedException {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            if (says(python, "import numpy", temp).isEmpty()) {
                return Optional.of(python);
            }
        }
        return Optional.empty();
    }

    private static String says(String python, String script, Path run) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(python, "-c", script).redirectErrorStream(true);
        builder.environment().put("ODDLENS_RUN", run.toString());
        try {
            Process process = builder.start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(60, TimeUnit.SECONDS);
            return said;
        } catch (IOException e) {
            return "no " + python;
        }
    }
}

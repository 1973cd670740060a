package org.oddlens.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.device.CardListing;
import org.oddlens.engine.device.CardRules;
import org.oddlens.engine.device.ComputeCapability;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.device.DriverVersion;
import org.oddlens.engine.device.GraphicsCard;
import org.oddlens.engine.device.PackFolder;
import org.oddlens.engine.device.PackManifest;
import org.oddlens.engine.device.TrialResult;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunRecord;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.Snapshots;

class DeviceChoiceTest {

    private static final PackManifest EMPTY = new PackManifest(
            PackManifest.FORMAT,
            "",
            "",
            "",
            0,
            List.of(new PackManifest.PackFile("a/cuda.jar", 0, ""), new PackManifest.PackFile("b/natives.jar", 0, "")));

    @TempDir
    Path temp;

    @Test
    void asksNobodyForTheProcessor() {
        DeviceChoice choice = new DeviceChoice(null, "org.Main");

        assertThat(choice.choose("cpu")).isEqualTo(choice.choose(null));
        assertThat(choice.choose("cpu").use()).isEqualTo(DeviceUse.cpu());
    }

    @Test
    void fallsBackToTheProcessorWithTheReason() throws Exception {
        DeviceChoice.Chosen chosen = choose(TrialResult.failed(1, "It ended with signal 11."));

        assertThat(chosen.engine()).isEmpty();
        assertThat(chosen.use())
                .isEqualTo(new DeviceUse("auto", "cpu", "CPU", "It ended with signal 11. Training uses the CPU."));
    }

    @Test
    void startsAnEngineWithThePackBeforeEverythingElse() throws Exception {
        DeviceChoice.Chosen chosen = choose(new TrialResult(true, "JCublasBackend", 0.0, 1, "It agrees."));

        assertThat(chosen.use()).isEqualTo(new DeviceUse("auto", "cuda", "Card X", ""));
        EngineCommand engine = chosen.engine().orElseThrow();
        String classPath = engine.command().get(engine.command().indexOf("-cp") + 1);
        assertThat(classPath)
                .startsWith(temp.resolve("cuda.jar")
                        + File.pathSeparator
                        + temp.resolve("natives.jar")
                        + File.pathSeparator)
                .endsWith(System.getProperty("java.class.path"));
        assertThat(engine.command()).contains("-Dorg.bytedeco.javacpp.cachedir=" + temp.resolve("unpacked"));
        assertThat(engine.command()).endsWith("org.Main", "engine");
        assertThat(engine.environment().get(EngineCommand.DEVICE_VARIABLE)).contains("\"used\":\"cuda\"");
        if (System.getenv("CUDA_VISIBLE_DEVICES") == null) {
            assertThat(engine.environment())
                    .containsEntry("CUDA_VISIBLE_DEVICES", "3")
                    .containsEntry("CUDA_DEVICE_ORDER", "PCI_BUS_ID");
        }
    }

    /** Plumbing only: the engine is told of a card, ND4J runs on the processor. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aRunInAnEngineOfItsOwnIsRecordedWithItsDevice() throws Exception {
        DeviceUse card = DeviceUse.card("cuda", "Card X");
        EngineCommand engine =
                EngineCommand.ofThisProgram(OddlensCommand.class.getName(), 1).with(card);
        RunSpec spec =
                TestRuns.spec(TestRuns.data(temp), "normal-split", Map.of()).on("cuda");
        Path folder = temp.resolve("run");

        RunEvent.Ended ended = new ProcessRun(engine, temp.resolve("log/engine.txt"))
                .execute(spec, folder, Snapshots.REGULAR, new RunControl(), event -> {});

        assertThat(ended.end()).isEqualTo(RunEnd.COMPLETED);
        RunRecord recorded = new RunFolder(folder).readRecord();
        assertThat(recorded.device()).isEqualTo(card);
        assertThat(recorded.spec().device()).isEqualTo("cuda");
        assertThat(recorded.spec().executor()).isEqualTo("samediff");
        assertThat(recorded.machine().versions().get("nd4j")).endsWith("CpuBackend");
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStopReachesTheEngineOfItsOwn() throws Exception {
        RunControl control = new RunControl();
        RunSpec spec = TestRuns.spec(TestRuns.data(temp), "normal-split", Map.of("epochs", 100_000));

        RunEvent.Ended ended = new ProcessRun(
                        EngineCommand.ofThisProgram(OddlensCommand.class.getName(), 1), temp.resolve("log/engine.txt"))
                .execute(spec, temp.resolve("run"), Snapshots.REGULAR, control, event -> {
                    if (event instanceof RunEvent.Epoch epoch && epoch.epoch() > 2) {
                        control.stop(RunControl.Stop.KEEP);
                    }
                });

        assertThat(ended.end()).isEqualTo(RunEnd.STOPPED);
    }

    private DeviceChoice.Chosen choose(TrialResult trial) throws Exception {
        for (String jar : List.of("cuda.jar", "natives.jar")) {
            java.nio.file.Files.createFile(temp.resolve(jar));
        }
        GraphicsCard card = new GraphicsCard(
                3, "Card X", new ComputeCapability(8, 0), new DriverVersion("535.54"), 1000L, 900L, false);
        DeviceProbe probe = new DeviceProbe(
                () -> new CardListing(List.of(card), ""),
                new CardRules("Linux"),
                Optional.of(new PackFolder(temp, EMPTY)),
                (pack, tried) -> trial,
                "Linux amd64");
        DeviceReport report = probe.report();
        return new DeviceChoice(probe, "org.Main").choose("auto", report);
    }
}

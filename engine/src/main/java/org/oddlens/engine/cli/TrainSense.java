package org.oddlens.engine.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.data.ConstantFeatures;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.ChangePlan;
import org.oddlens.engine.study.RunPlan;
import org.oddlens.engine.threshold.ThresholdException;
import org.oddlens.engine.threshold.ThresholdSpec;

/** Whether a request can make sense at all, asked before any data are read. */
final class TrainSense {

    /** A number of features that no factor divides to 0; stands in before the data are read. */
    private static final int WIDE = 1 << 20;

    private final DetectorRegistry registry;

    TrainSense(DetectorRegistry registry) {
        this.registry = registry;
    }

    /** What can be refused before any file is read is refused as bad usage. */
    void require(RunSpec request) {
        DetectorProvider provider = refuseUnknownDetector(request.detector());
        Map<String, String> preset;
        try {
            preset = provider.descriptor()
                    .preset(request.preset() == null ? "default" : request.preset())
                    .values();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--preset: " + e.getMessage());
        }
        Values values = RunPlan.values(provider, preset, request.hyperparameters());
        // What is wrong whatever the data are; what depends on their width is found when they are read.
        provider.shape(values, new DataShape(new int[] {WIDE}, "none", 0));
        new ChangePlan(provider.descriptor(), values).checked(request.changes());
        check("--scaler", () -> request.scaler() == null || Scaler.parse(request.scaler()) != null);
        check(
                "--constant-features",
                () -> request.constantFeatures() == null || ConstantFeatures.parse(request.constantFeatures()) != null);
        check("--threshold", () -> request.threshold() == null || ThresholdSpec.parse(request.threshold()) != null);
        requireDevice(request);
        if (request.executor() != null
                && !List.of("compiled", "replay", "samediff").contains(request.executor())) {
            throw new UsageException(
                    "--executor: there is no '" + request.executor() + "'; choose compiled, replay or samediff.");
        }
        InputFiles.require("--data", request.data().file());
        if (request.data().secondFile() != null) {
            InputFiles.require("--test-data", request.data().secondFile());
        }
    }

    /** An executor of the processor, asked for by name, is a wish for the processor. */
    static String wanted(RunSpec request) {
        boolean onProcessor = request.executor() != null && !request.executor().equals(RunPlan.CARD_EXECUTOR);
        return DeviceUse.AUTO.equals(request.device()) && onProcessor ? DeviceUse.CPU : request.device();
    }

    private static void requireDevice(RunSpec request) {
        String device = request.device();
        if (device != null
                && !List.of(DeviceUse.CPU, DeviceUse.CUDA, DeviceUse.AUTO).contains(device)) {
            throw new UsageException("--device: there is no '" + device + "'; choose cpu, cuda or auto.");
        }
        if (DeviceUse.CUDA.equals(device)
                && request.executor() != null
                && !request.executor().equals(RunPlan.CARD_EXECUTOR)) {
            throw new UsageException("--executor: '" + request.executor() + "' runs on the CPU only; with --device cuda"
                    + " leave --executor out or choose " + RunPlan.CARD_EXECUTOR + ".");
        }
    }

    DetectorProvider refuseUnknownDetector(String id) {
        try {
            return registry.get(id);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--detector: " + e.getMessage());
        }
    }

    private static void check(String flag, Callable<Boolean> parse) {
        try {
            parse.call();
        } catch (ThresholdException | DataFormatException e) {
            throw new UsageException(flag + ": " + e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.oddlens.app.device;

import java.util.List;
import org.oddlens.engine.device.CardVerdict;
import org.oddlens.engine.device.ComputeCapability;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.device.DriverVersion;
import org.oddlens.engine.device.TrialResult;

/** What is found on machines of several kinds. */
final class Reports {

    static final long PACK = 2_435_839_688L;

    private Reports() {}

    static DeviceReport noCard() {
        String problem = "No NVIDIA card was found: the driver's command nvidia-smi is not on this machine.";
        return report(List.of(), problem, "absent", 0, null, "cpu", problem + " Training uses the CPU.");
    }

    static DeviceReport tooNew() {
        String reason = "NVIDIA H200 has compute capability 9.0; the CUDA 11.6 libraries of ND4J 1.0.0-M2.1 were built"
                + " for 3.7 to 8.6. They hold no code that a newer card could translate, so they cannot run on it,"
                + " whatever the driver.";
        return report(
                List.of(card("NVIDIA H200", "9.0", 143_771, reason)),
                "",
                "absent",
                0,
                null,
                "cpu",
                reason + " Training uses the CPU.");
    }

    static DeviceReport withoutPack(long present) {
        return report(
                List.of(card("NVIDIA RTX A4000", "8.6", 16_376, "")),
                "",
                present == 0 ? "absent" : "partial",
                present,
                null,
                "cpu",
                "NVIDIA RTX A4000 could be used, but the GPU pack (2.4 GB) is not installed. Until then training uses"
                        + " the CPU.");
    }

    static DeviceReport works() {
        return report(
                List.of(card("NVIDIA RTX A4000", "8.6", 16_376, "")),
                "",
                "complete",
                PACK,
                new TrialResult(true, "JCublasBackend", 1e-7, 2.1, "One training step on the card agrees."),
                "cuda",
                "NVIDIA RTX A4000 can be used: one training step on it agrees with the CPU's.");
    }

    private static CardVerdict card(String name, String capability, long memory, String reason) {
        return new CardVerdict(
                0,
                name,
                ComputeCapability.of(capability),
                new DriverVersion("550.54.15"),
                memory,
                memory - 510,
                false,
                reason.isEmpty(),
                reason);
    }

    private static DeviceReport report(
            List<CardVerdict> cards,
            String problem,
            String state,
            long present,
            TrialResult trial,
            String device,
            String sentence) {
        DeviceReport.Pack pack = new DeviceReport.Pack(state, "/home/ada/Oddlens/packs/cuda", PACK, present);
        return new DeviceReport(DeviceReport.FORMAT, "Linux amd64", cards, problem, pack, trial, device, sentence);
    }
}

package org.oddlens.engine.run;

/**
 * What a run trains on and why. One process trains on one device, because the native libraries choose once.
 *
 * @param asked  {@code cpu}, {@code cuda} or {@code auto}
 * @param used   {@code cpu} or {@code cuda}
 * @param name   what the device is called, {@code CPU} for the processor
 * @param reason why another device is used than was asked for, a sentence; empty if it is the one
 */
public record DeviceUse(String asked, String used, String name, String reason) {

    public static final String CPU = "cpu";
    public static final String CUDA = "cuda";
    public static final String AUTO = "auto";

    /** The processor, as asked for or by default. */
    public static DeviceUse cpu() {
        return new DeviceUse(CPU, CPU, "CPU", "");
    }

    /** The processor in place of a card. */
    public static DeviceUse cpuInsteadOf(String asked, String reason) {
        return new DeviceUse(asked, CPU, "CPU", reason);
    }

    /** A card. */
    public static DeviceUse card(String asked, String name) {
        return new DeviceUse(asked, CUDA, name, "");
    }

    /**
     * What a run gets in a process with this device.
     *
     * @param wanted device that the specification of the run names
     * @throws IllegalArgumentException for a run on the processor in a process that has loaded CUDA
     */
    public DeviceUse forRun(String wanted) {
        if (used.equals(wanted)) {
            return this;
        }
        if (used.equals(CUDA)) {
            throw new IllegalArgumentException("This engine computes on " + name
                    + "; a run on the processor needs an engine of its own. Start the run again.");
        }
        return reason.isEmpty()
                ? cpuInsteadOf(
                        wanted, "This process computes on the CPU; a card is chosen by oddlens train --device cuda.")
                : this;
    }
}

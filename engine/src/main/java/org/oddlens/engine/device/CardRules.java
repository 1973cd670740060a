package org.oddlens.engine.device;

import java.util.Locale;
import java.util.Optional;

/**
 * Which cards the CUDA libraries of ND4J 1.0.0-M2.1 can run on. They hold machine code for compute capability 3.7, 5.0,
 * 5.2, 6.0, 6.1, 7.0, 7.5, 8.0 and 8.6 and no intermediate code that a newer card could translate. NVIDIA's rule for
 * such code: it runs on cards of the same major version and an equal or higher minor one. Driver versions: NVIDIA, CUDA
 * 11.6 release notes, table of drivers.
 */
public final class CardRules {

    static final ComputeCapability LEAST = new ComputeCapability(3, 7);
    static final ComputeCapability MOST = new ComputeCapability(8, 6);
    private static final DriverVersion LINUX_DRIVER = new DriverVersion("510.39.01");
    private static final DriverVersion WINDOWS_DRIVER = new DriverVersion("511.23");

    private final String system;

    /** @param system name of the operating system */
    public CardRules(String system) {
        this.system = system;
    }

    /** The oldest driver that CUDA 11.6 works with on that system. */
    static DriverVersion least(String system) {
        return system.toLowerCase(Locale.ROOT).contains("windows") ? WINDOWS_DRIVER : LINUX_DRIVER;
    }

    /** Why the card cannot be used, a sentence with what to do about it; empty if it can. */
    public Optional<String> refusal(GraphicsCard card) {
        ComputeCapability capability = card.computeCapability();
        if (capability != null && capability.compareTo(MOST) > 0) {
            return Optional.of(tooNew(card.name(), capability));
        }
        if (capability != null && capability.compareTo(LEAST) < 0) {
            return Optional.of(card.name() + " has compute capability " + capability
                    + "; the CUDA libraries need at least " + LEAST + ". Nothing to be done but another card.");
        }
        if (card.driver() != null && card.driver().compareTo(least(system)) < 0) {
            return Optional.of(card.name() + ": driver " + card.driver() + " found, " + least(system)
                    + " or newer needed (CUDA 11.6). Update the NVIDIA driver, then test again.");
        }
        if (capability == null || card.driver() == null) {
            return Optional.of("The driver does not tell the "
                    + (capability == null ? "compute capability" : "driver version") + " of " + card.name()
                    + ", so it is not tried. Update the NVIDIA driver to " + least(system)
                    + " or newer, then test again.");
        }
        return Optional.empty();
    }

    private static String tooNew(String name, ComputeCapability capability) {
        String why = capability.major() == MOST.major()
                ? "By NVIDIA's rule the code for " + MOST + " should run there, but such cards are reported to fail at"
                        + " start (Deeplearning4j issue 9989), so it is not tried."
                : "They hold no code that a newer card could translate, so they cannot run on it, whatever the driver.";
        return name + " has compute capability " + capability
                + "; the CUDA 11.6 libraries of ND4J 1.0.0-M2.1 were built for " + LEAST + " to " + MOST + ". " + why;
    }
}

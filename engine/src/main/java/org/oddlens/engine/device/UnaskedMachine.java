package org.oddlens.engine.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What can be said about cards when the driver's command is missing: Linux lists plugged-in devices and loaded drivers
 * as files, other systems do not.
 *
 * @param system name of the operating system
 * @param root   folder that {@code sys} and {@code proc} lie in
 */
record UnaskedMachine(String system, Path root) {

    private static final String NVIDIA = "0x10de";
    private static final String DISPLAY_CLASS = "0x03";

    static UnaskedMachine thisOne() {
        return new UnaskedMachine(System.getProperty("os.name"), Path.of("/"));
    }

    /** Why there is no card to be used. */
    String withoutDriver() {
        if (system.toLowerCase(Locale.ROOT).contains("mac")) {
            return "CUDA does not exist for macOS, so no card can be used here.";
        }
        if (Files.exists(root.resolve("proc/driver/nvidia/version"))) {
            return "An NVIDIA driver is loaded, but its command nvidia-smi was not found. Install the driver's"
                    + " utilities, or name the command in the variable " + DriverQuestion.PROGRAM_VARIABLE + ".";
        }
        String place = pluggedIn();
        return place.isEmpty()
                ? "No NVIDIA card was found: the driver's command nvidia-smi is not on this machine."
                : "An NVIDIA card is plugged in (PCI " + place + "), but its driver is not installed. Install NVIDIA's"
                        + " driver " + CardRules.least(system) + " or newer, then test again.";
    }

    private String pluggedIn() {
        Path devices = root.resolve("sys/bus/pci/devices");
        if (!Files.isDirectory(devices)) {
            return "";
        }
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(devices)) {
            for (Path folder : folders) {
                if (read(folder.resolve("vendor")).equals(NVIDIA)
                        && read(folder.resolve("class")).startsWith(DISPLAY_CLASS)) {
                    return folder.getFileName().toString();
                }
            }
            return "";
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(Path file) throws IOException {
        return Files.isReadable(file) ? Files.readString(file).strip() : "";
    }
}

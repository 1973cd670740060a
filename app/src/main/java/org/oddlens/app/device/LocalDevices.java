package org.oddlens.app.device;

import java.io.IOException;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.device.PackException;
import org.oddlens.engine.device.PackFolder;
import org.oddlens.engine.device.PackInstall;
import org.oddlens.engine.device.PackSource;

/**
 * The devices of this machine.
 *
 * @param environment names the repository of the pack, if not the publisher's
 */
public record LocalDevices(DeviceProbe probe, Map<String, String> environment) implements DeviceDesk {

    @Override
    public DeviceReport report() {
        return probe.report();
    }

    @Override
    public String licence() {
        return probe.pack().map(pack -> pack.manifest().licence()).orElse("");
    }

    @Override
    public String source() {
        return environment.getOrDefault(PackSource.ADDRESS_VARIABLE, PackSource.PUBLISHER);
    }

    @Override
    public void install(LongConsumer progress, BooleanSupplier goOn) {
        try {
            new PackInstall(pack(), PackSource.of(environment)).run(progress, goOn);
        } catch (IllegalArgumentException e) {
            throw new PackException(PackSource.ADDRESS_VARIABLE + ": " + e.getMessage());
        }
    }

    @Override
    public void remove() throws IOException {
        pack().remove();
    }

    private PackFolder pack() {
        return probe.pack().orElseThrow(() -> new PackException("There is no GPU pack for this system."));
    }
}

package org.oddlens.app.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.device.PackException;

/** A machine as a test wants it; remembers what it was asked. */
final class FakeDesk implements DeviceDesk {

    final List<String> asked = new ArrayList<>();
    DeviceReport found = Reports.noCard();
    String failure = "";

    @Override
    public DeviceReport report() {
        asked.add("report");
        return found;
    }

    @Override
    public String licence() {
        return "ND4J and the JavaCPP presets: Apache License 2.0. The CUDA and cuDNN libraries inside are NVIDIA's, under"
                + " its own terms: https://docs.nvidia.com/cuda/eula/";
    }

    @Override
    public String source() {
        return "https://repository.example/maven2";
    }

    @Override
    public void install(LongConsumer progress, BooleanSupplier goOn) {
        asked.add("install");
        if (!failure.isEmpty()) {
            throw new PackException(failure);
        }
        for (long present = 0; present < Reports.PACK && goOn.getAsBoolean(); present += Reports.PACK / 8) {
            progress.accept(present);
        }
        if (goOn.getAsBoolean()) {
            progress.accept(Reports.PACK);
            found = Reports.works();
        } else {
            asked.add("broken off");
            found = Reports.withoutPack(1_000_000);
        }
    }

    @Override
    public void remove() {
        asked.add("remove");
        found = Reports.withoutPack(0);
    }
}

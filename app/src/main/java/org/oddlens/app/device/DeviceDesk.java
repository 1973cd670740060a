package org.oddlens.app.device;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.oddlens.engine.device.DeviceReport;

/** What the GPU page asks for. Every call blocks, up to minutes; none on the UI thread. */
public interface DeviceDesk {

    /** Finds out what there is to train on. */
    DeviceReport report();

    /** Whose terms apply to the pack, a sentence. */
    String licence();

    /** Where the pack comes from. */
    String source();

    /**
     * Downloads the pack, or what is missing of it.
     *
     * @param progress told the bytes that are there
     * @param goOn     asked often; false breaks off
     * @throws org.oddlens.engine.device.PackException with a sentence for the user
     */
    void install(LongConsumer progress, BooleanSupplier goOn);

    /** Deletes the pack. */
    void remove() throws IOException;
}

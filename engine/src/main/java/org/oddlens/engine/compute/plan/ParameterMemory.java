package org.oddlens.engine.compute.plan;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.oddlens.engine.graph.ParameterLayout;

/** The parameters of a network in native memory, flat, for all plans of that network. */
public final class ParameterMemory implements AutoCloseable {

    private final FloatPointer memory;
    private final FloatBuffer buffer;
    private final Map<String, Storage> storages = new HashMap<>();

    public ParameterMemory(ParameterLayout layout) {
        this.memory = new FloatPointer(Math.max(1, layout.length()));
        this.buffer = memory.asBuffer();
        for (ParameterLayout.Entry entry : layout.entries()) {
            Storage storage = Storage.of(entry.length());
            storage.settle(memory, buffer, entry.offset());
            storages.put(entry.name(), storage);
        }
    }

    /** Takes over all values. */
    public void write(float[] values) {
        buffer.put(0, values, 0, values.length);
    }

    Storage storage(ParameterLayout.Entry entry) {
        return storages.get(entry.name());
    }

    @Override
    public void close() {
        memory.close();
    }
}

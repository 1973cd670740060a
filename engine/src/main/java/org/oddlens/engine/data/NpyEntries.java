package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What NumPy's two kinds of files have in common: entries by name. */
abstract class NpyEntries implements DataFile {

    private final Path file;
    private final Map<String, NpyEntry> entries = new LinkedHashMap<>();
    private final Map<String, ArrayInfo> arrays = new LinkedHashMap<>();

    NpyEntries(Path file) {
        this.file = file;
    }

    /** True if it was not there. */
    final boolean add(NpyEntry entry) {
        return entries.putIfAbsent(entry.name(), entry) == null;
    }

    /** Adds something that is listed with the reason why it cannot be read. */
    final void addUnusable(ArrayInfo info) {
        arrays.put(info.name(), info);
    }

    /**
     * Looks through all entries; one that is damaged, or beyond the {@code limit} of bytes, is listed with its reason.
     *
     * @param bytes how many bytes an entry unpacks to
     */
    final void list(long limit, ReadBudget budget, ToLongFunction<NpyEntry> bytes) {
        Map<String, ArrayInfo> unusable = new LinkedHashMap<>(arrays);
        arrays.clear();
        long left = limit;
        for (NpyEntry entry : entries.values()) {
            left -= Math.max(0, bytes.applyAsLong(entry));
            arrays.put(entry.name(), left < 0 ? tooMuch(entry.name(), budget) : infoOf(entry));
        }
        arrays.putAll(unusable);
    }

    private static ArrayInfo tooMuch(String name, ReadBudget budget) {
        return ArrayInfo.unusable(
                name,
                List.of(),
                "unknown",
                "The array '" + name + "' was not looked at: with it, the archive unpacks to more than "
                        + Sentences.bytes(budget.maxBytes())
                        + ". Save fewer arrays in one file, or start Oddlens with more memory.");
    }

    private static ArrayInfo infoOf(NpyEntry entry) {
        try {
            return entry.info();
        } catch (DataFormatException damaged) {
            return ArrayInfo.unusable(entry.name(), List.of(), "unknown", damaged.getMessage());
        }
    }

    private NpyEntry entry(String name) {
        NpyEntry entry = entries.get(name);
        if (entry == null) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " has no array '" + name + "'. It has "
                            + Sentences.list(List.copyOf(arrays.keySet()), 20) + ".");
        }
        return entry;
    }

    @Override
    public final Path path() {
        return file;
    }

    @Override
    public final List<ArrayInfo> arrays() {
        return new ArrayList<>(arrays.values());
    }

    @Override
    public final Optional<ArrayInfo> find(String name) {
        return Optional.ofNullable(arrays.get(name));
    }

    @Override
    public final float[] floats(String name) {
        return entry(name).floats();
    }

    @Override
    public final double[] doubles(String name) {
        return entry(name).doubles();
    }

    @Override
    public final String[] texts(String name) {
        return entry(name).texts();
    }

    @Override
    public final String[][] cells(List<String> names) {
        return names.stream().map(name -> entry(name).cells()).toArray(String[][]::new);
    }

    @Override
    public final List<String> columnNames(String name) {
        return entries.containsKey(name) ? entries.get(name).columnNames() : List.of();
    }
}

package org.oddlens.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An archive of NumPy arrays; entry names are keys, never paths on disk. */
final class NpzFile implements DataFile {

    private final Path file;
    private final ZipFile zip;
    private final Map<String, NpySource> sources = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();

    /** Opens the archive; {@link #scan()} lists its arrays. */
    NpzFile(Path file, ReadBudget budget) {
        this.file = file;
        zip = openZip(file);
        try {
            if (zip.size() > budget.maxArrays()) {
                throw new DataFormatException(
                        file,
                        file.getFileName() + " holds " + Sentences.count(zip.size()) + " entries, more than the "
                                + Sentences.count(budget.maxArrays()) + " allowed.");
            }
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                add(entries.nextElement(), budget);
            }
            if (sources.isEmpty()) {
                throw new DataFormatException(
                        file,
                        file.getFileName() + " is a ZIP archive without NumPy arrays ("
                                + Sentences.count(zip.size(), "other entry").replace("entrys", "entries")
                                + "). Save the arrays with numpy.savez.");
            }
        } catch (DataFormatException refused) {
            close();
            throw refused;
        }
    }

    private static ZipFile openZip(Path file) {
        try {
            return new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException damage) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " starts like a ZIP archive (.npz), but its table of contents is missing or"
                            + " damaged; most often the file was cut off. Copy or save it again.",
                    damage);
        }
    }

    private void add(ZipEntry entry, ReadBudget budget) {
        if (entry.isDirectory()) {
            return;
        }
        NpySource source = NpySource.ofEntry(file, zip, entry, budget);
        if (!entry.getName().endsWith(".npy")) {
            arrays.add(ArrayInfo.unusable(
                    entry.getName(), List.of(), "other", "'" + entry.getName() + "' is not a NumPy array."));
        } else if (sources.putIfAbsent(source.name(), source) != null) {
            throw new DataFormatException(
                    file, file.getFileName() + " holds two arrays named '" + source.name() + "'. Save it again.");
        }
    }

    /** Looks through all arrays; one that is damaged or over the budget is listed with its reason. */
    NpzFile scan(ReadBudget budget) {
        try {
            long left = budget.maxBytes();
            List<ArrayInfo> found = new ArrayList<>();
            for (NpySource source : sources.values()) {
                left -= Math.max(0, source.size());
                found.add(left < 0 ? tooMuch(source, budget) : infoOf(source));
            }
            arrays.addAll(0, found);
            return this;
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    private static ArrayInfo tooMuch(NpySource source, ReadBudget budget) {
        return ArrayInfo.unusable(
                source.name(),
                List.of(),
                "unknown",
                "The array '" + source.name() + "' was not looked at: with it, the archive unpacks to more than "
                        + Sentences.bytes(budget.maxBytes()) + ".");
    }

    private static ArrayInfo infoOf(NpySource source) {
        try {
            return source.info();
        } catch (DataFormatException damaged) {
            return ArrayInfo.unusable(source.name(), List.of(), "unknown", damaged.getMessage());
        }
    }

    Map<String, NpySource> sources() {
        return sources;
    }

    private NpySource source(String name) {
        NpySource source = sources.get(name);
        if (source == null) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " has no array '" + name + "'. It has "
                            + Sentences.list(List.copyOf(sources.keySet()), 20) + ".");
        }
        return source;
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public String format() {
        return "NumPy archive (.npz)";
    }

    @Override
    public List<ArrayInfo> arrays() {
        return List.copyOf(arrays);
    }

    @Override
    public float[] floats(String name) {
        return source(name).floats();
    }

    @Override
    public double[] doubles(String name) {
        return source(name).doubles();
    }

    @Override
    public String[][] cells(List<String> names) {
        return names.stream().map(name -> source(name).cells()).toArray(String[][]::new);
    }

    @Override
    public String[] texts(String name) {
        return source(name).texts();
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

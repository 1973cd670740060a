package org.oddlens.engine.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An archive of NumPy arrays; entry names are keys, never paths on disk. */
final class NpzFile extends NpyEntries {

    private final Path file;
    private final ZipFile zip;
    private final Map<String, NpySource> sources = new LinkedHashMap<>();

    /** Opens the archive; {@link #scan} lists its arrays. */
    NpzFile(Path file, ReadBudget budget) {
        super(file);
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
                throw new DataFormatException(file, file.getFileName() + " is " + without(zip));
            }
        } catch (RuntimeException refused) {
            close();
            throw refused;
        }
    }

    private static ZipFile openZip(Path file) {
        try {
            return new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException refused) {
            String other = ZipDirectory.unreadable(file);
            throw new DataFormatException(
                    file,
                    other.isEmpty()
                            ? file.getFileName() + " starts like a ZIP archive (.npz), but its table of contents is"
                                    + " missing or damaged; most often the file was cut off. Copy or save it again."
                            : file.getFileName() + " " + other,
                    refused);
        }
    }

    /** What an archive without arrays is. */
    private static String without(ZipFile zip) {
        if (zip.getEntry("xl/workbook.xml") != null) {
            return "an Excel workbook, which Oddlens cannot read. In Excel, save the sheet as CSV (UTF-8).";
        }
        if (zip.stream().anyMatch(entry -> entry.getName().endsWith("data.pkl"))) {
            return "a PyTorch file. Loading one can run code hidden in it, so it is refused. Save the arrays with"
                    + " numpy.savez.";
        }
        return "a ZIP archive without NumPy arrays ("
                + (zip.size() == 1 ? "1 other entry" : Sentences.count(zip.size()) + " other entries")
                + "). Save the arrays with numpy.savez.";
    }

    private void add(ZipEntry entry, ReadBudget budget) {
        if (entry.isDirectory()) {
            return;
        }
        NpySource source = NpySource.ofEntry(file, zip, entry, budget);
        if (!entry.getName().toLowerCase(Locale.ROOT).endsWith(".npy")) {
            addUnusable(ArrayInfo.unusable(
                    entry.getName(), List.of(), "other", "'" + entry.getName() + "' is not a NumPy array."));
        } else if (sources.putIfAbsent(source.name(), source) != null) {
            throw new DataFormatException(
                    file, file.getFileName() + " holds two arrays named '" + source.name() + "'. Save it again.");
        }
    }

    /** Looks through all arrays. */
    NpzFile scan(ReadBudget budget) {
        try {
            if (ScipySparse.isOne(sources.keySet())) {
                add(ScipySparse.of(file, sources, budget));
            } else {
                for (NpySource source : sources.values()) {
                    for (NpyEntry entry : source.entries(sources::containsKey)) {
                        if (!add(entry)) {
                            addUnusable(ArrayInfo.unusable(
                                    entry.name() + " of " + source.name(),
                                    List.of(),
                                    "unknown",
                                    "The column '" + entry.name() + "' of '" + source.name()
                                            + "' is not used, because another one has its name."));
                        }
                    }
                }
            }
            list(budget.maxBytes(), budget, entry -> entry instanceof NpySource source ? source.size() : 0);
            return this;
        } catch (RuntimeException | Error failure) {
            close();
            throw failure;
        }
    }

    Map<String, NpySource> sources() {
        return sources;
    }

    @Override
    public String format() {
        return "NumPy archive (.npz)";
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

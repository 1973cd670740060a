package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ImportedData;

/**
 * The data set that was read last, kept for the questions that follow about it. Another specification, or a file that has
 * changed since, is read anew. Thread-safe.
 */
public final class OpenData {

    /** What a file looked like when it was read. */
    private record Seen(Path file, long size, FileTime changed) {}

    private ImportedData held;
    private List<Seen> seen = List.of();

    /**
     * Loads, or hands over what is held.
     *
     * @throws org.oddlens.engine.data.DataFormatException as {@link DataImport#load(DataSpec)}
     */
    public synchronized ImportedData load(DataSpec spec) {
        if (held != null && held.spec().equals(spec) && seen.equals(look(spec))) {
            return held;
        }
        return hold(spec, DataImport.load(spec));
    }

    /** Loads from a file that is open already. */
    synchronized ImportedData load(DataSpec spec, DataFile open) {
        return hold(spec, DataImport.load(spec, open));
    }

    private ImportedData hold(DataSpec spec, ImportedData data) {
        seen = look(spec);
        held = data;
        return data;
    }

    /** Lets go of what is held. */
    public synchronized void close() {
        held = null;
        seen = List.of();
    }

    private static List<Seen> look(DataSpec spec) {
        List<Seen> files = new ArrayList<>();
        for (String name : new String[] {spec.file(), spec.secondFile()}) {
            if (name != null) {
                Path file = Path.of(name);
                try {
                    files.add(new Seen(file, Files.size(file), Files.getLastModifiedTime(file)));
                } catch (IOException gone) {
                    files.add(new Seen(file, -1, FileTime.fromMillis(0)));
                }
            }
        }
        return files;
    }
}

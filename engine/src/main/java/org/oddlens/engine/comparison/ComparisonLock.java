package org.oddlens.engine.comparison;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunLock;

/** Held while a comparison writes its folder: two at once would do each other's cells and cut each other's lines. */
public final class ComparisonLock implements AutoCloseable {

    private final RunLock lock;

    private ComparisonLock(RunLock lock) {
        this.lock = lock;
    }

    /**
     * Makes the folder where it is missing and takes its lock.
     *
     * @throws RunFolderException if another comparison holds it, or the path is no folder
     */
    public static ComparisonLock take(Path folder) throws IOException {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new RunFolderException(e.getFile() + " is a file; a comparison needs a folder. Choose another name.");
        }
        requireOurs(folder);
        try {
            return new ComparisonLock(new RunFolder(folder).lock());
        } catch (RunFolderException e) {
            throw new RunFolderException("Another comparison is writing to " + folder
                    + ". Wait for its end, stop it there, or choose another folder.");
        }
    }

    /** A comparison writes tables of its own names; in a folder of other things they might be taken already. */
    private static void requireOurs(Path folder) throws IOException {
        try (Stream<Path> content = Files.list(folder)) {
            List<Path> files = content.sorted().toList();
            for (Path file : files) {
                if (Files.isSymbolicLink(file)) {
                    throw new RunFolderException(
                            file + " is a link, and what it leads to may be another's. Remove the link,"
                                    + " or choose another folder.");
                }
            }
            boolean begun = files.stream()
                    .map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.equals(CellFile.NAME) || name.equals("lock"));
            if (!files.isEmpty() && !begun) {
                throw new RunFolderException(
                        folder + " is not empty and holds no comparison, whose tables might write over"
                                + " what is there. Choose another folder.");
            }
        }
    }

    @Override
    public void close() {
        lock.close();
    }
}

package org.oddlens.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What lies in a run folder, looked over before it is written and after a writing has failed. */
public final class FolderContent {

    private static final int DEPTH = 4;

    private final RunFolder run;

    public FolderContent(RunFolder run) {
        this.run = run;
    }

    /**
     * Refuses links, before anything in the folder is written or deleted: what they lead to is not the run's.
     *
     * @throws RunFolderException naming the first
     */
    public void refuseLinks() throws IOException {
        try (Stream<Path> content = Files.walk(run.path(), DEPTH)) {
            Optional<Path> link = content.filter(file -> !file.equals(run.path()) && Files.isSymbolicLink(file))
                    .findFirst();
            if (link.isPresent()) {
                throw new RunFolderException(link.get() + " is a link, and what it leads to may be another's. Put the"
                        + " file itself there, or remove the link; nothing was written.");
            }
        }
    }

    /** Removes what a writing that failed has left half done. */
    public void sweepParts() throws IOException {
        try (Stream<Path> content = Files.walk(run.path(), DEPTH)) {
            for (Path file : content.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                boolean empty = file.equals(run.file(RunFolder.GRAPH)) && Files.size(file) == 0;
                if (empty || file.getFileName().toString().endsWith(".part")) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}

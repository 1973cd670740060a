package org.oddlens.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Held while a run is written; closing it lets go. */
public final class RunLock implements AutoCloseable {

    private final FileChannel channel;
    private final Path mark;

    RunLock(FileChannel channel, Path mark) {
        this.channel = channel;
        this.mark = mark;
    }

    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(mark); // last: as long as it is there, nobody in this process touches the lock file
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

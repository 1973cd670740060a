package org.oddlens.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that the user named and Oddlens writes. It never takes the place of something the user did not give up, is written
 * beside its place and put there whole, and leaves nothing behind where that fails.
 */
public final class OutputFile {

    /** Writes the content to the file it is given, which is absent. */
    @FunctionalInterface
    public interface Content {
        void write(Path part) throws IOException;
    }

    private final Path file;
    private final boolean overwrite;
    private final List<Input> inputs = new ArrayList<>();

    private record Input(String what, Path path) {}

    private OutputFile(Path file, boolean overwrite) {
        this.file = file;
        this.overwrite = overwrite;
    }

    /** A file that must be absent. */
    public static OutputFile at(Path file) {
        return new OutputFile(file, false);
    }

    /** A file that may take the place of another one, if the user says so. */
    public static OutputFile at(Path file, boolean overwrite) {
        return new OutputFile(file, overwrite);
    }

    /**
     * The same, which must not be what the command reads, by whatever path: not even with leave to overwrite.
     *
     * @param what for the sentence, such as {@code the data to score}
     */
    public OutputFile not(String what, Path input) {
        inputs.add(new Input(what, input));
        return this;
    }

    /** The place as given. */
    public Path path() {
        return file;
    }

    /**
     * Looks whether the file may be written; to be asked before any work is done for it.
     *
     * @throws OutputException with the sentence, if not
     */
    public void require() throws IOException {
        Path name = file.getFileName();
        if (file.toString().isEmpty()) {
            throw new OutputException("No name of a file is given. Name one.");
        }
        if (name == null) {
            throw new OutputException(file + " is a folder. Name a file in it.");
        }
        if (Files.isSymbolicLink(file)) {
            throw new OutputException(file + " is a link, and what it leads to would be lost. Name another file.");
        }
        if (Files.isDirectory(file)) {
            throw new OutputException(file + " is a folder. Name a file in it.");
        }
        for (Input input : inputs) {
            if (same(input.path())) {
                throw new OutputException(
                        file + " is the file of " + input.what() + "; writing would destroy it. Choose another name.");
            }
        }
        if (Files.exists(file)) {
            if (!Files.isRegularFile(file)) {
                throw new OutputException(file + " is no ordinary file. Choose another name.");
            }
            if (!overwrite) {
                throw there();
            }
        }
        for (Path folder = folder(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new OutputException(
                        folder + " is a file, not a folder, so nothing can be written in it. Choose another place.");
            }
        }
    }

    private boolean same(Path input) throws IOException {
        return Files.exists(input) && Files.exists(file) && Files.isSameFile(input, file);
    }

    private OutputException there() {
        return new OutputException(
                file + " is there already, and nothing is written over. Choose another name, or say --overwrite.");
    }

    /**
     * Writes the file.
     *
     * @throws OutputException if it may not be written, or the disk is full
     */
    public void write(Content content) throws IOException {
        require();
        makeFolder();
        Path part = unused();
        try {
            content.write(part);
            if (overwrite) {
                require(); // it may have become a link or a folder meanwhile
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(part, file);
            }
        } catch (FileAlreadyExistsException e) {
            throw there();
        } catch (IOException e) {
            throw new OutputException(FailureSentence.about(file, e), e);
        } catch (UncheckedIOException e) { // as writers of tables throw it
            throw new OutputException(FailureSentence.about(file, e.getCause()), e.getCause());
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void makeFolder() throws IOException {
        try {
            Files.createDirectories(folder());
        } catch (IOException e) {
            throw new OutputException(FailureSentence.about(folder(), e), e);
        }
    }

    private Path folder() {
        return file.toAbsolutePath().getParent();
    }

    /** A name that nothing has, so that two commands at once do not write into each other's file. */
    private Path unused() {
        long tail = System.nanoTime();
        Path part;
        do {
            tail = CounterRandom.mix(tail + 1);
            part = folder().resolve(String.format("%s.%08x.part", file.getFileName(), tail & 0xFFFFFFFFL));
        } while (Files.exists(part, LinkOption.NOFOLLOW_LINKS));
        return part;
    }
}

package org.oddlens.engine.device;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.oddlens.engine.run.OddlensHome;

/**
 * Where the GPU pack lies. A file gets its name after its checksum was found right, so a file of that name and size is
 * whole; what is being downloaded ends in {@value #PART}.
 *
 * @param path     the folder; need not exist
 * @param manifest what belongs into it
 */
public record PackFolder(Path path, PackManifest manifest) {

    /** Names a folder that holds the files already, such as the one that {@code mvn -Pcuda package} fills. */
    public static final String FOLDER_VARIABLE = "ODDLENS_CUDA_PACK";

    static final String PART = ".part";

    /** How much of the pack is there. */
    public enum State {
        ABSENT,
        PARTIAL,
        COMPLETE
    }

    /** The pack of this machine; empty where there is none for its system and processor. */
    public static Optional<PackFolder> of(OddlensHome home, Map<String, String> environment) {
        String named = environment.get(FOLDER_VARIABLE);
        Path folder = named == null || named.isBlank() ? home.packs().resolve("cuda") : Path.of(named);
        return PackManifest.of(System.getProperty("os.name"), System.getProperty("os.arch"))
                .map(manifest -> new PackFolder(folder, manifest));
    }

    public State state() {
        long present = presentBytes();
        return present == manifest.bytes() && whole() ? State.COMPLETE : present > 0 ? State.PARTIAL : State.ABSENT;
    }

    private boolean whole() {
        return manifest.files().stream().allMatch(this::has);
    }

    /** Whether a file is there and whole. */
    boolean has(PackManifest.PackFile file) {
        return size(path.resolve(file.name())) == file.bytes();
    }

    /** Bytes that need not be downloaded any more. */
    public long presentBytes() {
        return manifest.files().stream().mapToLong(this::presentBytes).sum();
    }

    private long presentBytes(PackManifest.PackFile file) {
        return has(file) ? file.bytes() : Math.min(file.bytes(), Math.max(0, size(part(file))));
    }

    Path part(PackManifest.PackFile file) {
        return path.resolve(file.name() + PART);
    }

    /** Size of a file, −1 without one. */
    static long size(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    /** The jars, in the order of the class path. */
    public List<Path> jars() {
        return manifest.files().stream()
                .map(file -> path.resolve(file.name()).toAbsolutePath())
                .toList();
    }

    /** Where the libraries are unpacked when they are first loaded, so that they go with the pack. */
    public Path unpacked() {
        return path.resolve("unpacked").toAbsolutePath();
    }

    /** Deletes the pack's files and what was unpacked from them; other files in the folder stay. */
    public void remove() throws IOException {
        for (PackManifest.PackFile file : manifest.files()) {
            Files.deleteIfExists(path.resolve(file.name()));
            Files.deleteIfExists(part(file));
        }
        if (Files.isDirectory(unpacked())) {
            try (Stream<Path> tree = Files.walk(unpacked())) {
                tree.sorted(Comparator.reverseOrder()).forEach(PackFolder::delete);
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package org.oddlens.engine.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where Oddlens keeps what it writes: {@code $ODDLENS_HOME}, by default {@code ~/Oddlens}.
 *
 * @param root the folder; need not exist yet
 */
public record OddlensHome(Path root) {

    /** The folder the environment names. */
    public static OddlensHome of(Map<String, String> environment) {
        String home = environment.get("ODDLENS_HOME");
        return new OddlensHome(
                home == null || home.isBlank() ? Path.of(System.getProperty("user.home"), "Oddlens") : Path.of(home));
    }

    public Path runs() {
        return root.resolve("runs");
    }

    /** Where bundled data sets are written when they are first used. */
    public Path samples() {
        return root.resolve("samples");
    }

    public Path settings() {
        return root.resolve("settings");
    }

    /** Optional downloads. */
    public Path packs() {
        return root.resolve("packs");
    }

    public Path log() {
        return root.resolve("log");
    }

    /** A folder for a new run, not made yet: {@code 20260130-142233-memae-1f3a}. */
    public Path newRun(String detector, LocalDateTime now) {
        return newFolder(runs(), detector, now);
    }

    /** A folder for repeated runs, not made yet. */
    public Path newComparison(String detector, LocalDateTime now) {
        return newFolder(root.resolve("comparisons"), detector, now);
    }

    private static Path newFolder(Path parent, String detector, LocalDateTime now) {
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").format(now);
        for (int i = 0; ; i++) {
            long tail = CounterRandom.mix(System.nanoTime() + i) & 0xFFFF;
            Path folder = parent.resolve(String.format("%s-%s-%04x", stamp, detector, tail));
            if (!Files.exists(folder)) {
                return folder;
            }
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new RunFolderException("'" + text + "' can be neither a folder nor the beginning of a run's id.");
        }
    }

    /** The runs kept here, newest first. */
    public List<RunFolder> list() throws IOException {
        if (!Files.isDirectory(runs())) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(runs())) {
            return folders.sorted(Comparator.comparing(Path::getFileName).reversed())
                    .map(RunFolder::new)
                    .filter(run -> Files.exists(run.file(RunFolder.RECORD), LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    /**
     * A run by folder, or by a prefix of its id that fits only one.
     *
     * @throws RunFolderException saying what was found instead
     */
    public RunFolder find(String folderOrPrefix) throws IOException {
        Path folder = path(folderOrPrefix);
        if (Files.isDirectory(folder)) {
            return new RunFolder(folder);
        }
        List<RunFolder> fitting = list().stream()
                .filter(run -> run.id().startsWith(folderOrPrefix))
                .toList();
        if (fitting.size() == 1) {
            return fitting.get(0);
        }
        if (fitting.isEmpty()) {
            throw new RunFolderException("There is no run '" + folderOrPrefix + "': no such folder, and no run in "
                    + runs() + " begins so.");
        }
        throw new RunFolderException("'" + folderOrPrefix + "' fits " + fitting.size() + " runs: "
                + fitting.stream().map(RunFolder::id).limit(5).collect(Collectors.joining(", ")) + ".");
    }
}

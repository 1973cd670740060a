package org.oddlens.engine.run;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpyWriter;
import org.oddlens.engine.data.NpzWriter;

/**
 * A run on disk. The engine alone writes it; every file is standard JSON, text or NumPy, and appears by an atomic rename
 * or grows by whole lines. Layout: docs/formats/run-folder.md.
 */
public final class RunFolder {

    public static final String RECORD = "run.json";
    public static final String EVENTS = "events.jsonl";
    public static final String SPLIT = "split.npz";
    public static final String IDS = "ids.csv";
    public static final String METRICS = "metrics.json";
    public static final String MODEL = "model.zip";
    public static final String GRAPH = "model.fb";
    public static final String FINAL_SCORES = "scores/final.npy";
    private static final String LOG = "log.txt";
    private static final String NAME_OF_LOCK = "lock";
    private static final long MOST_EVENT_BYTES = 512L << 20;

    /** State of a run as its folder tells it. */
    public enum State {
        RUNNING,
        INTERRUPTED,
        COMPLETED,
        EARLY_STOPPED,
        STOPPED,
        DISCARDED,
        DIVERGED,
        FAILED
    }

    private final Path path;
    private final RunJson json = new RunJson();

    public RunFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder.
     *
     * @throws RunFolderException if it is there and not empty
     */
    public static RunFolder create(Path path) throws IOException {
        if (Files.isSymbolicLink(path) && !Files.isDirectory(path)) {
            throw new RunFolderException(path + " is a link that leads to no folder; a run needs a folder of its own.");
        }
        if (Files.exists(path)) {
            if (!Files.isDirectory(path)) {
                throw new RunFolderException(path + " is a file; a run needs a folder of its own.");
            }
            try (Stream<Path> content = Files.list(path)) {
                if (content.findAny().isPresent()) {
                    throw new RunFolderException(
                            path + " is not empty; a run never writes over anything. Choose another folder.");
                }
            }
        }
        Files.createDirectories(path);
        return new RunFolder(path);
    }

    public Path path() {
        return path;
    }

    /** Name of the folder. */
    public String id() {
        return path.getFileName().toString();
    }

    public Path file(String name) {
        return path.resolve(name);
    }

    /** The files that make the run, there or not; nothing else may be written in their place. */
    public List<Path> parts() {
        return Stream.of(RECORD, EVENTS, SPLIT, IDS, METRICS, MODEL, GRAPH, FINAL_SCORES, LOG, NAME_OF_LOCK)
                .map(this::file)
                .toList();
    }

    /**
     * A file to be read.
     *
     * @throws RunFolderException if it is missing or no ordinary file: reading a pipe or a device has no end
     */
    public Path readable(String name) {
        if (!Files.isRegularFile(file(name))) {
            throw new RunFolderException(
                    Files.exists(file(name))
                            ? file(name)
                                    + " is no ordinary file, so the run cannot be used. Remove the run, or put back"
                                    + " a copy of it."
                            : "Run " + id() + " has no " + name + ": it has not ended, kept nothing, or the file was"
                                    + " removed.");
        }
        return file(name);
    }

    /** A file of arrays that must hold this one. */
    public NpyArray array(String name, String key) throws IOException {
        return NpyReader.read(readable(name), key);
    }

    /** The final scores. */
    public double[] readFinalScores() throws IOException {
        return NpyReader.read(readable(FINAL_SCORES)).doubles();
    }

    // ---- writing, by the engine ----

    /**
     * Marks the run as alive for as long as the returned lock is held; the operating system drops it when the process
     * dies.
     */
    public RunLock lock() throws IOException {
        return new FolderLock(path).take();
    }

    public void writeRecord(RunRecord runRecord) throws IOException {
        json.write(file(RECORD), runRecord);
    }

    public void writeMetrics(Object metrics) throws IOException {
        json.write(file(METRICS), metrics);
    }

    /** Appends a whole line and hands it to the operating system. */
    public void append(RunEvent event) throws IOException {
        try (Writer out = Files.newBufferedWriter(
                file(EVENTS), StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(json.line(event) + "\n");
        }
    }

    /** Makes the event file end with a whole line again, after a process died while it wrote; a torn line is dropped. */
    public void mendEvents() throws IOException {
        if (!Files.exists(file(EVENTS))) {
            return;
        }
        byte[] bytes = Files.readAllBytes(file(EVENTS));
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        if (whole == bytes.length) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file(EVENTS), StandardOpenOption.WRITE)) {
            channel.truncate(whole);
        }
        try {
            append(json.read(new String(bytes, whole, bytes.length - whole, StandardCharsets.UTF_8), RunEvent.class));
        } catch (IOException torn) {
            log("a torn line at the end of " + EVENTS + " was dropped");
        }
    }

    /** Makes sure that the events survive a loss of power, before something that builds on them is written. */
    public void syncEvents() throws IOException {
        try (FileChannel channel = FileChannel.open(file(EVENTS), StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** Appends a line to the log. */
    public void log(String line) throws IOException {
        Files.writeString(file(LOG), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Writes row indices by role. */
    public void writeSplit(Map<String, int[]> roles) throws IOException {
        Path part = file(SPLIT + ".part");
        try (NpzWriter out = new NpzWriter(part)) {
            for (Map.Entry<String, int[]> role : roles.entrySet()) {
                out.add(role.getKey(), role.getValue(), role.getValue().length);
            }
        }
        rename(part, file(SPLIT));
    }

    /**
     * Writes what the tracked rows look like at an epoch: {@code scores/N.npy}, {@code latent/N.npy} for the main space
     * and {@code latent/ID/N.npy} for others, {@code anatomy/N.npz}.
     */
    public void writeSnapshot(int epoch, double[] scores, Map<String, Tensor> codes, Map<String, Tensor> anatomy)
            throws IOException {
        writeNpy(scoresFile(epoch), scores);
        boolean main = true;
        for (Map.Entry<String, Tensor> space : codes.entrySet()) {
            Path file = main ? latentFile(null, epoch) : latentFile(space.getKey(), epoch);
            Files.createDirectories(file.getParent());
            Path part = file.resolveSibling(file.getFileName() + ".part");
            NpyWriter.write(part, space.getValue().values(), space.getValue().shape());
            rename(part, file);
            main = false;
        }
        if (!anatomy.isEmpty()) {
            Files.createDirectories(file("anatomy"));
            Path part = file("anatomy/" + number(epoch) + ".npz.part");
            try (NpzWriter out = new NpzWriter(part)) {
                for (Map.Entry<String, Tensor> object : anatomy.entrySet()) {
                    out.add(
                            object.getKey(),
                            object.getValue().values(),
                            object.getValue().shape());
                }
            }
            rename(part, anatomyFile(epoch));
        }
    }

    /** Removes the snapshot of an epoch; what is not there is no matter. */
    public void removeSnapshot(int epoch) throws IOException {
        List<Path> files = new ArrayList<>(List.of(scoresFile(epoch), latentFile(null, epoch), anatomyFile(epoch)));
        if (Files.isDirectory(file("latent"))) {
            try (Stream<Path> spaces = Files.list(file("latent"))) {
                spaces.filter(Files::isDirectory)
                        .forEach(space ->
                                files.add(latentFile(space.getFileName().toString(), epoch)));
            }
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    public void writeFinalScores(double[] scores) throws IOException {
        writeNpy(file(FINAL_SCORES), scores);
    }

    private void writeNpy(Path file, double[] scores) throws IOException {
        Files.createDirectories(file.getParent());
        Path part = file.resolveSibling(file.getFileName() + ".part");
        NpyWriter.write(part, scores, scores.length);
        rename(part, file);
    }

    static void rename(Path part, Path file) throws IOException {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    public Path scoresFile(int epoch) {
        return file("scores/" + number(epoch) + ".npy");
    }

    /** @param space id of a further space, null for the main one */
    public Path latentFile(String space, int epoch) {
        return file("latent/" + (space == null ? "" : space + "/") + number(epoch) + ".npy");
    }

    public Path anatomyFile(int epoch) {
        return file("anatomy/" + number(epoch) + ".npz");
    }

    private static String number(int epoch) {
        return String.format(Locale.ROOT, "%06d", epoch);
    }

    /** Leaves nothing of a run that failed before its record was written, so that the same command finds its folder free. */
    public void removeUnlessBegun() throws IOException {
        if (!Files.isDirectory(path) || Files.exists(file(RECORD), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (String name : List.of(EVENTS, LOG, NAME_OF_LOCK)) {
            Files.deleteIfExists(file(name));
        }
        try (Stream<Path> left = Files.list(path)) {
            if (left.findAny().isPresent()) {
                return;
            }
        }
        Files.delete(path);
    }

    // ---- reading ----

    /** Whether this looks like a run. */
    public boolean exists() {
        return Files.isRegularFile(file(RECORD));
    }

    /**
     * @throws RunFolderException if there is no run here, or one of a newer format
     */
    public RunRecord readRecord() throws IOException {
        if (!exists()) {
            throw new RunFolderException(
                    Files.exists(file(RECORD))
                            ? file(RECORD) + " is no ordinary file, so it is not read."
                            : path + " is no run folder: it has no " + RECORD + ".");
        }
        RunRecord runRecord = json.read(file(RECORD), RunRecord.class);
        if (runRecord.format() == null) {
            throw new RunFolderException(
                    file(RECORD) + " is no record of a run: it names no format. Put back a copy of it.");
        }
        if (!RunRecord.FORMAT.equals(runRecord.format())) {
            throw new RunFolderException(path + " has the format '" + runRecord.format() + "', this version reads '"
                    + RunRecord.FORMAT + "'. A newer Oddlens is needed.");
        }
        new SpecCheck(file(RECORD).toString()).require(runRecord.spec());
        return runRecord;
    }

    /**
     * The events that count: where a run was resumed, the later segment in place of what it does again. A torn last line
     * is left out.
     */
    public List<RunEvent> readEvents() throws IOException {
        return new EventSegments(recordedEvents()).joined();
    }

    /** The changes of live hyperparameters by epoch: those planned and those made while the run trained. */
    public Map<Integer, Map<String, Object>> readChanges(List<HyperparameterChange> planned) throws IOException {
        return new EventSegments(recordedEvents()).changes(planned);
    }

    private List<RunEvent> recordedEvents() throws IOException {
        if (!Files.exists(file(EVENTS))) {
            return List.of();
        }
        long bytes = Files.size(readable(EVENTS));
        if (bytes > MOST_EVENT_BYTES) {
            throw new RunFolderException(file(EVENTS) + " has " + (bytes >> 20) + " MB, and the events of a run have at"
                    + " most " + (MOST_EVENT_BYTES >> 20) + " MB. Put back a copy of it, or remove the run.");
        }
        // Decoded leniently: a line may have been torn inside a character.
        List<String> lines = new String(Files.readAllBytes(file(EVENTS)), StandardCharsets.UTF_8)
                .lines()
                .toList();
        List<RunEvent> events = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            try {
                events.add(json.read(lines.get(i), RunEvent.class));
            } catch (IOException e) {
                if (i < lines.size() - 1) {
                    throw new RunFolderException("Line " + (i + 1) + " of " + file(EVENTS)
                            + " is no event of a run. Remove the line, or put back a copy of the file.");
                }
            }
        }
        return events;
    }

    /** The end, if the run has one: a resumed run has that of its last segment only. */
    public Optional<RunEvent.Ended> readEnd() throws IOException {
        return readEvents().stream()
                .filter(RunEvent.Ended.class::isInstance)
                .map(RunEvent.Ended.class::cast)
                .reduce((earlier, later) -> later);
    }

    /** Snapshot epochs that lie in the folder, ascending. */
    public List<Integer> snapshots() throws IOException {
        Path folder = file("scores");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("\\d{6}\\.npy"))
                    .map(name -> Integer.valueOf(name.substring(0, 6)))
                    .sorted()
                    .toList();
        }
    }

    /** What became of the run. Without an end it is running while a process holds its lock, else interrupted. */
    public State state() throws IOException {
        Optional<RunEvent.Ended> ended = readEnd();
        if (ended.isPresent()) {
            return State.valueOf(ended.get().end().name());
        }
        return new FolderLock(path).isHeld() ? State.RUNNING : State.INTERRUPTED;
    }
}

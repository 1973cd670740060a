package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.data.Sha256;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;

/** The files that a finished run keeps, and the checksums by which a change is noticed before they are used. */
public final class FinalFiles {

    private static final List<String> NAMES =
            List.of(RunFolder.SPLIT, RunFolder.IDS, RunFolder.FINAL_SCORES, RunFolder.MODEL, RunFolder.GRAPH);

    private final RunFolder run;

    public FinalFiles(RunFolder run) {
        this.run = run;
    }

    /** SHA-256 of each, lower-case hex by name; of those that are there. */
    Map<String, String> digests() throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (String name : NAMES) {
            if (Files.isRegularFile(run.file(name))) {
                digests.put(name, Sha256.of(run.file(name)));
            }
        }
        return digests;
    }

    /**
     * Checks files before they are used.
     *
     * @return false if the run recorded no checksums: it was made by an earlier version, and nothing is known of its files
     * @throws RunFolderException if one is missing, or is not what the run left
     */
    public boolean check(String... names) throws IOException {
        Map<String, String> recorded =
                Files.exists(run.file(RunFolder.METRICS)) ? RunMetrics.read(run).sha256() : null;
        for (String name : names) {
            String found = Sha256.of(run.readable(name));
            if (recorded != null && !found.equals(recorded.get(name))) {
                throw new RunFolderException(
                        name + " of run " + run.id() + " is not the file the run left: expected SHA-256 "
                                + beginning(recorded.get(name)) + ", found " + beginning(found)
                                + ". It was changed or damaged; put back a copy of it, or train again.");
            }
        }
        return recorded != null;
    }

    /**
     * A refusal because a file is not there: it went missing if the run recorded it, else there is a reason for it.
     *
     * @param reason why a run may have left none, such as {@code it was discarded}
     */
    RunFolderException absent(String name, String reason) throws IOException {
        Map<String, String> recorded =
                Files.exists(run.file(RunFolder.METRICS)) ? RunMetrics.read(run).sha256() : null;
        return new RunFolderException(
                recorded != null && recorded.containsKey(name)
                        ? name + " of run " + run.id()
                                + " is missing, though the run left one. Put back a copy of it, or" + " train again."
                        : "Run " + run.id() + " has no " + name + ": " + reason + ".");
    }

    /** What is said where {@link #check} knows nothing. */
    public String unchecked() {
        return "Run " + run.id()
                + " was recorded by an earlier version without checksums, so a change of its files since then"
                + " would not be noticed.";
    }

    private static String beginning(String hex) {
        return hex == null ? "none" : hex.substring(0, Math.min(8, hex.length())) + "…";
    }
}

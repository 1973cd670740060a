package org.oddlens.engine.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.run.FailureSentence;
import org.oddlens.engine.run.OutputException;
import org.oddlens.engine.run.OutputFile;

/**
 * {@code cells.csv}: finished cells, one line each, written as they come. A comparison that was killed goes on after the last
 * whole line.
 */
public final class CellFile {

    /** Its name in the folder of a comparison. */
    public static final String NAME = "cells.csv";

    private final Path file;
    private final Map<String, CellResult> results = new LinkedHashMap<>();

    /**
     * Opens or makes the file.
     *
     * @throws IOException if it is there and is no such file
     */
    public CellFile(Path file) throws IOException {
        this.file = file;
        String header = String.join(",", CellResult.COLUMNS);
        if (Files.exists(file)) {
            read(header);
        }
        List<String> lines = new ArrayList<>(List.of(header));
        results.values().forEach(result -> lines.add(result.line()));
        // Without what a kill left half-written.
        OutputFile.at(file, true).write(part -> Files.write(part, lines));
    }

    private void read(String header) throws IOException {
        String text = Files.readString(file);
        String[] lines = text.split("\n", -1);
        if (!lines[0].strip().equals(header)) {
            throw new IOException(file + " is no table of cells of this version: its first line is '" + lines[0].strip()
                    + "'. Choose another folder.");
        }
        for (int i = 1; i < lines.length - 1; i++) { // what follows the last line break is no whole line
            try {
                CellResult result = CellResult.parse(lines[i].strip());
                results.put(result.cell(), result);
            } catch (IllegalArgumentException e) {
                throw new IOException(
                        "Line " + (i + 1) + " of " + file
                                + " is no cell: it does not have the columns of the first line, or not"
                                + " numbers where they belong. Mend or remove it.",
                        e);
            }
        }
    }

    /** What is known of a cell, null if nothing. */
    public synchronized CellResult get(Cell cell) {
        CellResult result = results.get(cell.hash());
        // What a data set is called follows from its place and the others; what it is does not.
        return result == null ? null : result.on(cell.data().name());
    }

    /** Adds a result and forces it to the disk. */
    public synchronized void add(CellResult result) throws IOException {
        results.put(result.cell(), result);
        try {
            Files.writeString(file, result.line() + "\n", StandardOpenOption.APPEND, StandardOpenOption.SYNC);
        } catch (IOException e) {
            throw new OutputException(FailureSentence.about(file, e), e);
        }
    }

    /** Results of these cells, in their order. */
    public synchronized List<CellResult> of(List<Cell> cells) {
        return cells.stream().map(this::get).filter(result -> result != null).toList();
    }
}

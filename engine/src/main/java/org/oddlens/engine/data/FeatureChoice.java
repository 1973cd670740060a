package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Leaves features out: those that are not wanted, and columns of a table that have no value in any row. */
final class FeatureChoice {

    private static final int NAMED = 10;

    private final Path file;
    private final List<String> notes;
    private final Set<String> leftOut;

    /** @param leftOut names of features that are not wanted; those that a table lacks are no matter */
    FeatureChoice(Path file, List<String> leftOut, List<String> notes) {
        this.file = file;
        this.leftOut = new LinkedHashSet<>(leftOut);
        this.notes = notes;
    }

    /** The names of all features left out, the empty ones included. */
    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    /**
     * Refuses names that are no features of these rows.
     *
     * @throws DataFormatException naming them, and the features there are
     */
    void requireKnown(RowBlock rows) {
        if (leftOut.isEmpty()) {
            return;
        }
        if (rows.rowShape().length != 1) {
            throw new DataFormatException(
                    file,
                    "Features can be left out of tables only; the rows of " + file.getFileName() + " have the shape "
                            + Sentences.shape(
                                    Arrays.stream(rows.rowShape()).boxed().toList()) + ".");
        }
        List<String> names = names(rows);
        for (String name : leftOut) {
            if (!names.contains(name)) {
                throw new DataFormatException(
                        file,
                        "There is no feature '" + name + "' to leave out. " + file.getFileName() + " has "
                                + Sentences.list(names, NAMED) + ".");
            }
        }
    }

    /** The rows without the unwanted features. */
    RowBlock without(RowBlock rows) {
        if (leftOut.isEmpty() || rows.rowShape().length != 1) {
            return rows;
        }
        List<String> names = names(rows);
        int[] left = IntStream.range(0, names.size())
                .filter(j -> !leftOut.contains(names.get(j)))
                .toArray();
        if (left.length == names.size()) {
            return rows;
        }
        if (left.length == 0) {
            throw new DataFormatException(
                    file, "All features of " + file.getFileName() + " are to be left out. Leave at least one in.");
        }
        List<String> gone = names.stream().filter(leftOut::contains).toList();
        notes.add(Sentences.count(gone.size(), "feature") + (gone.size() == 1 ? " is" : " are") + " left out: "
                + Sentences.list(gone, NAMED) + ".");
        return rows.columns(left, names);
    }

    /** The rows without columns that have no finite value at all. */
    RowBlock withoutEmpty(RowBlock rows) {
        int d = rows.width();
        boolean[] filled = new boolean[d];
        int seen = 0;
        for (int at = 0; at < rows.values().length() && seen < d; at++) {
            if (!filled[at % d] && Double.isFinite(rows.values().get(at))) {
                filled[at % d] = true;
                seen++;
            }
        }
        if (seen == d) {
            return rows;
        }
        if (seen == 0) {
            throw new DataFormatException(
                    file,
                    "No feature of " + file.getFileName() + " has a finite value in any row. Check what was saved.");
        }
        List<String> names = names(rows);
        List<String> empty = new ArrayList<>();
        for (int j = 0; j < d; j++) {
            if (!filled[j]) {
                empty.add(names.get(j));
            }
        }
        if (rows.rowShape().length != 1) {
            return rows; // an image or a window keeps its shape; the checks of missing values speak of it
        }
        leftOut.addAll(empty);
        notes.add(
                empty.size() == 1
                        ? "Column '" + empty.get(0) + "' has no finite value in any row; it is left out."
                        : Sentences.count(empty.size(), "column")
                                + " have no finite value in any row and are left out: " + Sentences.list(empty, NAMED)
                                + ".");
        return rows.columns(IntStream.range(0, d).filter(j -> filled[j]).toArray(), names);
    }

    private static List<String> names(RowBlock rows) {
        return rows.names() == null ? Dataset.defaultNames(rows.width()) : rows.names();
    }
}

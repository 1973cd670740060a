package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Proposes which columns name the rows or tell their time. Careful, because such a name may belong to a feature: an id
 * must be different in every row, and a time that is a number must never decrease.
 */
final class SideGuess {

    private static final List<String> ID_NAMES =
            List.of("id", "row_id", "rowid", "row id", "index", "sample_id", "record_id", "uuid", "unnamed: 0");
    private static final List<String> TIME_NAMES = List.of("timestamp", "time", "datetime", "date_time", "date");

    private final DataFile file;
    private final Roles roles;
    private final List<String> sentences = new ArrayList<>();

    /** @param roles what is known of features and label */
    SideGuess(DataFile file, Roles roles) {
        this.file = file;
        this.roles = roles;
    }

    /** True for a name that says id or time, so that such a column is no label by chance. */
    static boolean telling(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ID_NAMES.contains(lower) || TIME_NAMES.contains(lower);
    }

    /** The roles with an id and a time where they stand out. */
    Roles guess() {
        List<String> candidates = candidates();
        String id = first(candidates, ID_NAMES).filter(this::namesRows).orElse(null);
        String time = first(candidates, TIME_NAMES).filter(this::tellsTime).orElse(null);
        if (featuresLeft(id, time) < 1) {
            return roles;
        }
        String kind = columns().isEmpty() ? "'" : "Column '";
        if (id != null) {
            sentences.add(kind + id + "' names the rows and is no feature.");
        }
        if (time != null) {
            sentences.add(kind + time + "' tells the time of the rows and is no feature.");
        }
        return roles.withSide(id, time, List.of());
    }

    /** What was taken out, one sentence each; empty if nothing was. */
    List<String> sentences() {
        return List.copyOf(sentences);
    }

    private List<String> columns() {
        return file.columnNames(roles.features());
    }

    private List<String> candidates() {
        Stream<String> arrays = file.arrays().stream()
                .filter(a -> a.usable() && a.isVector() && a.size() == rows())
                .map(ArrayInfo::name);
        return Stream.concat(columns().stream(), arrays)
                .distinct()
                .filter(name -> !roles.names(name))
                .toList();
    }

    private long rows() {
        return length(roles.features(), roles.transpose() ? 1 : 0)
                + (roles.testFeatures() == null ? 0 : length(roles.testFeatures(), roles.transpose() ? 1 : 0));
    }

    private long length(String array, int axis) {
        List<Integer> shape = file.find(array).map(ArrayInfo::shape).orElse(List.of());
        return axis < shape.size() ? shape.get(axis) : 0;
    }

    private static Optional<String> first(List<String> candidates, List<String> names) {
        return names.stream()
                .flatMap(name -> candidates.stream().filter(c -> c.equalsIgnoreCase(name)))
                .findFirst();
    }

    private boolean namesRows(String name) {
        String[] cells = file.cells(List.of(name))[0];
        Set<String> different = new HashSet<>(Arrays.asList(cells));
        return cells.length > 1 && different.size() == cells.length && !different.contains("");
    }

    private boolean tellsTime(String name) {
        boolean text = file.find(name).filter(a -> a.type().equals("text")).isPresent();
        if (text) {
            return true;
        }
        double before = Double.NEGATIVE_INFINITY;
        for (double value : file.doubles(name)) {
            if (value < before) {
                return false;
            }
            before = Double.isNaN(value) ? before : value;
        }
        return before > Double.NEGATIVE_INFINITY;
    }

    private long featuresLeft(String id, String time) {
        List<String> table = columns();
        return table.isEmpty()
                ? 1
                : table.stream()
                        .filter(name -> !name.equals(id) && !name.equals(time) && !name.equals(roles.label()))
                        .count();
    }
}

package org.oddlens.engine.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Arrhythmia of the UCI repository, {@code arrhythmia.data}: 279 columns and a class from 1 to 16. The columns with missing
 * values ({@code ?}) are dropped, which leaves 274 of the whole file; the classes of few patients, 3, 4, 5, 7, 8, 9, 14 and
 * 15, are the anomalies.
 */
final class ArrhythmiaRecipe implements Recipe {

    private static final int COLUMNS = 279;
    private static final Set<String> CLASSES =
            IntStream.rangeClosed(1, 16).mapToObj(String::valueOf).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> RARE = Set.of("3", "4", "5", "7", "8", "9", "14", "15");

    @Override
    public String id() {
        return "arrhythmia";
    }

    @Override
    public String files() {
        return "arrhythmia.data";
    }

    @Override
    public PreparedTable read(List<Path> files, double keep) throws IOException {
        List<FloatList> columns = new ArrayList<>();
        for (int c = 0; c < COLUMNS; c++) {
            columns.add(new FloatList());
        }
        boolean[] missing = new boolean[COLUMNS];
        FloatList labels = new FloatList();
        RowChoice choice = new RowChoice(keep);
        for (Path file : files) {
            RawTable table = new RawTable(file, ',');
            table.read((fields, line) -> {
                if (fields.length != COLUMNS + 1) {
                    throw table.width(fields.length, COLUMNS + 1, line);
                }
                if (!CLASSES.contains(fields[COLUMNS])) {
                    throw table.unusable(line, "class", "'" + fields[COLUMNS] + "' is no class from 1 to 16");
                }
                if (choice.next()) {
                    for (int c = 0; c < COLUMNS; c++) {
                        missing[c] |= fields[c].equals("?");
                        columns.get(c)
                                .add(fields[c].equals("?") ? Float.NaN : table.number(fields[c], line, "V" + (c + 1)));
                    }
                    labels.add(RARE.contains(fields[COLUMNS]) ? 1 : 0);
                }
            });
        }
        return table(columns, missing, labels);
    }

    private static PreparedTable table(List<FloatList> columns, boolean[] missing, FloatList labels) {
        List<String> names = new ArrayList<>();
        List<FloatList> kept = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        for (int c = 0; c < COLUMNS; c++) {
            if (missing[c]) {
                notes.add("Column V" + (c + 1) + " has missing values and is left out.");
            } else {
                names.add("V" + (c + 1));
                kept.add(columns.get(c));
            }
        }
        return NumberTable.of("arrhythmia", names, kept, labels, notes);
    }
}

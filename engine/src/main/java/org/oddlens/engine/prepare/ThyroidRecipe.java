package org.oddlens.engine.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Thyroid of the UCI repository, {@code ann-train.data}: 21 columns and a class, separated by blanks. The six real-valued columns
 * are the features; class 1, hyperfunction, is the anomaly. The training file alone gives the 3,772 rows the field uses.
 */
final class ThyroidRecipe implements Recipe {

    private static final int COLUMNS = 21;
    private static final Set<String> CLASSES = Set.of("1", "2", "3");
    private static final List<String> NAMES = List.of("age", "TSH", "T3", "TT4", "T4U", "FTI");
    private static final int[] PLACES = {0, 16, 17, 18, 19, 20};

    @Override
    public String id() {
        return "thyroid";
    }

    @Override
    public String files() {
        return "ann-train.data";
    }

    @Override
    public PreparedTable read(List<Path> files, double keep) throws IOException {
        List<FloatList> columns = new ArrayList<>();
        NAMES.forEach(name -> columns.add(new FloatList()));
        FloatList labels = new FloatList();
        RowChoice choice = new RowChoice(keep);
        for (Path file : files) {
            RawTable table = new RawTable(file, ' ');
            table.read((given, line) -> {
                // Lines end with blanks, and some have two between fields.
                String[] fields =
                        Arrays.stream(given).filter(field -> !field.isEmpty()).toArray(String[]::new);
                if (fields.length != COLUMNS + 1) {
                    throw table.width(fields.length, COLUMNS + 1, line);
                }
                if (!CLASSES.contains(fields[COLUMNS])) {
                    throw table.unusable(line, "class", "'" + fields[COLUMNS] + "' is no class from 1 to 3");
                }
                if (choice.next()) {
                    for (int c = 0; c < PLACES.length; c++) {
                        columns.get(c).add(table.number(fields[PLACES[c]], line, NAMES.get(c)));
                    }
                    labels.add(fields[COLUMNS].equals("1") ? 1 : 0);
                }
            });
        }
        return NumberTable.of("thyroid", NAMES, columns, labels, List.of());
    }
}

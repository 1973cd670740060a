package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the columns that roles name beside the features and the label. A name is, in this order, a column of the table
 * of features, an array of its own with one value per row, or {@code x1}, {@code x2}, … in a table without column names.
 * Columns of the table are taken out of it, so that no detector sees them.
 */
final class ColumnRoles {

    private final DataFile file;
    private final Roles roles;
    private final Map<String, SideColumn.Role> wanted = new LinkedHashMap<>();

    ColumnRoles(DataFile file, Roles roles) {
        this.file = file;
        this.roles = roles;
        put(roles.id(), SideColumn.Role.ID);
        put(roles.time(), SideColumn.Role.TIME);
        roles.context().forEach(name -> put(name, SideColumn.Role.CONTEXT));
        put(roles.split(), SideColumn.Role.SPLIT);
    }

    private void put(String name, SideColumn.Role role) {
        if (name != null) {
            wanted.put(name, role);
        }
    }

    /** Takes the named columns out of a table read from {@code array}. */
    RowBlock takeOut(RowBlock rows, String array) {
        List<String> names = rows.names();
        if (names == null) {
            names = unnamedColumns(rows);
        }
        Map<Integer, String> places = new LinkedHashMap<>();
        for (String name : wanted.keySet()) {
            int place = names.indexOf(name);
            if (place >= 0) {
                places.put(place, name);
            }
        }
        if (places.isEmpty()) {
            return rows;
        }
        if (places.size() >= rows.width()) {
            throw new DataFormatException(
                    file.path(),
                    "Every column of '" + array + "' has a role beside the features, so none is left to train on."
                            + " Leave at least one.");
        }
        List<SideColumn> side = new ArrayList<>(rows.side());
        side.addAll(rows.names() == null ? numbers(array, places) : cells(places.values()));
        int[] left = IntStream.range(0, rows.width())
                .filter(j -> !places.containsKey(j))
                .toArray();
        return rows.columns(left, names).beside(side);
    }

    /** {@code x1}, {@code x2}, … where one of them is asked for and the file has no array of that name. */
    private List<String> unnamedColumns(RowBlock rows) {
        boolean asked = rows.rowShape().length == 1
                && wanted.keySet().stream()
                        .anyMatch(name -> name.matches("x[1-9]\\d{0,8}")
                                && file.find(name).isEmpty());
        return asked ? Dataset.defaultNames(rows.width()) : List.of();
    }

    private List<SideColumn> cells(Collection<String> names) {
        List<String> order = List.copyOf(names);
        String[][] cells = file.cells(order);
        return IntStream.range(0, order.size())
                .mapToObj(k -> new SideColumn(wanted.get(order.get(k)), order.get(k), cells[k]))
                .toList();
    }

    /** Columns of a table of numbers, in double precision so that long ids keep their digits. */
    private List<SideColumn> numbers(String array, Map<Integer, String> places) {
        List<Integer> shape = file.find(array).orElseThrow().shape();
        double[] values = file.doubles(array);
        int rows = shape.get(roles.transpose() ? 1 : 0);
        int d = shape.get(roles.transpose() ? 0 : 1);
        List<SideColumn> side = new ArrayList<>();
        places.forEach((place, name) -> {
            double[] column = new double[rows];
            for (int i = 0; i < rows; i++) {
                column[i] = roles.transpose() ? values[place * rows + i] : values[i * d + place];
            }
            side.add(new SideColumn(wanted.get(name), name, LabelText.of(column)));
        });
        return side;
    }

    /** Adds what does not lie in the table, from arrays or text columns with one value per row. */
    RowBlock addArrays(RowBlock rows) {
        Map<String, SideColumn> found = new HashMap<>();
        rows.side().forEach(column -> found.put(column.name(), column));
        List<String> others = wanted.keySet().stream()
                .filter(name -> !found.containsKey(name))
                .toList();
        others.forEach(this::requireVector);
        for (SideColumn column : cells(others)) {
            if (column.values().length != rows.count()) {
                throw new DataFormatException(
                        file.path(),
                        DataImport.mismatch(column.name(), column.values().length, roles.features(), rows.count()));
            }
            found.put(column.name(), column);
        }
        return rows.beside(wanted.keySet().stream().map(found::get).toList());
    }

    private void requireVector(String name) {
        boolean columns = !file.columnNames(roles.features()).isEmpty();
        ArrayInfo info = file.find(name).orElse(null);
        if (info == null && !columns) {
            throw new DataFormatException(
                    file.path(),
                    file.path().getFileName() + " has no array '" + name + "' for the role "
                            + wanted.get(name).key() + ". It has "
                            + Sentences.list(
                                    file.arrays().stream().map(ArrayInfo::name).toList(), 20)
                            + ".");
        }
        if (info != null && (!info.usable() || !info.isVector())) {
            throw new DataFormatException(
                    file.path(),
                    info.usable()
                            ? "The array '" + name + "' (" + info.shapeText() + ") has no single value per row, so it"
                                    + " cannot have the role "
                                    + wanted.get(name).key() + "."
                            : info.reason());
        }
    }
}

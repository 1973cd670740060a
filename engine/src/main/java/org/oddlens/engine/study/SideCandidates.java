package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.oddlens.engine.data.ArrayInfo;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.Roles;

/**
 * Names that can have the role id, time or context: columns of the table of features, and arrays with one value per row.
 *
 * @param names in the order of the file, without features and label
 */
record SideCandidates(List<String> names) {

    SideCandidates {
        names = List.copyOf(names);
    }

    static SideCandidates of(DataFile file, Roles roles) {
        Set<String> found = new LinkedHashSet<>(file.columnNames(roles.features()));
        ArrayInfo table = file.find(roles.features()).orElse(null);
        List<Integer> shape = table == null ? List.of() : table.shape();
        if (found.isEmpty() && shape.size() == 2) {
            int columns = shape.get(roles.transpose() ? 0 : 1) - (roles.labelColumn() ? 1 : 0);
            for (int j = 1; j <= Math.min(columns, DataInspection.MAX_COLUMNS); j++) {
                found.add("x" + j);
            }
        }
        long rows = rows(file, roles.features(), roles) + rows(file, roles.testFeatures(), roles);
        file.arrays().stream()
                .filter(array -> array.usable() && array.isVector() && array.size() == rows)
                .map(ArrayInfo::name)
                .forEach(found::add);
        List<String> names = new ArrayList<>(found);
        names.removeIf(name -> name.equals(roles.features())
                || name.equals(roles.label())
                || name.equals(roles.testFeatures())
                || name.equals(roles.testLabel())
                || name.equals(roles.split()));
        return new SideCandidates(
                names.size() > DataInspection.MAX_COLUMNS ? names.subList(0, DataInspection.MAX_COLUMNS) : names);
    }

    private static long rows(DataFile file, String array, Roles roles) {
        if (array == null) {
            return 0;
        }
        List<Integer> shape = file.find(array).map(ArrayInfo::shape).orElse(List.of());
        int axis = roles.transpose() ? 1 : 0;
        return axis < shape.size() ? shape.get(axis) : 0;
    }
}

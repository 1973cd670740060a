package org.oddlens.engine.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.DataFiles;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.data.Roles;

/**
 * A file that a run has not seen, read with the run's own roles: what was no feature there is none here. A label, id,
 * time or context that the file lacks is left out; a file without the run's array of features is read by guess.
 */
final class NewRows {

    private final Path path;
    private final Roles recorded;

    /** @param recorded roles of the run, or null to guess */
    NewRows(Path path, Roles recorded) {
        this.path = path;
        this.recorded = recorded;
    }

    ImportedData load() {
        return DataImport.load(DataSpec.of(path.toString()).withRoles(roles()));
    }

    private Roles roles() {
        if (recorded == null) {
            return null;
        }
        try (DataFile file = DataFiles.open(path)) {
            if (file.find(recorded.features()).isEmpty()) {
                return null;
            }
            Set<String> names = new HashSet<>(file.columnNames(recorded.features()));
            file.arrays().forEach(array -> names.add(array.name()));
            boolean unnamed = file.columnNames(recorded.features()).isEmpty();
            Roles found = label(file, names)
                    .withSide(
                            present(recorded.id(), names, unnamed),
                            present(recorded.time(), names, unnamed),
                            context(names, unnamed));
            return recorded.transpose() ? found.withTranspose(true) : found;
        }
    }

    private Roles label(DataFile file, Set<String> names) {
        if (recorded.labelColumn()) {
            return Roles.lastColumn(recorded.features(), recorded.anomalyValues(), recorded.normalValues());
        }
        if (recorded.label() == null || !names.contains(recorded.label())) {
            return Roles.unlabelled(recorded.features());
        }
        Set<String> unknown = new HashSet<>(List.of(file.texts(recorded.label())));
        recorded.anomalyValues().forEach(unknown::remove);
        recorded.normalValues().forEach(unknown::remove);
        // Values that the run never met say nothing about anomalies; the column still is no feature.
        boolean mapped = unknown.isEmpty()
                || recorded.anomalyValues().isEmpty()
                || recorded.normalValues().isEmpty();
        return mapped
                ? Roles.labelled(
                        recorded.features(), recorded.label(), recorded.anomalyValues(), recorded.normalValues())
                : Roles.labelled(recorded.features(), recorded.label(), List.of(), List.of());
    }

    /** In a table without column names, x1, x2, … are there as long as the table is as wide. */
    private static String present(String name, Set<String> names, boolean unnamed) {
        return name != null && (names.contains(name) || unnamed && name.matches("x[1-9]\\d*")) ? name : null;
    }

    private List<String> context(Set<String> names, boolean unnamed) {
        List<String> kept = new ArrayList<>();
        for (String name : recorded.context()) {
            if (present(name, names, unnamed) != null) {
                kept.add(name);
            }
        }
        return kept;
    }
}

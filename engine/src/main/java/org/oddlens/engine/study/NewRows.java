package org.oddlens.engine.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.DataFiles;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.RoleGuess;
import org.oddlens.engine.data.Roles;

/**
 * A file that a run has not seen, read with the run's own roles, columns and policy for missing values: what was no feature
 * there is none here. A label, id, time or context that the file lacks is left out; one that only the new file has is found
 * by its name. A file without the run's array of features is read by guess.
 */
final class NewRows {

    private static final String NO_ID = "none";

    private final Path path;
    private final DataSpec recorded;
    private final MissingPolicy missing;
    private final String id;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param recorded data of the run
     * @param missing  what happens to missing values
     * @param id       column that names the rows, {@code none} for none, null for the run's or a guess
     */
    NewRows(Path path, DataSpec recorded, MissingPolicy missing, String id) {
        this.path = path;
        this.recorded = recorded;
        this.missing = missing;
        this.id = id;
    }

    ImportedData load() {
        DataSpec wanted = DataSpec.of(path.toString())
                .withRoles(roles())
                .withMissing(missing)
                .withColumns(recorded.columns())
                .withLeftOut(recorded.leftOut());
        return DataImport.loadUnseen(wanted).noting(notes);
    }

    private Roles roles() {
        Roles known = recorded.roles();
        if (known == null) {
            return null;
        }
        try (DataFile file = DataFiles.open(path)) {
            Roles guess = RoleGuess.of(file).roles();
            String features = file.find(known.features()).isPresent() ? known.features() : guess.features();
            Set<String> names = new HashSet<>(file.columnNames(features));
            boolean unnamed = names.isEmpty();
            file.arrays().forEach(array -> names.add(array.name()));
            Roles found = label(file, features, names, guess);
            String time = present(known.time(), names, unnamed);
            found = found.withSide(
                    id(names, unnamed, found, guess),
                    time == null ? free(guess.time(), found) : time,
                    context(names, unnamed));
            boolean transpose = features.equals(known.features()) ? known.transpose() : guess.transpose();
            return transpose ? found.withTranspose(true) : found;
        }
    }

    /** New rows may be named where those of the training were not. */
    private String id(Set<String> names, boolean unnamed, Roles found, Roles guess) {
        if (id != null) {
            return id.equals(NO_ID) ? null : id;
        }
        String known = present(recorded.roles().id(), names, unnamed);
        return known == null ? free(guess.id(), found) : known;
    }

    private Roles label(DataFile file, String features, Set<String> names, Roles guess) {
        Roles known = recorded.roles();
        if (known.labelColumn()) {
            return Roles.lastColumn(features, known.anomalyValues(), known.normalValues());
        }
        String label = known.label() != null && names.contains(known.label()) ? known.label() : null;
        if (label == null && guess.label() != null && !isFeature(guess.label()) && known.label() == null) {
            return Roles.labelled(features, guess.label(), guess.anomalyValues(), guess.normalValues());
        }
        if (label == null) {
            return Roles.unlabelled(features);
        }
        Set<String> unknown = new LinkedHashSet<>(List.of(file.texts(label)));
        known.anomalyValues().forEach(unknown::remove);
        known.normalValues().forEach(unknown::remove);
        unknown.remove("");
        boolean oneSided =
                known.anomalyValues().isEmpty() || known.normalValues().isEmpty();
        if (unknown.isEmpty() || oneSided) {
            return Roles.labelled(features, label, known.anomalyValues(), known.normalValues());
        }
        // Values that the run never met say nothing about anomalies; the column still is no feature.
        notes.add("The label '" + label + "' of " + path.getFileName() + " has values that the run does not know ("
                + String.join(", ", unknown.stream().limit(8).toList())
                + (unknown.size() > 8 ? ", …" : "") + "), so no row is called an anomaly or normal by it.");
        return Roles.labelled(features, label, List.of(), List.of());
    }

    private boolean isFeature(String name) {
        return recorded.columns() != null && recorded.columns().contains(name);
    }

    private String free(String guessed, Roles taken) {
        return guessed == null || isFeature(guessed) || taken.names(guessed) ? null : guessed;
    }

    /** In a table without column names, x1, x2, … are there as long as the table is as wide. */
    private static String present(String name, Set<String> names, boolean unnamed) {
        return name != null && (names.contains(name) || unnamed && name.matches("x[1-9]\\d*")) ? name : null;
    }

    private List<String> context(Set<String> names, boolean unnamed) {
        List<String> kept = new ArrayList<>();
        for (String name : recorded.roles().context()) {
            if (present(name, names, unnamed) != null) {
                kept.add(name);
            }
        }
        return kept;
    }
}

package org.oddlens.engine.study;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.oddlens.engine.data.DataFile;
import org.oddlens.engine.data.DataFiles;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ImportReport;
import org.oddlens.engine.data.ImportedData;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.RoleGuess;
import org.oddlens.engine.data.Roles;

/**
 * A file that a run has not seen, read with the run's own roles: what was no feature there is none here. A label, id,
 * time or context that the file lacks is left out; a file without the run's array of features is read by guess.
 */
final class NewRows {

    private static final String NO_ID = "none";
    private static final int SHOWN = 8;

    private final Path path;
    private final Roles recorded;
    private final MissingPolicy missing;
    private final String id;
    private final List<String> notes = new ArrayList<>();

    /**
     * @param recorded what the run records about its data; roles that are null are guessed
     * @param missing  what happens to missing values
     * @param id       column that names the rows, {@code none} for none, null for the run's or a guess
     */
    NewRows(Path path, DataSpec recorded, MissingPolicy missing, String id) {
        this.path = path;
        this.recorded = recorded.roles();
        this.missing = missing;
        this.id = id;
    }

    ImportedData load() {
        ImportedData imported =
                DataImport.load(DataSpec.of(path.toString()).withRoles(roles()).withMissing(missing));
        ImportReport report = imported.report();
        List<String> sentences = new ArrayList<>(notes);
        if (report.missing() + report.infinite() > 0) {
            sentences.add(report.sentences().get(0)); // the most important one comes first; the others are about training
        }
        return new ImportedData(
                imported.dataset(),
                imported.spec(),
                new ImportReport(
                        sentences,
                        report.droppedRows(),
                        report.missing(),
                        report.infinite(),
                        report.duplicates(),
                        report.constantFeatures()));
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
                            id(file, names, unnamed),
                            present(recorded.time(), names, unnamed),
                            context(names, unnamed));
            return recorded.transpose() ? found.withTranspose(true) : found;
        }
    }

    /** New rows may be named where those of the training were not. */
    private String id(DataFile file, Set<String> names, boolean unnamed) {
        if (id != null) {
            return id.equals(NO_ID) ? null : id;
        }
        if (recorded.id() != null) {
            return present(recorded.id(), names, unnamed);
        }
        String guess = RoleGuess.of(file).roles().id();
        return guess == null || recorded.names(guess) ? null : guess;
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
        if (!mapped) {
            notes.add("'" + recorded.label() + "' has label values that the run does not know ("
                    + unknown.stream().sorted().limit(SHOWN).collect(Collectors.joining(", "))
                    + (unknown.size() > SHOWN ? ", …" : "") + "), so no labels are used; known are "
                    + Stream.concat(recorded.anomalyValues().stream(), recorded.normalValues().stream())
                            .limit(SHOWN)
                            .collect(Collectors.joining(", "))
                    + ".");
        }
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

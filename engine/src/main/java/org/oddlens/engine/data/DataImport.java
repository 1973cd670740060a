package org.oddlens.engine.data;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns a file and the roles of its arrays into a {@link Dataset}. */
public final class DataImport {

    private final DataSpec spec;
    private final ReadBudget budget;
    private final Path path;
    private final List<String> notes = new ArrayList<>();

    private DataImport(DataSpec spec, ReadBudget budget) {
        this.spec = spec;
        this.budget = budget;
        this.path = path(spec.file());
    }

    /** Loads with guessed roles; missing values are refused ({@link MissingPolicy#REPORT}). */
    public static ImportedData load(Path file) {
        return load(DataSpec.of(file.toString()));
    }

    /** Loads with {@link ReadBudget#DEFAULT}. */
    public static ImportedData load(DataSpec spec) {
        return load(spec, ReadBudget.DEFAULT);
    }

    /**
     * Loads.
     *
     * @throws DataFormatException if the file cannot be read, the roles do not fit, the digest differs from
     *     {@code spec.sha256()} where one is given, or values are missing under {@link MissingPolicy#REPORT}
     */
    public static ImportedData load(DataSpec spec, ReadBudget budget) {
        return new DataImport(spec, budget).load();
    }

    private static Path path(String file) {
        try {
            return Path.of(file);
        } catch (InvalidPathException invalid) {
            throw new DataFormatException(null, "'" + file + "' is not a path: " + invalid.getReason() + ".");
        }
    }

    private ImportedData load() {
        try (DataFile file = DataFiles.open(path, budget)) {
            String sha256 = digest(path, spec.sha256());
            Roles roles = spec.roles();
            if (roles == null) {
                RoleGuess guess = RoleGuess.of(file);
                roles = guess.roles();
                notes.addAll(guess.sentences());
            }
            notes.addAll(file.notes());
            noteUnusedText(file, roles);
            RowBlock rows = block(file, roles);
            String secondSha256 = null;
            if (spec.secondFile() != null) {
                Path second = path(spec.secondFile());
                secondSha256 = digest(second, spec.secondSha256());
                rows = rows.as(Part.TRAIN).append(second(second, roles).as(Part.TEST), second);
            }
            ImportChecks checks = new ImportChecks(path, rows, spec.missing(), notes);
            RowBlock kept = checks.handleMissing();
            boolean[] labels = labels(kept.labels(), roles);
            Dataset dataset = Dataset.builder(stem(path), kept.values(), kept.rowShape())
                    .labels(labels)
                    .classes(kept.labels())
                    .ownSplit(kept.parts())
                    .featureNames(kept.names())
                    .rowNumbers(kept.numbers())
                    .sideColumns(kept.side())
                    .source(path, sha256)
                    .build();
            DataSpec complete =
                    new DataSpec(spec.file(), sha256, roles, spec.missing(), spec.secondFile(), secondSha256);
            return new ImportedData(dataset, complete, checks.report(dataset));
        }
    }

    private void noteUnusedText(DataFile file, Roles roles) {
        if (file.columnNames(roles.features()).isEmpty()) {
            return;
        }
        List<String> unused = file.arrays().stream()
                .filter(a -> a.type().equals("text"))
                .map(ArrayInfo::name)
                .filter(name -> !roles.names(name))
                .toList();
        if (!unused.isEmpty()) {
            notes.add(Sentences.count(unused.size(), "text column") + (unused.size() == 1 ? " is" : " are")
                    + " not used as features: " + Sentences.list(unused, 10) + ".");
        }
    }

    private RowBlock second(Path second, Roles roles) {
        try (DataFile file = DataFiles.open(second, budget)) {
            return block(file, roles);
        }
    }

    private static String digest(Path path, String expected) {
        String found;
        try {
            found = Sha256.of(path);
        } catch (IOException unreadable) {
            throw new DataFormatException(
                    path, path.getFileName() + " cannot be read: " + unreadable.getMessage() + ".", unreadable);
        }
        if (expected != null && !expected.isEmpty() && !expected.equalsIgnoreCase(found)) {
            throw new DataFormatException(
                    path,
                    "This record was made with different data: expected SHA-256 " + shorten(expected) + ", but "
                            + path.getFileName() + " has " + shorten(found)
                            + ". Choose the original file, or start a new run.");
        }
        return found;
    }

    private static String shorten(String hex) {
        return hex.length() > 8 ? hex.substring(0, 8) + "…" : hex;
    }

    private static String stem(Path path) {
        String name = path.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private RowBlock block(DataFile file, Roles roles) {
        RowBlock rows = RowBlock.read(file, roles.features(), roles, roles.label(), notes);
        if (roles.testFeatures() != null) {
            RowBlock test = RowBlock.read(file, roles.testFeatures(), roles, roles.testLabel(), notes);
            rows = rows.as(Part.TRAIN).append(test.as(Part.TEST), file.path());
        }
        rows = new ColumnRoles(file, roles).addArrays(rows);
        for (SideColumn column : rows.side()) {
            if (column.role() == SideColumn.Role.SPLIT) {
                rows = rows.with(parts(file, column.name(), column.values()));
            }
        }
        return rows.beside(rows.side().stream()
                .filter(column -> column.role() != SideColumn.Role.SPLIT)
                .toList());
    }

    private static Part[] parts(DataFile file, String array, String[] texts) {
        Part[] parts = new Part[texts.length];
        for (int i = 0; i < texts.length; i++) {
            parts[i] = switch (texts[i].toLowerCase(Locale.ROOT).replaceFirst("\\.0+$", "")) {
                case "0", "train", "training" -> Part.TRAIN;
                case "1", "validation", "valid", "val" -> Part.VALIDATION;
                case "2", "test", "testing" -> Part.TEST;
                default -> throw new DataFormatException(
                        file.path(),
                        "The split array '" + array + "' has the value '" + texts[i] + "' in row " + i
                                + ". Use train, validation and test, or 0, 1 and 2.");
            };
        }
        return parts;
    }

    /** "'y' has 3,773 values but 'X' has 3,772 rows." and what to do. */
    static String mismatch(String label, long labels, String features, long rows) {
        return "'" + label + "' has " + Sentences.count(labels, "value") + " but '" + features + "' has "
                + Sentences.count(rows, "row") + ". "
                + (Math.abs(labels - rows) == 1 ? "Most often a header row was counted or lost. " : "")
                + "Choose another label, or save the file again.";
    }

    private boolean[] labels(String[] texts, Roles roles) {
        if (texts == null
                || roles.anomalyValues().isEmpty() && roles.normalValues().isEmpty()) {
            return null;
        }
        boolean[] labels = new boolean[texts.length];
        for (int i = 0; i < texts.length; i++) {
            boolean anomaly = roles.anomalyValues().contains(texts[i]);
            boolean normal = roles.normalValues().contains(texts[i]);
            if (anomaly && normal) {
                throw new DataFormatException(
                        path, "The label value " + texts[i] + " is said to mean both anomaly and normal. Remove one.");
            }
            if (!anomaly
                    && !normal
                    && !roles.anomalyValues().isEmpty()
                    && !roles.normalValues().isEmpty()) {
                throw new DataFormatException(
                        path,
                        "Row " + i + " has the label value " + texts[i] + ", which is said to mean neither anomaly ("
                                + Sentences.list(roles.anomalyValues(), 8) + ") nor normal ("
                                + Sentences.list(roles.normalValues(), 8) + "). Add it to one of them.");
            }
            labels[i] = anomaly || roles.anomalyValues().isEmpty() && !normal;
        }
        if (texts.length > 0
                && Arrays.stream(texts).noneMatch(t -> roles.anomalyValues().contains(t))
                && !roles.anomalyValues().isEmpty()) {
            notes.add(
                    "No row has a label value that means anomaly (" + Sentences.list(roles.anomalyValues(), 8) + ").");
        }
        return labels;
    }
}

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

    private static final int SHOWN_ODD = 3;

    private final DataSpec spec;
    private final ReadBudget budget;
    private final Path path;
    private final List<String> notes = new ArrayList<>();
    private final FeatureChoice features;
    private final boolean unseen;
    private Roles meaning;
    private Roles secondRoles;
    private String secondSha256;

    private DataImport(DataSpec spec, ReadBudget budget, boolean unseen) {
        this.spec = spec;
        this.budget = budget;
        this.unseen = unseen;
        this.path = path(spec.file());
        this.features = new FeatureChoice(path, spec.leftOut(), notes);
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
        return new DataImport(spec, budget, false).load();
    }

    /** Loads from the file of {@code spec}, which is open already and stays so. */
    public static ImportedData load(DataSpec spec, DataFile open) {
        return new DataImport(spec, ReadBudget.DEFAULT, false).load(open);
    }

    /**
     * Loads rows that a detector has not seen, for it to score: its columns are wanted, whatever stands in them, and nothing
     * is said of how good the rows would be to train on.
     */
    public static ImportedData loadUnseen(DataSpec spec) {
        return new DataImport(spec, ReadBudget.DEFAULT, true).load();
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
            return load(file);
        }
    }

    private ImportedData load(DataFile file) {
        String sha256 = digest(path, spec.sha256());
        Roles roles = spec.roles();
        if (roles == null) {
            RoleGuess guess = RoleGuess.of(file);
            guess.requireIntendedRows(file);
            roles = guess.roles();
            notes.addAll(guess.sentences());
        }
        notes.addAll(file.notes());
        noteUnusedText(file, roles);
        meaning = roles;
        RowBlock whole = block(file, roles);
        boolean named = whole.names() != null && file.namesColumns();
        if (!unseen) {
            features.requireKnown(whole);
        }
        RowBlock rows = new ColumnMatch(path, spec.columns(), "the training data")
                .of(features.without(whole), named, texts(file), notes);
        if (spec.secondFile() != null) {
            rows = withSecond(rows, roles, named);
        }
        rows = unseen ? rows : features.withoutEmpty(rows);
        ImportChecks checks = new ImportChecks(path, rows, spec.missing(), notes);
        RowBlock kept = handled(checks, file);
        Dataset dataset = Dataset.builder(stem(path), kept.values(), kept.rowShape())
                .labels(labels(kept.labels(), meaning))
                .classes(kept.labels())
                .ownSplit(kept.parts())
                .featureNames(kept.names())
                .named(named)
                .rowNumbers(kept.numbers())
                .sideColumns(kept.side())
                .source(path, sha256)
                .build();
        DataSpec complete = new DataSpec(
                spec.file(),
                sha256,
                roles,
                spec.missing(),
                spec.secondFile(),
                secondSha256,
                secondRoles,
                named ? dataset.featureNames() : spec.columns(),
                features.leftOut());
        return new ImportedData(dataset, complete, unseen ? checks.plain() : checks.report(dataset));
    }

    private RowBlock handled(ImportChecks checks, DataFile file) {
        try {
            return checks.handleMissing();
        } catch (MissingValuesException stop) {
            if (file.oddCells().isEmpty()) {
                throw stop;
            }
            throw new MissingValuesException(
                    path, Sentences.first(file.oddCells(), SHOWN_ODD) + " " + stop.getMessage());
        }
    }

    private static List<String> texts(DataFile file) {
        return file.arrays().stream()
                .filter(array -> array.type().equals("text"))
                .map(ArrayInfo::name)
                .toList();
    }

    private RowBlock withSecond(RowBlock rows, Roles roles, boolean named) {
        Path second = path(spec.secondFile());
        try (DataFile file = DataFiles.open(second, budget)) {
            secondSha256 = digest(second, spec.secondSha256());
            secondRoles = spec.secondRoles() == null
                    ? new SecondRoles(file, roles, named ? rows.names() : null).roles()
                    : spec.secondRoles();
            RowBlock whole = block(file, secondRoles);
            RowBlock test = new ColumnMatch(second, named ? rows.names() : null, "the training rows")
                    .of(features.without(whole), whole.names() != null && file.namesColumns(), texts(file), notes);
            return join(rows, test, second, secondRoles);
        }
    }

    /** Training rows, then test rows; labels of one part alone are told and made to fit. */
    private RowBlock join(RowBlock train, RowBlock test, Path file, Roles testRoles) {
        RowBlock first = train.as(Part.TRAIN);
        String normal = testRoles.normalValues().isEmpty()
                ? "normal"
                : testRoles.normalValues().get(0);
        if (train.labels() == null && test.labels() != null) {
            meaning = testRoles;
            notes.remove(RoleGuess.NO_LABEL);
            notes.add("The training rows have no labels; all of them count as normal (label value " + normal + ").");
        } else if (train.labels() != null && test.labels() == null) {
            first = first.labelled(null);
            notes.add("The test rows have no labels, so nothing can be evaluated; the labels of the training rows are"
                    + " not used.");
        }
        return first.append(test.as(Part.TEST), file, normal);
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
            rows = join(rows, test, file.path(), roles);
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

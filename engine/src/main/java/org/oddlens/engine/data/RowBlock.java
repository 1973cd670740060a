package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Rows on their way from a file to a {@link Dataset}.
 *
 * @param values   row-major
 * @param rowShape lengths of one row
 * @param names    feature names, or null
 * @param labels   label text per row, or null
 * @param parts    part per row, or null
 * @param numbers  number of each row in its file, or null for 0, 1, 2, ...
 * @param side     columns kept beside the features
 */
record RowBlock(
        RowValues values,
        int[] rowShape,
        List<String> names,
        String[] labels,
        Part[] parts,
        int[] numbers,
        List<SideColumn> side) {

    /** Reads rows and their labels; transposes, flattens [1, n], takes off a label column as the roles say. */
    static RowBlock read(DataFile file, String array, Roles roles, String label, List<String> notes) {
        ArrayInfo info = file.find(array)
                .orElseThrow(() -> new DataFormatException(
                        file.path(),
                        file.path().getFileName() + " has no array '" + array + "'. It has "
                                + Sentences.list(
                                        file.arrays().stream()
                                                .map(ArrayInfo::name)
                                                .toList(),
                                        20) + "."));
        if (!info.usable() || info.type().equals("text")) {
            throw new DataFormatException(
                    file.path(),
                    info.usable()
                            ? "The array '" + array + "' holds text, so it cannot serve as rows."
                            : info.reason());
        }
        int[] shape = info.shape().stream().mapToInt(Integer::intValue).toArray();
        if (shape.length == 0) {
            throw new DataFormatException(file.path(), "The array '" + array + "' is a single value, not rows.");
        }
        RowValues values = RowValues.of(file, info);
        if (roles.transpose()) {
            if (shape.length != 2) {
                throw new DataFormatException(
                        file.path(), "The array '" + array + "' (" + info.shapeText() + ") cannot be transposed.");
            }
            values = values.transposed(shape[0], shape[1]);
            shape = new int[] {shape[1], shape[0]};
            notes.add("'" + array + "' was transposed: " + info.shapeText() + " became "
                    + Sentences.shape(List.of(shape[0], shape[1])) + ".");
        }
        int[] rowShape = shape.length == 1 ? new int[] {1} : Arrays.copyOfRange(shape, 1, shape.length);
        List<String> names = file.columnNames(array);
        RowBlock block = new RowBlock(values, rowShape, names.isEmpty() ? null : names, null, null, null, List.of());
        // The other roles first: the places of their columns are those of the whole table.
        ColumnRoles others = new ColumnRoles(file, roles);
        if (roles.labelColumn()) {
            return block.splitLastColumn(file.path(), others, array);
        }
        block = others.takeOut(block, array);
        return label == null ? block : block.labelled(file, array, label);
    }

    private RowBlock splitLastColumn(Path file, ColumnRoles others, String array) {
        if (rowShape.length != 1 || rowShape[0] < 2) {
            throw new DataFormatException(
                    file, "The last column can be the label only of a table of two columns or more.");
        }
        int d = rowShape[0];
        String[] texts = new String[count()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = LabelText.of(values.get(i * d + d - 1));
        }
        RowBlock rest = columns(IntStream.range(0, d - 1).toArray(), names);
        return others.takeOut(rest, array).labelled(intern(texts));
    }

    /** The same rows with other names of their features. */
    RowBlock called(List<String> others) {
        return new RowBlock(values, rowShape, others, labels, parts, numbers, side);
    }

    /** The same rows with other labels, or with none. */
    RowBlock labelled(String[] texts) {
        return new RowBlock(values, rowShape, names, texts, parts, numbers, side);
    }

    private RowBlock labelled(DataFile file, String array, String label) {
        String[] texts = intern(file.texts(label));
        if (texts.length != count()) {
            throw new DataFormatException(file.path(), DataImport.mismatch(label, texts.length, array, count()));
        }
        int column = names == null ? -1 : names.indexOf(label);
        int[] left = IntStream.range(0, width()).filter(j -> j != column).toArray();
        return (column < 0 ? this : columns(left, names)).labelled(texts);
    }

    /** Equal texts share one object, so that a million labels take little room. */
    private static String[] intern(String[] texts) {
        Map<String, String> seen = new HashMap<>();
        for (int i = 0; i < texts.length; i++) {
            String known = seen.size() < 10_000 ? seen.putIfAbsent(texts[i], texts[i]) : seen.get(texts[i]);
            texts[i] = known == null ? texts[i] : known;
        }
        return texts;
    }

    /** Only these columns of a table, in this order; {@code all} names every column, or is null. */
    RowBlock columns(int[] left, List<String> all) {
        List<String> rest =
                all == null ? null : Arrays.stream(left).mapToObj(all::get).toList();
        return new RowBlock(
                values.columns(left, rowShape[0]), new int[] {left.length}, rest, labels, parts, numbers, side);
    }

    /** The same rows with these columns beside them. */
    RowBlock beside(List<SideColumn> columns) {
        return new RowBlock(values, rowShape, names, labels, parts, numbers, List.copyOf(columns));
    }

    int width() {
        return Arrays.stream(rowShape).reduce(1, Math::multiplyExact);
    }

    int count() {
        return values.length() / width();
    }

    RowBlock as(Part part) {
        Part[] all = new Part[count()];
        Arrays.fill(all, part);
        return with(all);
    }

    RowBlock with(Part[] other) {
        return new RowBlock(values, rowShape, names, labels, other, numbers, side);
    }

    /**
     * These rows, then the others; both must have the same row shape. Where only one of them has labels or a column beside
     * the features, the other's rows have {@code unlabelled} or "" there.
     */
    RowBlock append(RowBlock other, Path file, String unlabelled) {
        if (!Arrays.equals(rowShape, other.rowShape)) {
            throw new DataFormatException(
                    file,
                    "The training rows have the shape " + Sentences.shape(boxed(rowShape)) + ", but the test rows "
                            + Sentences.shape(boxed(other.rowShape)) + ". Both must have the same features.");
        }
        Part[] joinedParts = Arrays.copyOf(parts, count() + other.count());
        System.arraycopy(other.parts, 0, joinedParts, count(), other.count());
        String[] joinedLabels = null;
        if (labels != null || other.labels != null) {
            joinedLabels = Arrays.copyOf(or(labels, count(), unlabelled), count() + other.count());
            System.arraycopy(or(other.labels, other.count(), unlabelled), 0, joinedLabels, count(), other.count());
        }
        return new RowBlock(
                values.append(other.values), rowShape, names, joinedLabels, joinedParts, null, joinedSide(other));
    }

    private List<SideColumn> joinedSide(RowBlock other) {
        List<SideColumn> joined = new ArrayList<>();
        for (SideColumn column : side) {
            joined.add(column.append(other.beside(column).orElseGet(() -> column.blank(other.count()))));
        }
        for (SideColumn column : other.side) {
            if (beside(column).isEmpty()) {
                joined.add(column.blank(count()).append(column));
            }
        }
        return joined;
    }

    private Optional<SideColumn> beside(SideColumn like) {
        return side.stream()
                .filter(column -> column.role() == like.role())
                .filter(column ->
                        like.role() != SideColumn.Role.CONTEXT || column.name().equals(like.name()))
                .findFirst();
    }

    private static String[] or(String[] texts, int count, String text) {
        String[] all = texts;
        if (all == null) {
            all = new String[count];
            Arrays.fill(all, text);
        }
        return all;
    }

    private static List<Integer> boxed(int[] shape) {
        return Arrays.stream(shape).boxed().toList();
    }

    /** Only the given rows. */
    RowBlock select(int[] rows) {
        String[] keptLabels = labels == null ? null : new String[rows.length];
        Part[] keptParts = parts == null ? null : new Part[rows.length];
        int[] keptNumbers = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            keptNumbers[i] = numbers == null ? rows[i] : numbers[rows[i]];
            if (labels != null) {
                keptLabels[i] = labels[rows[i]];
            }
            if (parts != null) {
                keptParts[i] = parts[rows[i]];
            }
        }
        List<SideColumn> keptSide =
                side.stream().map(column -> column.select(rows)).toList();
        return new RowBlock(values.rows(rows, width()), rowShape, names, keptLabels, keptParts, keptNumbers, keptSide);
    }
}

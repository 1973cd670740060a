package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows on their way from a file to a {@link Dataset}.
 *
 * @param values   row-major
 * @param rowShape lengths of one row
 * @param names    feature names, or null
 * @param labels   label text per row, or null
 * @param parts    part per row, or null
 * @param ids      number of each row in its file, or null for 0, 1, 2, ...
 */
record RowBlock(float[] values, int[] rowShape, List<String> names, String[] labels, Part[] parts, int[] ids) {

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
        float[] values = file.floats(array);
        if (shape.length == 0) {
            throw new DataFormatException(file.path(), "The array '" + array + "' is a single value, not rows.");
        }
        if (roles.transpose()) {
            if (shape.length != 2) {
                throw new DataFormatException(
                        file.path(), "The array '" + array + "' (" + info.shapeText() + ") cannot be transposed.");
            }
            values = transposed(values, shape[0], shape[1]);
            shape = new int[] {shape[1], shape[0]};
            notes.add("'" + array + "' was transposed: " + info.shapeText() + " became "
                    + Sentences.shape(List.of(shape[0], shape[1])) + ".");
        }
        if (!info.type().startsWith("float32") && !info.type().equals("single")) {
            notes.add("'" + array + "' holds " + info.type() + " values; they are kept in single precision (float32).");
        }
        int[] rowShape = shape.length == 1 ? new int[] {1} : Arrays.copyOfRange(shape, 1, shape.length);
        List<String> names = file.columnNames(array);
        RowBlock block = new RowBlock(values, rowShape, names.isEmpty() ? null : names, null, null, null);
        if (roles.labelColumn()) {
            return block.splitLastColumn(file.path());
        }
        return label == null ? block : block.labelled(file, array, label);
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] out = new float[values.length];
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                out[j * rows + i] = values[i * columns + j];
            }
        }
        return out;
    }

    private RowBlock splitLastColumn(Path file) {
        if (rowShape.length != 1 || rowShape[0] < 2) {
            throw new DataFormatException(
                    file, "The last column can be the label only of a table of two columns or more.");
        }
        int d = rowShape[0];
        String[] texts = new String[count()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = LabelText.of(values[i * d + d - 1]);
        }
        RowBlock rest = without(d - 1);
        return new RowBlock(rest.values, rest.rowShape, rest.names, intern(texts), null, null);
    }

    private RowBlock labelled(DataFile file, String array, String label) {
        String[] texts = intern(file.texts(label));
        if (texts.length != count()) {
            throw new DataFormatException(file.path(), DataImport.mismatch(label, texts.length, array, count()));
        }
        int column = names == null ? -1 : names.indexOf(label);
        RowBlock rest = column < 0 ? this : without(column);
        return new RowBlock(rest.values, rest.rowShape, rest.names, texts, null, null);
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

    private RowBlock without(int column) {
        int d = rowShape[0];
        int rows = count();
        float[] out = new float[rows * (d - 1)];
        for (int i = 0; i < rows; i++) {
            System.arraycopy(values, i * d, out, i * (d - 1), column);
            System.arraycopy(values, i * d + column + 1, out, i * (d - 1) + column, d - 1 - column);
        }
        List<String> rest = null;
        if (names != null) {
            rest = new ArrayList<>(names);
            rest.remove(column);
        }
        return new RowBlock(out, new int[] {d - 1}, rest, labels, parts, ids);
    }

    int width() {
        return Arrays.stream(rowShape).reduce(1, Math::multiplyExact);
    }

    int count() {
        return values.length / width();
    }

    RowBlock as(Part part) {
        Part[] all = new Part[count()];
        Arrays.fill(all, part);
        return with(all);
    }

    RowBlock with(Part[] other) {
        return new RowBlock(values, rowShape, names, labels, other, ids);
    }

    /** These rows, then the others; both must have the same row shape. */
    RowBlock append(RowBlock other, Path file) {
        if (!Arrays.equals(rowShape, other.rowShape)) {
            throw new DataFormatException(
                    file,
                    "The training rows have the shape " + Arrays.toString(rowShape) + ", but the test rows "
                            + Arrays.toString(other.rowShape) + ". Both must have the same features.");
        }
        if ((labels == null) != (other.labels == null)) {
            throw new DataFormatException(
                    file,
                    "The " + (labels == null ? "test" : "training") + " rows have labels, but the "
                            + (labels == null ? "training" : "test") + " rows have none. Name both labels or neither.");
        }
        float[] joined = Arrays.copyOf(values, Math.addExact(values.length, other.values.length));
        System.arraycopy(other.values, 0, joined, values.length, other.values.length);
        Part[] joinedParts = Arrays.copyOf(parts, count() + other.count());
        System.arraycopy(other.parts, 0, joinedParts, count(), other.count());
        String[] joinedLabels = null;
        if (labels != null) {
            joinedLabels = Arrays.copyOf(labels, count() + other.count());
            System.arraycopy(other.labels, 0, joinedLabels, count(), other.count());
        }
        return new RowBlock(joined, rowShape, names, joinedLabels, joinedParts, null);
    }

    /** Only the given rows. */
    RowBlock select(int[] rows) {
        int d = width();
        float[] out = new float[rows.length * d];
        String[] keptLabels = labels == null ? null : new String[rows.length];
        Part[] keptParts = parts == null ? null : new Part[rows.length];
        int[] keptIds = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * d, out, i * d, d);
            keptIds[i] = ids == null ? rows[i] : ids[rows[i]];
            if (labels != null) {
                keptLabels[i] = labels[rows[i]];
            }
            if (parts != null) {
                keptParts[i] = parts[rows[i]];
            }
        }
        return new RowBlock(out, rowShape, names, keptLabels, keptParts, keptIds);
    }
}

package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A sparse matrix as SciPy's {@code save_npz} (csr, csc, coo) or PyData's {@code sparse} (coo) stores it: several arrays
 * of one archive that make one matrix, read as a full one.
 */
final class ScipySparse implements NpyEntry {

    private static final Set<String> SCIPY = Set.of("format", "shape", "data");
    private static final Set<String> PYDATA = Set.of("coords", "shape", "data");

    private final Path file;
    private final String name;
    private final Map<String, NpySource> parts;
    private final ReadBudget budget;

    private ScipySparse(Path file, String name, Map<String, NpySource> parts, ReadBudget budget) {
        this.file = file;
        this.name = name;
        this.parts = parts;
        this.budget = budget;
    }

    /** True if the keys of an archive are those of one sparse matrix. */
    static boolean isOne(Set<String> keys) {
        return keys.containsAll(SCIPY) || keys.containsAll(PYDATA);
    }

    /** The matrix that the parts make, named after the file. */
    static ScipySparse of(Path file, Map<String, NpySource> parts, ReadBudget budget) {
        String base = file.getFileName().toString();
        return new ScipySparse(
                file, base.endsWith(".npz") ? base.substring(0, base.length() - 4) : base, parts, budget);
    }

    @Override
    public String name() {
        return name;
    }

    private String format() {
        return parts.containsKey("format") ? parts.get("format").texts()[0] : "coo";
    }

    private NpySource part(String key) {
        NpySource part = parts.get(key);
        if (part == null) {
            throw wrong("lacks its part '" + key + "'");
        }
        return part;
    }

    private DataFormatException wrong(String what) {
        return new DataFormatException(
                file,
                "The sparse matrix in " + file.getFileName() + " " + what + ". Save it again, or as a full array.");
    }

    private int[] shape() {
        try {
            int[] shape = part("shape").array().ints();
            if (shape.length != 2 || shape[0] < 0 || shape[1] < 0) {
                throw wrong("has " + shape.length + " dimensions, not 2");
            }
            return shape;
        } catch (ArithmeticException large) {
            throw wrong("has a shape that is no pair of whole numbers");
        }
    }

    @Override
    public ArrayInfo info() {
        int[] shape = shape();
        String format = format();
        List<Integer> lengths = List.of(shape[0], shape[1]);
        if (!Set.of("csr", "csc", "coo").contains(format)) {
            return ArrayInfo.unusable(
                    name,
                    lengths,
                    "sparse " + format,
                    "The sparse matrix in " + file.getFileName() + " has the format " + format
                            + ", which Oddlens does not read. In Python, save m.tocsr(), or m.toarray() with numpy.savez.");
        }
        long bytes = (long) shape[0] * shape[1] * Double.BYTES;
        if (bytes / Double.BYTES > Integer.MAX_VALUE - 8 || bytes > budget.maxBytes()) {
            return ArrayInfo.unusable(
                    name,
                    lengths,
                    "sparse " + format,
                    "The sparse matrix in " + file.getFileName() + " takes as a full one " + budget.tooMuch(bytes)
                            + ".");
        }
        ValueScan scan = ValueScan.of(lengths);
        for (double value : doubles()) {
            scan.add(value);
        }
        return scan.info(name, lengths, "sparse " + format);
    }

    @Override
    public double[] doubles() {
        int[] shape = shape();
        double[] values = part("data").doubles();
        int[] rows;
        int[] columns;
        switch (format()) {
            case "csr" -> {
                columns = indices("indices");
                rows = expanded(indices("indptr"), shape[0], values.length);
            }
            case "csc" -> {
                rows = indices("indices");
                columns = expanded(indices("indptr"), shape[1], values.length);
            }
            default -> {
                int[] coords = parts.containsKey("coords") ? indices("coords") : null;
                if (coords != null && coords.length != 2L * values.length) {
                    throw wrong("has other than two coordinates for each value");
                }
                rows = coords == null ? coordinates(0) : Arrays.copyOf(coords, values.length);
                columns = coords == null ? coordinates(1) : Arrays.copyOfRange(coords, values.length, coords.length);
            }
        }
        double[] out = new double[Math.multiplyExact(shape[0], shape[1])];
        Arrays.fill(out, fill());
        // the starts of the lines, not the arrays' lengths, say how many values are meant; there may be room for more
        int count = format().equals("csr") ? rows.length : format().equals("csc") ? columns.length : values.length;
        if (values.length < count || rows.length < count || columns.length < count) {
            throw wrong("has " + Sentences.count(values.length, "value") + ", but "
                    + Sentences.count(Math.min(rows.length, columns.length)) + " indices");
        }
        boolean[] set = new boolean[fill() == 0 ? 0 : out.length];
        for (int i = 0; i < count; i++) {
            if (rows[i] < 0 || rows[i] >= shape[0] || columns[i] < 0 || columns[i] >= shape[1]) {
                throw wrong("has a value outside its " + Sentences.shape(List.of(shape[0], shape[1])));
            }
            int at = rows[i] * shape[1] + columns[i];
            if (set.length > 0 && !set[at]) {
                set[at] = true;
                out[at] = 0;
            }
            out[at] += values[i]; // repeated places add up, as in SciPy
        }
        return out;
    }

    private double fill() {
        NpySource fill = parts.get("fill_value");
        double[] value = fill == null ? new double[0] : fill.doubles();
        return value.length == 1 ? value[0] : 0;
    }

    private int[] coordinates(int axis) {
        String[] keys = {"row", "col"};
        return indices(keys[axis]);
    }

    private int[] indices(String key) {
        try {
            return part(key).array().ints();
        } catch (ArithmeticException large) {
            throw wrong("has indices that are no whole numbers");
        }
    }

    /** One index per value from the places where each row (or column) begins. */
    private int[] expanded(int[] starts, int lines, int values) {
        if (starts.length != lines + 1L || starts[0] != 0 || starts[lines] < 0 || starts[lines] > values) {
            throw wrong("has row or column starts that do not fit its " + Sentences.count(values, "value"));
        }
        int[] out = new int[starts[lines]];
        for (int line = 0; line < lines; line++) {
            if (starts[line + 1] < starts[line]) {
                throw wrong("has row or column starts that run backwards");
            }
            if (starts[line + 1] > out.length) {
                throw wrong("has row or column starts that run backwards");
            }
            Arrays.fill(out, starts[line], starts[line + 1], line);
        }
        return out;
    }

    @Override
    public float[] floats() {
        double[] wide = doubles();
        float[] out = new float[wide.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) wide[i];
        }
        return out;
    }

    @Override
    public String[] texts() {
        return LabelText.of(doubles());
    }

    @Override
    public String[] cells() {
        return texts();
    }
}

package org.oddlens.engine.data;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.message.DataLayout;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One variable of an HDF5 file as MATLAB writes it (class by attribute, dimensions reversed, sparse as a group, cells as
 * references), or as others do.
 */
final class Hdf5Variable {

    private static final Set<String> NUMERIC = Set.of(
            "double", "single", "logical", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64");

    private static final Set<String> TRUTH = Set.of("TRUE", "FALSE");

    /** What makes a variable unusable, as the end of a sentence that starts with its name. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }
    }

    /** What may be read, and the size of the file, which no array without compression can exceed. */
    record Limits(ReadBudget budget, long fileBytes) {}

    private final String name;
    private final Node node;
    private final String matClass;
    private final Limits limits;
    private final List<Hdf5Variable> cells;
    private final boolean text;
    private final String problem;
    private boolean incomplete;

    Hdf5Variable(String name, Node node, String matClass, Limits limits) {
        this(name, node, matClass, limits, null, isText(node, matClass), "");
    }

    private Hdf5Variable(
            String name,
            Node node,
            String matClass,
            Limits limits,
            List<Hdf5Variable> cells,
            boolean text,
            String problem) {
        this.name = name;
        this.node = node;
        this.matClass = matClass;
        this.limits = limits;
        this.cells = cells;
        this.text = text;
        this.problem = problem;
    }

    /** A variable that is only listed. */
    static Hdf5Variable unusable(String why) {
        return new Hdf5Variable("", null, "", null, null, false, why);
    }

    /** A cell array of single texts and numbers. */
    static Hdf5Variable cell(Dataset references, List<Hdf5Variable> cells, boolean numbers, Limits limits) {
        return new Hdf5Variable("", references, "cell", limits, List.copyOf(cells), !numbers, "");
    }

    private static boolean isText(Node node, String matClass) {
        if (!(node instanceof Dataset dataset) || matClass.equals("char")) {
            return matClass.equals("char");
        }
        return dataset.getDataType() instanceof EnumDataType type
                ? !TRUTH.containsAll(type.getEnumMapping().values())
                : dataset.getJavaType() == String.class;
    }

    String type() {
        if (isSparse()) {
            return "sparse " + matClass;
        }
        if (!matClass.isEmpty()) {
            return matClass;
        }
        if (!(node instanceof Dataset dataset)) {
            return "unknown";
        }
        return text ? "text" : dataset.getDataType() instanceof EnumDataType ? "bool" : numberType(dataset);
    }

    private static String numberType(Dataset dataset) {
        int bits = 8 * dataset.getDataType().getSize();
        if (dataset.getDataType() instanceof FixedPoint whole) {
            return (whole.isSigned() ? "int" : "uint") + bits;
        }
        return dataset.getDataType() instanceof FloatingPoint
                ? "float" + bits
                : dataset.isCompound() ? "records" : "unknown";
    }

    /** True for values that are read by {@link #texts}. */
    boolean isText() {
        return text;
    }

    /** True for a single line of text, or none. */
    boolean isLine() {
        if (!matClass.equals("char")) {
            return false;
        }
        int[] stored = ((Dataset) node).getDimensions();
        return isEmpty() || stored.length == 2 && stored[1] == 1;
    }

    /** True for a single number. */
    boolean isNumber() {
        return NUMERIC.contains(matClass) && !isSparse() && !isEmpty() && ((Dataset) node).getSize() == 1;
    }

    private boolean isEmpty() {
        return node.getAttributes().containsKey("MATLAB_empty") || node instanceof Dataset d && d.getSize() == 0;
    }

    private boolean isSparse() {
        return node != null && node.getAttributes().containsKey("MATLAB_sparse");
    }

    /** The shape as MATLAB shows it; empty for what has none. */
    int[] shape() throws Unusable {
        if (isSparse()) {
            Attribute attribute = node.getAttributes().get("MATLAB_sparse");
            if (!(attribute.getData() instanceof Number rows) || rows.longValue() > Integer.MAX_VALUE) {
                throw new Unusable("is sparse without a number of rows.");
            }
            long columns = part("jc").getSize() - 1;
            if (columns < 0 || columns > Integer.MAX_VALUE) {
                throw new Unusable("is sparse without column indices.");
            }
            return new int[] {rows.intValue(), (int) columns};
        }
        if (!(node instanceof Dataset dataset)) {
            return new int[0];
        }
        int[] stored = dataset.getDimensions();
        if (matClass.isEmpty()) {
            return stored; // not written by MATLAB: rows first already
        }
        int[] shape = new int[stored.length];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = stored[stored.length - 1 - i];
        }
        return shape;
    }

    List<Integer> shapeList() {
        List<Integer> list = new ArrayList<>();
        try {
            for (int length : shape()) {
                list.add(length);
            }
        } catch (Unusable | RuntimeException unknown) {
            list.clear();
        }
        return list;
    }

    /** Number of values after all that can be known beforehand is checked. */
    private int checkedCount(int[] shape, int bytesEach) throws Unusable {
        if (!problem.isEmpty()) {
            throw new Unusable(problem);
        }
        long count = 1;
        for (int length : shape) {
            count = length == 0 ? 0 : count > Long.MAX_VALUE / length ? Long.MAX_VALUE / bytesEach : count * length;
        }
        if (isEmpty() || count == 0) {
            throw new Unusable("is empty.");
        }
        if (node instanceof Dataset dataset && dataset.isEmpty()) {
            throw new Unusable(
                    dataset.getSizeInBytes() == 0
                            ? "holds no values (a null data set)."
                            : "was created, but its values were never written.");
        }
        if (count > Math.min(Integer.MAX_VALUE - 8, limits.budget.maxBytes() / bytesEach)) {
            throw new Unusable("takes " + limits.budget.tooMuch(count * bytesEach) + ".");
        }
        return (int) count;
    }

    /** Row-major values in the shape of {@link #shape()}. */
    double[] doubles() throws Unusable {
        int[] shape = shape();
        int count = checkedCount(shape, Double.BYTES);
        if (cells != null) {
            double[] out = new double[count];
            ColumnMajor order = new ColumnMajor(shape);
            for (Hdf5Variable cell : cells) {
                out[order.next()] = cell.doubles()[0];
            }
            return out;
        }
        if (isSparse()) {
            return sparse(shape, count);
        }
        if (!matClass.isEmpty() && !NUMERIC.contains(matClass)) {
            throw new Unusable(MatlabObject.problem(name, matClass));
        }
        double[] flat = flat((Dataset) node);
        if (flat.length != count) {
            throw new Unusable("announces " + Sentences.count(count, "value") + " but holds "
                    + Sentences.count(flat.length) + ".");
        }
        if (matClass.isEmpty()) {
            return flat;
        }
        double[] out = new double[flat.length];
        ColumnMajor order = new ColumnMajor(shape);
        for (double value : flat) {
            out[order.next()] = value;
        }
        return out;
    }

    /** Shape of what {@link #texts} returns. */
    List<Integer> textShape() {
        List<Integer> shape = shapeList();
        return matClass.equals("char") ? shape.subList(0, 1) : shape;
    }

    /** One text per row of a character matrix, per string, or per cell. */
    String[] texts() throws Unusable {
        int[] shape = shape();
        int count = checkedCount(shape, Double.BYTES);
        if (cells != null) {
            String[] out = new String[count];
            ColumnMajor order = new ColumnMajor(shape);
            for (Hdf5Variable cell : cells) {
                out[order.next()] = !cell.isText()
                        ? LabelText.of(cell.doubles()[0])
                        : cell.isEmpty() ? "" : cell.lines(cell.shape())[0];
            }
            return out;
        }
        if (matClass.equals("char")) {
            if (shape.length != 2 || shape[0] == 1) {
                throw new Unusable("is a single text.");
            }
            return lines(shape);
        }
        Dataset dataset = (Dataset) node;
        if (dataset.isScalar()) {
            throw new Unusable("is a single text.");
        }
        checkStorage(dataset);
        Object data = dataset.getDataFlat();
        if (!(data instanceof String[] strings) || strings.length != count) {
            throw new Unusable("holds text in a form that is not read.");
        }
        return Arrays.stream(strings)
                .map(s -> s == null ? "" : s.replace("\0", "").strip())
                .toArray(String[]::new);
    }

    private String[] lines(int[] shape) throws Unusable {
        double[] codes = flat((Dataset) node);
        if (codes.length != (long) shape[0] * shape[1]) {
            throw new Unusable("holds other than the text that it announces.");
        }
        String[] lines = new String[shape[0]];
        for (int i = 0; i < lines.length; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < shape[1]; j++) {
                line.append((char) codes[j * shape[0] + i]);
            }
            lines[i] = line.toString().replace("\0", "").strip();
        }
        return lines;
    }

    private double[] sparse(int[] shape, int count) throws Unusable {
        double[] jc = flat(part("jc"));
        double[] out = new double[count];
        if (jc[jc.length - 1] == 0) {
            return out;
        }
        double[] ir = flat(part("ir"));
        double[] data = flat(part("data"));
        for (int column = 0; column < shape[1]; column++) {
            for (int i = (int) jc[column]; i < (int) jc[column + 1]; i++) {
                if (i < 0 || i >= ir.length || i >= data.length || ir[i] < 0 || ir[i] >= shape[0]) {
                    throw new Unusable("is sparse with an index that points outside it.");
                }
                out[(int) ir[i] * shape[1] + column] = data[i];
            }
        }
        return out;
    }

    private Dataset part(String name) throws Unusable {
        if (node instanceof Group group && group.getChild(name) instanceof Dataset dataset) {
            return dataset;
        }
        throw new Unusable("is sparse, but its part '" + name + "' is missing.");
    }

    /** Bytes of a data set, at least 0. */
    static long bytes(Dataset dataset) {
        return Math.max(0, dataset.getSizeInBytes());
    }

    private Hdf5Chunks checkStorage(Dataset dataset) throws Unusable {
        if (bytes(dataset) > limits.budget.maxBytes() || dataset.getSize() > Integer.MAX_VALUE - 8) {
            throw new Unusable("takes " + limits.budget.tooMuch(bytes(dataset)) + ".");
        }
        if (dataset.getDataLayout() == DataLayout.CONTIGUOUS && bytes(dataset) > limits.fileBytes()) {
            throw new Unusable("announces " + Sentences.bytes(bytes(dataset)) + ", more than the file has.");
        }
        return new Hdf5Chunks(dataset, limits);
    }

    /** The values in stored order, after all sizes are checked. */
    private double[] flat(Dataset dataset) throws Unusable {
        if (dataset.isEmpty()) {
            throw new Unusable("has a part without values.");
        }
        boolean truth = dataset.getDataType() instanceof EnumDataType;
        if (dataset.isCompound() || dataset.isVariableLength() || !truth && !isNumber(dataset.getJavaType())) {
            throw new Unusable(
                    dataset.isCompound()
                            ? "holds complex numbers or records. Save its parts as plain arrays."
                            : "holds neither numbers nor text. Save it as a plain array.");
        }
        Hdf5Chunks chunks = checkStorage(dataset);
        double[] out = numbers(dataset.isScalar() ? new Object[] {dataset.getData()} : dataset.getDataFlat(), truth);
        if (!chunks.complete()) {
            incomplete = true;
            chunks.fill(out, dataset.getFillValue() instanceof Number fill ? fill.doubleValue() : 0);
        }
        return out;
    }

    private static double[] numbers(Object data, boolean truth) {
        if (data instanceof double[] same) {
            return same;
        }
        double[] out = new double[Array.getLength(data)];
        for (int i = 0; i < out.length; i++) {
            Object value = Array.get(data, i);
            out[i] = truth ? (value.equals("TRUE") ? 1 : 0) : ((Number) value).doubleValue();
        }
        return out;
    }

    /** True if parts were never written, as far as the values were read. */
    boolean isIncomplete() {
        return incomplete;
    }

    private static boolean isNumber(Class<?> type) {
        return type.isPrimitive() && type != boolean.class && type != char.class || Number.class.isAssignableFrom(type);
    }
}

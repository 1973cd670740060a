package org.oddlens.engine.data;

import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.filter.PipelineFilterWithData;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** One variable of an HDF5 file as MATLAB writes it: class by attribute, dimensions reversed, sparse as a group. */
final class Hdf5Variable {

    private static final int DEFLATE = 1;

    /** Deflate, byte shuffle and check sum; others can ask for memory that cannot be checked beforehand. */
    private static final Set<Integer> KNOWN_FILTERS = Set.of(DEFLATE, 2, 3);

    private static final Set<String> NUMERIC = Set.of(
            "double", "single", "logical", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64");

    /** What makes a variable unusable, as the end of a sentence that starts with its name. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        Unusable(String why) {
            super(why);
        }
    }

    private final Node node;
    private final String matClass;
    private final ReadBudget budget;

    Hdf5Variable(Node node, ReadBudget budget) {
        this.node = node;
        this.budget = budget;
        Attribute attribute = node.getAttributes().get("MATLAB_class");
        matClass = attribute == null ? "" : String.valueOf(attribute.getData());
    }

    String name() {
        return node.getName();
    }

    String type() {
        if (!matClass.isEmpty()) {
            return isSparse() ? "sparse " + matClass : matClass;
        }
        return node instanceof Dataset dataset ? dataset.getJavaType().getSimpleName() : "group";
    }

    boolean isText() {
        return matClass.equals("char");
    }

    private boolean isSparse() {
        return node.getAttributes().containsKey("MATLAB_sparse");
    }

    /** The shape as MATLAB shows it; empty for what has none. */
    int[] shape() throws Unusable {
        if (isSparse()) {
            Number rows = (Number)
                    Array.get(boxed(node.getAttributes().get("MATLAB_sparse").getData()), 0);
            int columns = Math.toIntExact(part("jc").getSize() - 1);
            return new int[] {Math.toIntExact(rows.longValue()), columns};
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

    private static Object boxed(Object data) {
        if (data.getClass().isArray()) {
            return data;
        }
        return new Object[] {data};
    }

    List<Integer> shapeList() {
        List<Integer> list = new ArrayList<>();
        try {
            for (int length : shape()) {
                list.add(length);
            }
        } catch (Unusable unknown) {
            list.clear();
        }
        return list;
    }

    /** Row-major values in the shape of {@link #shape()}. */
    double[] doubles() throws Unusable {
        int[] shape = shape();
        long count = 1;
        for (int length : shape) {
            count = Math.multiplyExact(count, (long) length);
        }
        if (node.getAttributes().containsKey("MATLAB_empty") || count == 0) {
            throw new Unusable("is empty.");
        }
        if (count > Math.min(Integer.MAX_VALUE - 8, budget.maxBytes() / Double.BYTES)) {
            throw new Unusable("takes " + Sentences.bytes(count * Double.BYTES) + ", more than the "
                    + Sentences.bytes(budget.maxBytes()) + " that may be read from one file. Save fewer rows.");
        }
        if (isSparse()) {
            return sparse(shape);
        }
        if (!(node instanceof Dataset dataset)) {
            throw new Unusable("is a " + (matClass.isEmpty() ? "group" : matClass)
                    + "; only plain arrays of numbers or text can be used.");
        }
        if (!matClass.isEmpty() && !NUMERIC.contains(matClass) && !isText()) {
            throw new Unusable("is a " + matClass + " array; only plain arrays of numbers or text can be used.");
        }
        double[] flat = flat(dataset);
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

    private double[] sparse(int[] shape) throws Unusable {
        double[] out = new double[shape[0] * shape[1]];
        double[] jc = flat(part("jc"));
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

    /** The values in stored order, after all sizes are checked. */
    private double[] flat(Dataset dataset) throws Unusable {
        long bytes = dataset.getSizeInBytes();
        if (bytes < 0 || bytes > budget.maxBytes() || dataset.getSize() > Integer.MAX_VALUE - 8) {
            throw new Unusable("takes " + Sentences.bytes(bytes) + ", more than the "
                    + Sentences.bytes(budget.maxBytes()) + " that may be read from one file. Save fewer rows.");
        }
        if (dataset.isCompound() || dataset.isVariableLength() || !isNumber(dataset.getJavaType())) {
            throw new Unusable("holds " + (dataset.isCompound() ? "complex numbers or records" : "no plain numbers")
                    + ". Save its real part, or a plain array.");
        }
        checkFilters(dataset);
        Object data = dataset.isScalar() ? boxed(dataset.getData()) : dataset.getDataFlat();
        int length = Array.getLength(data);
        double[] out = new double[length];
        if (data instanceof double[] same) {
            System.arraycopy(same, 0, out, 0, length);
            return out;
        }
        for (int i = 0; i < length; i++) {
            out[i] = ((Number) Array.get(data, i)).doubleValue();
        }
        return out;
    }

    private static boolean isNumber(Class<?> type) {
        return type.isPrimitive() && type != boolean.class && type != char.class || Number.class.isAssignableFrom(type);
    }

    private void checkFilters(Dataset dataset) throws Unusable {
        List<PipelineFilterWithData> filters = dataset.getFilters();
        for (PipelineFilterWithData filter : filters) {
            if (!KNOWN_FILTERS.contains(filter.getId())) {
                throw new Unusable("is compressed with a filter this reader does not know (id " + filter.getId()
                        + "). In MATLAB, save it again with -v7.");
            }
        }
        if (dataset instanceof ChunkedDataset chunked) {
            checkChunks(chunked, filters.stream().anyMatch(f -> f.getId() == DEFLATE));
        }
    }

    /** The library inflates a chunk without a limit, so each is inflated here first, into nothing. */
    private void checkChunks(ChunkedDataset dataset, boolean deflated) throws Unusable {
        int[] dims = dataset.getDimensions();
        int[] chunk = dataset.getChunkDimensions();
        long bytes = dataset.getDataType().getSize();
        for (int length : chunk) {
            bytes = Math.multiplyExact(bytes, (long) length);
        }
        if (bytes > budget.maxBytes()) {
            throw new Unusable("is stored in chunks of " + Sentences.bytes(bytes) + ", more than the "
                    + Sentences.bytes(budget.maxBytes()) + " allowed.");
        }
        int[] offset = new int[dims.length];
        while (deflated) {
            ByteBuffer raw = dataset.getRawChunkBuffer(offset);
            if (raw != null && raw.remaining() > 0) {
                checkInflates(raw, bytes);
            }
            int axis = 0;
            while (axis < dims.length && (offset[axis] += chunk[axis]) >= dims[axis]) {
                offset[axis++] = 0;
            }
            if (axis == dims.length) {
                return;
            }
        }
    }

    private static void checkInflates(ByteBuffer raw, long limit) throws Unusable {
        Inflater inflater = new Inflater();
        try {
            byte[] sink = new byte[1 << 13];
            inflater.setInput(raw.duplicate());
            long total = 0;
            while (!inflater.finished()) {
                int got = inflater.inflate(sink);
                total += got;
                if (got == 0 && !inflater.finished() || total > limit + 64) {
                    throw new Unusable("holds a compressed chunk that is cut off or larger than it announces.");
                }
            }
        } catch (DataFormatException wrong) {
            throw new Unusable("holds a compressed chunk that cannot be unpacked.");
        } finally {
            inflater.end();
        }
    }
}

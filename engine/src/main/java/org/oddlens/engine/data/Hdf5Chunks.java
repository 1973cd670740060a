package org.oddlens.engine.data;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.PipelineFilterWithData;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks the chunks of an HDF5 data set before the library reads them, and finds those that were never written. The
 * library inflates without a limit, and reads a chunk that is not there as zeros whatever the fill value is.
 */
final class Hdf5Chunks {

    private static final int DEFLATE = 1;

    /** Deflate, byte shuffle and check sum; others can ask for memory that cannot be checked beforehand. */
    private static final Set<Integer> KNOWN_FILTERS = Set.of(DEFLATE, 2, 3);

    /** An index takes at least this many bytes of the file for each chunk that is there. */
    private static final int INDEX_ENTRY = 8;

    private final Hdf5Variable.Limits limits;
    private final int[] dims;
    private final int[] chunk;
    private final List<int[]> written = new ArrayList<>();
    private boolean complete = true;

    /** @throws Hdf5Variable.Unusable if a chunk or a filter cannot be read safely */
    Hdf5Chunks(Dataset dataset, Hdf5Variable.Limits limits) throws Hdf5Variable.Unusable {
        this.limits = limits;
        boolean deflated = false;
        for (PipelineFilterWithData filter : dataset.getFilters()) {
            if (!KNOWN_FILTERS.contains(filter.getId())) {
                throw new Hdf5Variable.Unusable("is compressed with a filter that Oddlens does not know (id "
                        + filter.getId() + "). Save it with gzip, or without compression.");
            }
            deflated |= filter.getId() == DEFLATE;
        }
        dims = dataset.getDimensions();
        chunk = dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions() : null;
        if (chunk != null) {
            check((ChunkedDataset) dataset, deflated);
        }
    }

    private void check(ChunkedDataset dataset, boolean deflated) throws Hdf5Variable.Unusable {
        double bytes = dataset.getDataType().getSize();
        double chunks = 1;
        for (int axis = 0; axis < dims.length; axis++) {
            bytes *= chunk[axis];
            chunks *= Math.ceil(dims[axis] / (double) chunk[axis]);
        }
        if (bytes > limits.budget().maxBytes()) {
            throw new Hdf5Variable.Unusable(
                    "is stored in chunks, one of which takes " + limits.budget().tooMuch((long) bytes) + ".");
        }
        if (chunks * INDEX_ENTRY > limits.fileBytes()) {
            throw new Hdf5Variable.Unusable("announces " + Sentences.count((long) chunks)
                    + " chunks, more than the file can hold; most of its values were never written.");
        }
        int[] offset = new int[dims.length];
        int axis;
        do {
            ByteBuffer raw = raw(dataset, offset);
            if (raw == null) {
                complete = false;
            } else {
                written.add(offset.clone());
                if (deflated) {
                    checkInflates(raw, (long) bytes);
                }
            }
            for (axis = 0; axis < dims.length && (offset[axis] += chunk[axis]) >= dims[axis]; axis++) {
                offset[axis] = 0;
            }
        } while (axis < dims.length);
    }

    private static ByteBuffer raw(ChunkedDataset dataset, int[] offset) {
        try {
            return dataset.getRawChunkBuffer(offset);
        } catch (HdfException absent) {
            return null;
        }
    }

    private static void checkInflates(ByteBuffer raw, long limit) throws Hdf5Variable.Unusable {
        Inflater inflater = new Inflater();
        try {
            byte[] sink = new byte[1 << 13];
            inflater.setInput(raw.duplicate());
            long total = 0;
            while (!inflater.finished()) {
                int got = inflater.inflate(sink);
                total += got;
                if (got == 0 && !inflater.finished() || total > limit + 64) {
                    throw new Hdf5Variable.Unusable(
                            "holds a compressed chunk that is cut off or larger than it announces.");
                }
            }
        } catch (DataFormatException wrong) {
            throw new Hdf5Variable.Unusable("holds a compressed chunk that cannot be unpacked.");
        } finally {
            inflater.end();
        }
    }

    /** True if every chunk is in the file. */
    boolean complete() {
        return complete;
    }

    /** The values in stored order, chunk by chunk, {@code fill} where they were never written. */
    double[] assembled(double fill, Reading reading) {
        double[] flat =
                new double[Math.toIntExact(Arrays.stream(dims).asLongStream().reduce(1, (a, b) -> a * b))];
        Arrays.fill(flat, fill);
        for (int[] corner : written) {
            int[] lengths = new int[dims.length];
            for (int axis = 0; axis < dims.length; axis++) {
                lengths[axis] = Math.min(chunk[axis], dims[axis] - corner[axis]);
            }
            put(flat, reading.of(Arrays.stream(corner).asLongStream().toArray(), lengths), corner, 0, 0);
        }
        return flat;
    }

    /** Reads a part of the data set as arrays of arrays. */
    interface Reading {
        Object of(long[] from, int[] lengths);
    }

    private void put(double[] flat, Object part, int[] corner, int axis, int before) {
        int length = Array.getLength(part);
        for (int i = 0; i < length; i++) {
            int at = before * dims[axis] + corner[axis] + i;
            if (axis == dims.length - 1) {
                flat[at] = Hdf5Variable.number(Array.get(part, i));
            } else {
                put(flat, Array.get(part, i), corner, axis + 1, at);
            }
        }
    }
}

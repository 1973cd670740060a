package org.oddlens.engine.data;

import io.jhdf.api.Dataset;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.exceptions.HdfException;
import io.jhdf.filter.PipelineFilterWithData;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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
    private final List<int[]> unwritten = new ArrayList<>();

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
                unwritten.add(offset.clone());
            } else if (deflated) {
                checkInflates(raw, (long) bytes);
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
        return unwritten.isEmpty();
    }

    /** Puts {@code fill} where values were never written; {@code flat} is in stored order. */
    void fill(double[] flat, double fill) {
        int last = dims.length - 1;
        for (int[] corner : unwritten) {
            int[] at = corner.clone();
            int run = Math.min(chunk[last], dims[last] - corner[last]);
            int axis;
            do {
                int from = 0;
                for (int i = 0; i <= last; i++) {
                    from = from * dims[i] + at[i];
                }
                java.util.Arrays.fill(flat, from, from + run, fill);
                for (axis = last - 1; axis >= 0; axis--) {
                    if (++at[axis] < Math.min(dims[axis], corner[axis] + chunk[axis])) {
                        break;
                    }
                    at[axis] = corner[axis];
                }
            } while (axis >= 0);
        }
    }
}

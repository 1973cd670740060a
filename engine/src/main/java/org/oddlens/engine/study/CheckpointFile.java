package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.data.DataFormatException;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.NpzWriter;
import org.oddlens.engine.detector.TrainingState;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.Tensor;

/**
 * {@code checkpoint-*.npz}: plain arrays and a checksum over all of them. A file of that name is whole, or the disk broke
 * it: it is written beside its place, forced to the disk and renamed. Format: docs/formats/checkpoint.md.
 */
final class CheckpointFile {

    /** Told where the writer is; for tests that kill the process there. */
    interface Witness {
        void at(String stage);
    }

    private static final int FORMAT = 1;
    private static final String FORMAT_KEY = "format";
    private static final String CHECKSUM = "sha256";
    private static final String PLACE = "place";
    private static final String LOSSES = "losses";
    private static final String ARRAYS = "training/";
    private static final String NUMBERS = "numbers/";
    private static final String LAST_GOOD = "last_good/";
    private static final String BEST = "best/";

    private final Witness witness;

    CheckpointFile(Witness witness) {
        this.witness = witness;
    }

    void write(Path file, Checkpoint checkpoint) throws IOException {
        Path part = file.resolveSibling("checkpoint.part");
        MessageDigest digest = sha256();
        try (NpzWriter out = new NpzWriter(part)) {
            witness.at("opened");
            for (Map.Entry<String, NpyArray> array : arrays(checkpoint).entrySet()) {
                add(out, array.getKey(), array.getValue());
                update(digest, array.getKey(), array.getValue());
                witness.at("array");
            }
            out.add(CHECKSUM, unsigned(digest.digest()), 32);
        }
        witness.at("closed");
        force(part, StandardOpenOption.WRITE);
        witness.at("forced");
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        witness.at("renamed");
        forceFolder(file.toAbsolutePath().getParent());
    }

    /**
     * Reads a checkpoint.
     *
     * @throws IOException        if it is torn or damaged; the message says which
     * @throws RunFolderException if it is sound and of another format
     */
    Checkpoint read(Path file) throws IOException {
        Map<String, NpyArray> arrays;
        try {
            arrays = NpyReader.readAll(file);
        } catch (DataFormatException e) {
            throw new IOException(file.getFileName() + " is cut off or damaged.", e);
        }
        NpyArray checksum = arrays.remove(CHECKSUM);
        MessageDigest digest = sha256();
        arrays.forEach((key, array) -> update(digest, key, array));
        if (checksum == null || !Arrays.equals(checksum.ints(), unsigned(digest.digest()))) {
            throw new IOException(file.getFileName() + " is damaged: its checksum does not fit its content.");
        }
        int format = arrays.get(FORMAT_KEY).ints()[0];
        if (format != FORMAT) {
            throw new RunFolderException(file + " has the format " + format + ", this version reads " + FORMAT
                    + ". A newer Oddlens is needed to go on with this run.");
        }
        double[] place = arrays.get(PLACE).doubles();
        double[] losses = arrays.get(LOSSES).doubles();
        Map<String, Tensor> training = tensors(ARRAYS, arrays);
        Map<String, double[]> numbers = new LinkedHashMap<>();
        arrays.forEach((key, array) -> {
            if (key.startsWith(NUMBERS)) {
                numbers.put(key.substring(NUMBERS.length()), array.doubles());
            }
        });
        return new Checkpoint(
                (int) place[0],
                (long) place[1],
                new TrainingState(training, numbers, (int) place[2], (int) place[3]),
                tensors(LAST_GOOD, arrays),
                new EarlyStopping.Seen(losses[2], (int) place[4], tensors(BEST, arrays)),
                losses[0],
                losses[1],
                losses[3]);
    }

    private static Map<String, NpyArray> arrays(Checkpoint checkpoint) {
        TrainingState training = checkpoint.training();
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put(FORMAT_KEY, new NpyArray("int32", new int[] {1}, new int[] {FORMAT}));
        arrays.put(
                PLACE,
                doubles(
                        checkpoint.epoch(),
                        checkpoint.steps(),
                        training.epoch(),
                        training.steps(),
                        checkpoint.patience().epoch()));
        arrays.put(
                LOSSES,
                doubles(
                        checkpoint.first(),
                        checkpoint.last(),
                        checkpoint.patience().best(),
                        checkpoint.seconds()));
        training.numbers().forEach((name, values) -> arrays.put(NUMBERS + name, doubles(values)));
        put(arrays, ARRAYS, training.arrays());
        put(arrays, LAST_GOOD, checkpoint.lastGood());
        put(arrays, BEST, checkpoint.patience().weights());
        return arrays;
    }

    private static NpyArray doubles(double... values) {
        return new NpyArray("float64", new int[] {values.length}, values);
    }

    private static void put(Map<String, NpyArray> arrays, String prefix, Map<String, Tensor> tensors) {
        tensors.forEach(
                (name, tensor) -> arrays.put(prefix + name, new NpyArray("float32", tensor.shape(), tensor.values())));
    }

    private static Map<String, Tensor> tensors(String prefix, Map<String, NpyArray> arrays) {
        Map<String, Tensor> found = new LinkedHashMap<>();
        arrays.forEach((key, array) -> {
            if (key.startsWith(prefix)) {
                found.put(key.substring(prefix.length()), new Tensor(array.floats(), array.shape()));
            }
        });
        return found;
    }

    private static void add(NpzWriter out, String key, NpyArray array) throws IOException {
        if (array.data() instanceof float[] floats) {
            out.add(key, floats, array.shape());
        } else if (array.data() instanceof double[] doubles) {
            out.add(key, doubles, array.shape());
        } else {
            out.add(key, array.ints(), array.shape());
        }
    }

    /** Key, shape and values, little-endian. */
    private static void update(MessageDigest digest, String key, NpyArray array) {
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        ByteBuffer bytes =
                ByteBuffer.allocate(4 * array.shape().length + 8 * array.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int length : array.shape()) {
            bytes.putInt(length);
        }
        if (array.data() instanceof float[] floats) {
            for (float value : floats) {
                bytes.putFloat(value);
            }
        } else if (array.data() instanceof double[] doubles) {
            for (double value : doubles) {
                bytes.putDouble(value);
            }
        } else {
            for (int value : array.ints()) {
                bytes.putInt(value);
            }
        }
        digest.update(bytes.flip());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static int[] unsigned(byte[] bytes) {
        int[] values = new int[bytes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bytes[i] & 0xFF;
        }
        return values;
    }

    private static void force(Path file, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(file, option)) {
            channel.force(true);
        }
    }

    /** The rename itself survives a loss of power only then; some systems know no such thing for folders. */
    private static void forceFolder(Path folder) {
        try {
            force(folder, StandardOpenOption.READ);
        } catch (IOException unsupported) {
            return;
        }
    }
}

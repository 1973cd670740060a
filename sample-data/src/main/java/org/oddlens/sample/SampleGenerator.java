package org.oddlens.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Makes the bundled data sets anew: {@code java -cp … org.oddlens.sample.SampleGenerator FOLDER}. */
public final class SampleGenerator {
    private static final Map<String, Supplier<byte[]>> GENERATORS = Map.of(
            "two-moons-12d", TwoMoons::npz,
            "three-gaussians-12d", ThreeGaussians::npz,
            "sensors", Sensors::npz,
            "bars-8x8", Bars::npz);

    private SampleGenerator() {}

    /** Writes every data set and {@code SHA256SUMS} into the folder named by the only argument. */
    public static void main(String... args) {
        Path folder = Path.of(args[0]);
        StringBuilder sums = new StringBuilder();
        try {
            Files.createDirectories(folder);
            for (String id : new TreeMap<>(GENERATORS).keySet()) {
                byte[] file = generate(id);
                Files.write(folder.resolve(id + ".npz"), file);
                sums.append(sha256(file)).append("  ").append(id).append(".npz\n");
            }
            Files.writeString(folder.resolve("SHA256SUMS"), sums, StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException("The samples could not be written to " + folder, e);
        }
    }

    /** The bytes of one data set's {@code .npz} file. */
    static byte[] generate(String id) {
        return GENERATORS.get(id).get();
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}

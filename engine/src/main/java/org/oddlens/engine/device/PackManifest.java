package org.oddlens.engine.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.oddlens.engine.run.RunJson;

/**
 * What the GPU pack of one platform consists of. Sizes and checksums are those of the released files; they come with
 * this program, so a repository cannot slip in others.
 *
 * @param format        {@value #FORMAT}
 * @param name          what the pack is
 * @param platform      such as {@code linux-x86_64}
 * @param licence       whose terms apply to the files, a sentence
 * @param unpackedBytes what the libraries take on disk when they are first loaded, beside the files, at most
 * @param files         the files, in the order of the class path
 */
public record PackManifest(
        String format, String name, String platform, String licence, long unpackedBytes, List<PackFile> files) {

    /** Version of the format. */
    public static final String FORMAT = "oddlens.pack/1";

    /**
     * A file of the pack.
     *
     * @param path   place in a Maven repository
     * @param bytes  size
     * @param sha256 checksum, lower-case hex
     */
    public record PackFile(String path, long bytes, String sha256) {

        /** The last part of the path. */
        public String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }
    }

    public PackManifest {
        files = List.copyOf(files);
    }

    /** The pack for a system and processor as Java names them; empty where there is none. */
    public static Optional<PackManifest> of(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        String family = os.contains("linux") ? "linux" : os.contains("windows") ? "windows" : "";
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        return family.isEmpty() || !intel
                ? Optional.empty()
                : Optional.of(read("cuda-11.6-" + family + "-x86_64.json"));
    }

    private static PackManifest read(String resource) {
        try (InputStream in = PackManifest.class.getResourceAsStream(resource)) {
            return new RunJson().read(new String(in.readAllBytes(), StandardCharsets.UTF_8), PackManifest.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Size of all files. */
    public long bytes() {
        return files.stream().mapToLong(PackFile::bytes).sum();
    }
}

package org.oddlens.engine.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.oddlens.engine.device.PackManifest.PackFile;
import org.oddlens.engine.run.FailureSentence;

/**
 * Downloads a pack file by file. What is broken off goes on where it stopped; a file whose checksum is wrong is deleted;
 * nothing counts as installed before its checksum was found right.
 */
public final class PackInstall {

    private static final int BUFFER = 1 << 16;

    private final PackFolder folder;
    private final PackSource source;
    private final DiskSpace disk;

    /** Free space of a disk, bytes. */
    interface DiskSpace {
        long usable(Path folder) throws IOException;
    }

    public PackInstall(PackFolder folder, PackSource source) {
        this(folder, source, path -> Files.getFileStore(path).getUsableSpace());
    }

    PackInstall(PackFolder folder, PackSource source, DiskSpace disk) {
        this.folder = folder;
        this.source = source;
        this.disk = disk;
    }

    /**
     * Downloads what is missing; blocks until it is there.
     *
     * @param progress told the bytes of the whole pack that are there, after every 64 KiB at most
     * @param goOn     asked as often; false ends the download, which can go on later
     * @return whether the pack is complete; false after {@code goOn} said no
     * @throws PackException with a sentence for the user
     */
    public boolean run(LongConsumer progress, BooleanSupplier goOn) {
        try {
            Files.createDirectories(folder.path());
            requireSpace();
            for (PackFile file : folder.manifest().files()) {
                if (!folder.has(file) && !fetch(file, progress, goOn)) {
                    return false;
                }
                progress.accept(folder.presentBytes());
            }
            return true;
        } catch (IOException e) {
            throw new PackException("The GPU pack cannot be written. " + FailureSentence.about(folder.path(), e)
                    + " Then install again.");
        }
    }

    private void requireSpace() throws IOException {
        long needed = folder.manifest().bytes()
                - folder.presentBytes()
                + folder.manifest().unpackedBytes();
        long free = disk.usable(folder.path());
        if (free < needed) {
            throw new PackException(String.format(
                    Locale.ROOT,
                    "The GPU pack needs %s on the disk of %s (%s to download, %s when its libraries are unpacked), and"
                            + " %s are free. Free some space, or set ODDLENS_HOME to a folder on a larger disk.",
                    Bytes.text(needed),
                    folder.path(),
                    Bytes.text(needed - folder.manifest().unpackedBytes()),
                    Bytes.text(folder.manifest().unpackedBytes()),
                    Bytes.text(free)));
        }
    }

    /** @return whether the file is there; false if it was broken off on request */
    private boolean fetch(PackFile file, LongConsumer progress, BooleanSupplier goOn) throws IOException {
        Path part = folder.part(file);
        if (PackFolder.size(part) > file.bytes()) {
            Files.delete(part);
        }
        if (PackFolder.size(part) < file.bytes() && !transfer(file, part, progress, goOn)) {
            return false;
        }
        String found = sha256(part);
        if (!found.equals(file.sha256())) {
            Files.delete(part);
            throw new PackException("The checksum of " + file.name() + " is wrong: expected "
                    + file.sha256().substring(0, 12) + "…, found " + found.substring(0, 12)
                    + "…. The file was deleted. Install again; if it happens twice, " + source.address()
                    + " does not serve the released file, so use another repository.");
        }
        Files.move(part, folder.path().resolve(file.name()), StandardCopyOption.ATOMIC_MOVE);
        return true;
    }

    private boolean transfer(PackFile file, Path part, LongConsumer progress, BooleanSupplier goOn) throws IOException {
        long had = Math.max(0, PackFolder.size(part));
        try (PackTransfer transfer = PackTransfer.open(source, file, had)) {
            long others = folder.presentBytes() - had;
            long got = transfer.start();
            try (OutputStream out = Files.newOutputStream(
                    part,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE,
                    got > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING)) {
                byte[] buffer = new byte[BUFFER];
                for (int read; (read = transfer.read(buffer)) >= 0; ) {
                    out.write(buffer, 0, read);
                    got += read;
                    progress.accept(others + got);
                    if (got > file.bytes()) {
                        throw tooLong(file, part);
                    }
                    if (!goOn.getAsBoolean()) {
                        return false;
                    }
                }
            }
            if (got < file.bytes()) {
                throw transfer.brokenOff(got, null);
            }
        }
        return true;
    }

    private PackException tooLong(PackFile file, Path part) throws IOException {
        Files.deleteIfExists(part);
        return new PackException(source.address() + " sends more than the " + Bytes.text(file.bytes()) + " of "
                + file.name() + ", so it is another file. Use another repository.");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 20];
            for (int read; (read = in.read(buffer)) >= 0; ) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

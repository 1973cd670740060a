package org.oddlens.engine.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * One NumPy array somewhere in a file: checks sizes before anything is allocated, turns damage into a sentence.
 *
 * @param file    the file
 * @param name    the array's name
 * @param size    bytes the container states, header included
 * @param stored  bytes that really lie in the file (smaller when deflated)
 * @param crc     check sum that the container states, or -1
 * @param opener  opens the bytes
 * @param budget  limits
 */
record NpySource(Path file, String name, long size, long stored, long crc, Opener opener, ReadBudget budget) {

    /** Deflate cannot shrink data more than this. */
    private static final long MAX_DEFLATE_RATIO = 1032;

    interface Opener {
        InputStream open() throws IOException;
    }

    interface Use<T> {
        T apply(NpyHeader header, InputStream in) throws IOException;
    }

    static NpySource ofFile(Path file, ReadBudget budget) throws IOException {
        long size = Files.size(file);
        String base = file.getFileName().toString();
        String name = base.endsWith(".npy") ? base.substring(0, base.length() - 4) : base;
        return new NpySource(file, name, size, size, -1, () -> Files.newInputStream(file), budget);
    }

    static NpySource ofEntry(Path file, ZipFile zip, ZipEntry entry, ReadBudget budget) {
        String path = entry.getName();
        String name = path.endsWith(".npy") ? path.substring(0, path.length() - 4) : path;
        return new NpySource(
                file,
                name,
                entry.getSize(),
                entry.getCompressedSize(),
                entry.getCrc(),
                () -> zip.getInputStream(entry),
                budget);
    }

    /** Reads and checks the header, then lets {@code use} read the data to its end. */
    <T> T use(Use<T> use) {
        try (InputStream raw = opener.open()) {
            if (raw == null) {
                throw new NpyHeader.Malformed("its entry cannot be opened");
            }
            CheckedInputStream in = new CheckedInputStream(new BufferedInputStream(raw, 1 << 16), new CRC32());
            NpyHeader header = NpyHeader.read(in);
            if (header.isNumeric() || header.isText()) {
                checkSize(header);
            }
            T result = use.apply(header, in);
            if (crc >= 0 && in.read() < 0 && in.getChecksum().getValue() != crc) {
                throw new NpyHeader.Malformed("its check sum is wrong");
            }
            return result;
        } catch (EOFException | NpyHeader.Malformed damage) {
            throw damaged(damage.getMessage(), damage);
        } catch (ZipException damage) {
            throw damaged("its compressed data cannot be unpacked (" + damage.getMessage() + ")", damage);
        } catch (IOException unreadable) {
            throw new DataFormatException(
                    file,
                    "The array '" + name + "' of " + file.getFileName() + " cannot be read: " + unreadable.getMessage()
                            + ".",
                    unreadable);
        }
    }

    private void checkSize(NpyHeader header) throws IOException {
        long data = header.dataBytes();
        if (data > budget.maxBytes() || header.count() > budget.maxBytes() / 4) {
            throw new DataFormatException(
                    file,
                    "The array '" + name + "' (" + Sentences.shape(header.shapeList()) + ") takes "
                            + Sentences.bytes(data) + ", more than the " + Sentences.bytes(budget.maxBytes())
                            + " that may be read from one file. Save fewer rows, or a smaller type.");
        }
        if (size >= 0 && size != header.length() + data) {
            throw new NpyHeader.Malformed("its header announces " + Sentences.bytes(data) + " of data, but there are "
                    + Sentences.bytes(size - header.length()));
        }
        if (stored >= 0 && stored < Long.MAX_VALUE / MAX_DEFLATE_RATIO && data > (stored + 64) * MAX_DEFLATE_RATIO) {
            throw new NpyHeader.Malformed("its header announces " + Sentences.bytes(data)
                    + " of data, which cannot come from the " + Sentences.bytes(stored) + " in the file");
        }
    }

    private DataFormatException damaged(String what, Throwable cause) {
        return new DataFormatException(
                file,
                "The array '" + name + "' of " + file.getFileName() + " is damaged: " + what
                        + ". Copy or save the file again.",
                cause);
    }

    /** Scans all values; what cannot be used is listed with its reason. */
    ArrayInfo info() {
        return use((header, in) -> {
            List<Integer> shape = header.shapeList();
            if (header.kind() == 'O') {
                return ArrayInfo.unusable(name, shape, header.type(), pickled());
            }
            if (header.isText()) {
                return TextScan.info(name, shape, new NpyDecoder(header, in).texts());
            }
            if (!header.isNumeric()) {
                return ArrayInfo.unusable(
                        name,
                        shape,
                        header.type(),
                        "The array '" + name + "' has the type " + header.type()
                                + ", which holds neither real numbers nor text. Save it as float64.");
            }
            ValueScan scan = ValueScan.of(shape);
            new NpyDecoder(header, in).forEach(scan::add);
            return scan.info(name, shape, header.type());
        });
    }

    private String pickled() {
        return "The array '" + name + "' holds Python objects. Loading such objects can run code hidden in the file, so"
                + " they are never loaded. If you trust the file, convert it in Python: d = dict(np.load('"
                + file.getFileName() + "', allow_pickle=True)); d['" + name + "'] = d['" + name
                + "'].astype(str); np.savez('converted.npz', **d)";
    }

    NpyArray array() {
        return use((header, in) -> {
            requireNumeric(header);
            return new NpyArray(header.type(), header.shape(), new NpyDecoder(header, in).exact());
        });
    }

    float[] floats() {
        return use((header, in) -> {
            requireNumeric(header);
            return new NpyDecoder(header, in).floats();
        });
    }

    double[] doubles() {
        return use((header, in) -> {
            requireNumeric(header);
            return new NpyDecoder(header, in).doubles();
        });
    }

    String[] texts() {
        return use((header, in) -> {
            if (header.isText()) {
                return new NpyDecoder(header, in).texts();
            }
            requireNumeric(header);
            return LabelText.of(new NpyDecoder(header, in).doubles());
        });
    }

    /** As {@link #texts}, but integers keep all their digits. */
    String[] cells() {
        return use((header, in) -> {
            boolean whole = header.isNumeric() && (header.kind() == 'i' || header.kind() == 'u');
            if (!whole) {
                return texts();
            }
            Object values = new NpyDecoder(header, in).exact();
            return values instanceof long[] longs
                    ? Arrays.stream(longs).mapToObj(Long::toString).toArray(String[]::new)
                    : Arrays.stream((int[]) values).mapToObj(Integer::toString).toArray(String[]::new);
        });
    }

    private void requireNumeric(NpyHeader header) {
        if (header.kind() == 'O') {
            throw new DataFormatException(file, pickled());
        }
        if (!header.isNumeric()) {
            throw new DataFormatException(
                    file, "The array '" + name + "' holds " + header.type() + ", not numbers that can be read.");
        }
    }
}

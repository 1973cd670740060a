package org.oddlens.engine.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
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
record NpySource(Path file, String name, long size, long stored, long crc, Opener opener, ReadBudget budget)
        implements NpyEntry {

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
        return read(use, true);
    }

    private <T> T read(Use<T> use, boolean toTheEnd) {
        try (InputStream raw = opener.open()) {
            if (raw == null) {
                throw new NpyHeader.Malformed("its entry cannot be opened");
            }
            CheckedInputStream in = new CheckedInputStream(new BufferedInputStream(raw, 1 << 16), new CRC32());
            NpyHeader header = NpyHeader.read(in);
            checkSize(header);
            T result = use.apply(header, in);
            if (toTheEnd && crc >= 0 && in.read() < 0 && in.getChecksum().getValue() != crc) {
                throw new NpyHeader.Malformed("its check sum is wrong");
            }
            return result;
        } catch (EOFException | NpyHeader.Malformed damage) {
            throw damaged(damage.getMessage(), damage);
        } catch (ZipException damage) {
            throw damaged("its compressed data cannot be unpacked", damage);
        } catch (IOException unreadable) {
            throw new DataFormatException(
                    file,
                    "The array '" + name + "' of " + file.getFileName()
                            + " cannot be read from the disk. Check that the file is still there.",
                    unreadable);
        }
    }

    private void checkSize(NpyHeader header) throws IOException {
        long data = header.dataBytes();
        if (header.type().size() == 0 && header.count() > 0) {
            throw new NpyHeader.Malformed("its " + Sentences.count(header.count(), "element") + " have no length");
        }
        long most = Math.max(data, header.type().kind() == 'O' ? 0 : Float.BYTES * header.count());
        if (most > budget.maxBytes()) {
            throw new DataFormatException(
                    file,
                    "The array '" + name + "' (" + Sentences.shape(header.shapeList()) + ") takes "
                            + budget.tooMuch(most) + ".");
        }
        if (header.type().kind() == 'O') {
            return; // a pickle, as long as it likes
        }
        if (size >= 0 && size != header.length() + data) {
            throw new NpyHeader.Malformed("its header announces " + Sentences.bytes(data) + " of data, but there are "
                    + Sentences.bytes(size - header.length()));
        }
        if (stored >= 0 && stored < Long.MAX_VALUE / MAX_DEFLATE_RATIO && data > (stored + 64) * MAX_DEFLATE_RATIO) {
            throw new NpyHeader.Malformed("its header announces " + Sentences.bytes(data)
                    + " of data, which cannot come from the " + Sentences.bytes(stored) + " in the file");
        }
        if (stored >= 0 && ReadBudget.isBomb(stored, data)) {
            throw new DataFormatException(file, "The array '" + name + "' " + ReadBudget.bomb(stored, data) + ".");
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
    @Override
    public ArrayInfo info() {
        return use((header, in) -> {
            List<Integer> shape = header.shapeList();
            NpyType type = header.type();
            String problem = problem(type);
            if (!problem.isEmpty()) {
                return ArrayInfo.unusable(name, shape, type.text(), problem);
            }
            NpyDecoder decoder = new NpyDecoder(header, in);
            if (type.isText()) {
                return TextScan.info(name, shape, decoder.texts());
            }
            if (type.isDate()) {
                TextScan scan = TextScan.ofDates();
                decoder.forEachElement(element -> scan.add(type.text(element)));
                return scan.info(name, shape);
            }
            ValueScan scan = ValueScan.of(shape);
            decoder.forEach(scan::add);
            return scan.info(name, shape, type.text());
        });
    }

    /** Why values of this type cannot be used, as a sentence; "" if they can. */
    private String problem(NpyType type) {
        if (type.isNumeric() || type.isText() || type.isDate()) {
            return "";
        }
        String array = "The array '" + name + "' ";
        return switch (type.kind()) {
            case 'O' -> array + "holds Python objects. Loading such objects can run code hidden in the file, so they"
                    + " are never loaded. If you trust the file, convert it in Python: d = dict(np.load('"
                    + file.getFileName() + "', allow_pickle=True)); d['" + name + "'] = d['" + name
                    + "'].astype(str); np.savez('converted.npz', **d)";
            case 'c' -> array + "holds complex numbers (" + type.text() + "). Save its real part or its magnitude.";
            case 'f' -> array + "has the type " + type.text() + ", which Oddlens does not read. Save it as float64.";
            case 'M' -> array + "holds times without a usual unit (" + type.text()
                    + "). Save it as datetime64[ns], or as text.";
            case 'V' -> array + "holds " + type.text() + ". Save its numbers as an array, or as one array per field.";
            default -> array + "has the type " + type.text() + ", which Oddlens does not read.";
        };
    }

    /** What is offered of it: the array itself, or the columns of its records; itself where it is damaged. */
    List<NpyEntry> entries(Predicate<String> taken) {
        try {
            return NpyRecords.entries(this, header(), taken);
        } catch (DataFormatException damaged) {
            return List.of(this);
        }
    }

    /** The header, after all sizes were checked; the data are not looked at. */
    NpyHeader header() {
        return read((header, in) -> header, false);
    }

    NpyArray array() {
        return use((header, in) -> {
            requireNumeric(header);
            return new NpyArray(header.type().text(), header.shape(), new NpyDecoder(header, in).exact());
        });
    }

    @Override
    public float[] floats() {
        return use((header, in) -> {
            requireNumeric(header);
            return new NpyDecoder(header, in).floats();
        });
    }

    @Override
    public double[] doubles() {
        return use((header, in) -> {
            requireNumeric(header);
            return new NpyDecoder(header, in).doubles();
        });
    }

    @Override
    public String[] texts() {
        return use((header, in) -> {
            if (!header.type().isText() && !header.type().isDate()) {
                requireNumeric(header);
            }
            return new NpyDecoder(header, in).texts();
        });
    }

    /** As {@link #texts}, but integers keep all their digits. */
    @Override
    public String[] cells() {
        return use((header, in) -> {
            if (!header.type().isWhole()) {
                return texts();
            }
            Object values = new NpyDecoder(header, in).exact();
            return values instanceof long[] longs
                    ? Arrays.stream(longs).mapToObj(Long::toString).toArray(String[]::new)
                    : Arrays.stream((int[]) values).mapToObj(Integer::toString).toArray(String[]::new);
        });
    }

    private void requireNumeric(NpyHeader header) {
        if (!header.type().isNumeric()) {
            String problem = problem(header.type());
            throw new DataFormatException(
                    file, problem.isEmpty() ? "The array '" + name + "' holds text, not numbers." : problem);
        }
    }
}

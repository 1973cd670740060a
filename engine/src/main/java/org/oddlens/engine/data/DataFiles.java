package org.oddlens.engine.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Opens data files; the reader is chosen by the first bytes, never by the extension. */
public final class DataFiles {

    static final String KNOWN_FORMATS = "Oddlens reads MATLAB (.mat), NumPy (.npz, .npy) and text tables (.csv, .tsv)."
            + " In MATLAB, save with -v7; in Python, with numpy.savez.";

    private static final byte[] HDF5 = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
    private static final int START = 4096 + 16;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private DataFiles() {}

    /** Opens with {@link ReadBudget#DEFAULT}. */
    public static DataFile open(Path file) {
        return open(file, ReadBudget.DEFAULT);
    }

    /**
     * Opens a file.
     *
     * @throws DataFormatException if it is missing, unreadable, damaged, of an unknown format or over the budget
     */
    public static DataFile open(Path file, ReadBudget budget) {
        if (Files.isDirectory(file)) {
            throw new DataFormatException(file, file + " is a folder. Choose a data file in it.");
        }
        if (!Files.exists(file)) {
            throw new DataFormatException(file, "There is no file " + file + ". Check the path.");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new DataFormatException(file, file + " cannot be read. Check that it is a file you may open.");
        }
        try {
            return choose(file, budget);
        } catch (IOException failure) {
            throw new DataFormatException(
                    file, file.getFileName() + " cannot be read: " + failure.getMessage() + ".", failure);
        } catch (DataFormatException sentence) {
            throw sentence;
        } catch (RuntimeException unexpected) {
            // the readers check what they read; this is the net below them
            throw new DataFormatException(
                    file,
                    file.getFileName() + " cannot be read; it is probably damaged (unexpected "
                            + unexpected.getClass().getSimpleName() + "). Copy or save it again.",
                    unexpected);
        }
    }

    private static DataFile choose(Path file, ReadBudget budget) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(START);
        }
        if (start.length == 0) {
            throw new DataFormatException(file, file.getFileName() + " is empty (0 bytes). Copy or save it again.");
        }
        if (startsWith(start, 0, NpyHeader.MAGIC)) {
            return new NpyFile(file, budget);
        }
        if (startsWith(start, 0, bytes("PK\3\4")) || startsWith(start, 0, bytes("PK\5\6"))) {
            return new NpzFile(file, budget).scan(budget);
        }
        boolean matlab73 = startsWith(start, 0, bytes("MATLAB 7.3"));
        if (matlab73 || isHdf5(start)) {
            return new Hdf5File(file, budget, matlab73);
        }
        if (startsWith(start, 0, bytes("MATLAB 5.0")) || isLevel5(start)) {
            return new Mat5File(file, budget);
        }
        refuseKnown(file, start);
        if (start[0] == 0x1f && start.length > 1 && start[1] == (byte) 0x8b) {
            return gzip(file, budget);
        }
        if (looksLikeText(start)) {
            return text(file, false, budget);
        }
        if (Mat4File.looksLike(Arrays.copyOf(start, Math.min(start.length, 21)))) {
            return new Mat4File(file, budget);
        }
        throw new DataFormatException(
                file,
                file.getFileName() + " has an unknown format (" + Sentences.bytes(Files.size(file))
                        + "; it starts with " + hex(start) + "). " + KNOWN_FORMATS);
    }

    private static void refuseKnown(Path file, byte[] start) {
        String other = null;
        if (startsWith(start, 0, bytes("PAR1"))) {
            other = "a Parquet file, which Oddlens cannot read yet. Save the table as CSV or with numpy.savez.";
        } else if (start[0] == (byte) 0x80 && start.length > 1 && start[1] >= 2 && start[1] <= 5) {
            other = "a Python pickle. Loading one can run code hidden in it, so it is refused. Save the arrays with"
                    + " numpy.savez.";
        } else if (isArff(start)) {
            other = "an ARFF file (Weka, ELKI), which Oddlens cannot read yet. Save the table as CSV.";
        }
        if (other != null) {
            throw new DataFormatException(file, file.getFileName() + " is " + other);
        }
    }

    private static DataFile gzip(Path file, ReadBudget budget) throws IOException {
        byte[] start;
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            start = in.readNBytes(START);
        } catch (EOFException | ZipException damage) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " is a gzip file that was cut off or is damaged. Copy it again.",
                    damage);
        }
        if (!looksLikeText(start)) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " is a gzip file that holds no text table. Unpack it and open what is in it.");
        }
        try {
            return text(file, true, budget);
        } catch (EOFException | ZipException damage) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " is a gzip file that was cut off or is damaged. Copy it again.",
                    damage);
        }
    }

    private static DataFile text(Path file, boolean gzip, ReadBudget budget) throws IOException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            return table(file, gzip, budget);
        } catch (DataFormatException refused) {
            if (!name.endsWith(".mat") && !name.endsWith(".npz") && !name.endsWith(".npy")) {
                throw refused;
            }
            String wanted = name.endsWith(".mat") ? "MATLAB" : "NumPy";
            throw new DataFormatException(
                    file,
                    file.getFileName() + " is not a " + wanted + " file, whatever its name says: it holds "
                            + Sentences.bytes(Files.size(file)) + " of plain text and no table. " + KNOWN_FORMATS,
                    refused);
        }
    }

    private static DataFile table(Path file, boolean gzip, ReadBudget budget) throws IOException {
        TextSource source = TextSource.of(file, gzip, budget);
        try {
            return new CsvFile(source, budget);
        } catch (CharacterCodingException notUtf8) {
            try {
                return new CsvFile(source.as(WINDOWS), budget);
            } catch (CharacterCodingException notWindows) {
                return new CsvFile(source.as(StandardCharsets.ISO_8859_1), budget);
            }
        }
    }

    private static boolean isHdf5(byte[] start) {
        for (int at = 0; at <= 4096; at = at == 0 ? 512 : at * 2) {
            if (startsWith(start, at, HDF5)) {
                return true;
            }
        }
        return false;
    }

    /** Version 0x0100 and the endian mark at the end of a level 5 header. */
    private static boolean isLevel5(byte[] start) {
        return start.length >= 128
                && (start[126] == 'I' && start[127] == 'M' && start[125] == 1
                        || start[126] == 'M' && start[127] == 'I' && start[124] == 1);
    }

    private static boolean isArff(byte[] start) {
        for (String line : new String(start, StandardCharsets.ISO_8859_1).split("\\R")) {
            String text = line.strip().toLowerCase(Locale.ROOT);
            if (!text.isEmpty() && !text.startsWith("%")) {
                return text.startsWith("@relation");
            }
        }
        return false;
    }

    /** No control characters but white space, unless a byte order mark says UTF-16. */
    private static boolean looksLikeText(byte[] start) {
        if (startsWith(start, 0, new byte[] {(byte) 0xff, (byte) 0xfe})
                || startsWith(start, 0, new byte[] {(byte) 0xfe, (byte) 0xff})) {
            return true;
        }
        for (byte b : start) {
            if (b >= 0 && b < 32 && b != '\n' && b != '\r' && b != '\t' && b != '\f') {
                return false;
            }
        }
        return start.length > 0;
    }

    private static boolean startsWith(byte[] start, int at, byte[] magic) {
        return start.length >= at + magic.length && Arrays.equals(start, at, at + magic.length, magic, 0, magic.length);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String hex(byte[] start) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(8, start.length); i++) {
            text.append(String.format(i == 0 ? "%02x" : " %02x", start[i]));
        }
        return text.toString();
    }
}

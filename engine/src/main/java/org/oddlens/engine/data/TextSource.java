package org.oddlens.engine.data;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The characters of a text file, perhaps gzip-compressed: encoding known, unpacked size bounded.
 *
 * @param file    the file
 * @param gzip    compressed
 * @param charset encoding
 * @param bom     bytes of a byte order mark to skip
 * @param budget  limits
 */
record TextSource(Path file, boolean gzip, Charset charset, int bom, ReadBudget budget) {

    private static final int SAMPLE = 64 << 10;

    /** Detects the encoding: by byte order mark, else strict UTF-8; {@link #as} tries others. */
    static TextSource of(Path file, boolean gzip, ReadBudget budget) throws IOException {
        TextSource raw = new TextSource(file, gzip, StandardCharsets.UTF_8, 0, budget);
        byte[] start;
        try (InputStream in = raw.bytes()) {
            start = in.readNBytes(4);
        }
        if (start.length >= 3 && start[0] == (byte) 0xEF && start[1] == (byte) 0xBB && start[2] == (byte) 0xBF) {
            return new TextSource(file, gzip, StandardCharsets.UTF_8, 3, budget);
        }
        if (start.length >= 2 && start[0] == (byte) 0xFF && start[1] == (byte) 0xFE) {
            return new TextSource(file, gzip, StandardCharsets.UTF_16LE, 2, budget);
        }
        if (start.length >= 2 && start[0] == (byte) 0xFE && start[1] == (byte) 0xFF) {
            return new TextSource(file, gzip, StandardCharsets.UTF_16BE, 2, budget);
        }
        return raw;
    }

    /** The same bytes in another encoding. */
    TextSource as(Charset other) {
        return new TextSource(file, gzip, other, 0, budget);
    }

    String charsetName() {
        return charset == StandardCharsets.ISO_8859_1 ? "Latin-1" : charset.name();
    }

    private InputStream bytes() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file));
        try {
            if (gzip) {
                // a text costs several times its size while it is looked at, hence four budgets and not one
                in = new Bounded(new GZIPInputStream(in, 1 << 16), file, budget.maxBytes() * 4);
            }
            in.skipNBytes(bom);
            return in;
        } catch (IOException failure) {
            in.close();
            throw failure;
        }
    }

    /** A reader that refuses malformed text. */
    Reader open() throws IOException {
        return new InputStreamReader(
                bytes(),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
    }

    /** The first lines, whole ones only. */
    String sample() throws IOException {
        byte[] start;
        try (InputStream in = bytes()) {
            start = in.readNBytes(SAMPLE);
        }
        String text = charset.decode(ByteBuffer.wrap(start)).toString();
        int end = text.lastIndexOf('\n');
        return start.length == SAMPLE && end > 0 ? text.substring(0, end + 1) : text;
    }

    private static final class Bounded extends FilterInputStream {

        private final Path file;
        private final long stored;
        private final long limit;
        private long left;

        Bounded(InputStream in, Path file, long limit) throws IOException {
            super(in);
            this.file = file;
            stored = Files.size(file);
            this.limit = limit;
            left = limit;
        }

        private int counted(int bytes) {
            left -= Math.max(0, bytes);
            if (ReadBudget.isBomb(stored, limit - left)) {
                throw new DataFormatException(
                        file,
                        file.getFileName() + " unpacks from " + Sentences.bytes(stored) + " to more than "
                                + Sentences.bytes(limit - left) + " of text, so nearly all of it is the same. It is not"
                                + " read.");
            }
            if (left < 0) {
                throw new DataFormatException(
                        file,
                        file.getFileName() + " unpacks to more than " + Sentences.bytes(limit)
                                + " of text. Unpack it and keep fewer rows.");
            }
            return bytes;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            counted(value < 0 ? 0 : 1);
            return value;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return counted(super.read(target, offset, length));
        }
    }
}

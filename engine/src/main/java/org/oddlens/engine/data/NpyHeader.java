package org.oddlens.engine.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array: magic, version, and a dictionary that is parsed, never evaluated.
 *
 * @param kind     b, i, u, f, S, U for what can be read; others are refused later with a reason
 * @param itemSize bytes per element
 * @param order    byte order
 * @param fortran  first index fastest
 * @param shape    lengths, slowest index first
 * @param length   bytes before the data
 */
record NpyHeader(char kind, int itemSize, ByteOrder order, boolean fortran, int[] shape, int length) {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 64 << 10;

    private static final Pattern DESCR = Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d{0,9})(\\[[a-zA-Z]+\\])?");

    /** Thrown for a header that does not follow the format; turned into a sentence by the caller. */
    static final class Malformed extends IOException {

        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what);
        }
    }

    /** Reads from the first byte of the magic to the last of the header. */
    static NpyHeader read(InputStream in) throws IOException {
        byte[] start = exactly(in, 8);
        for (int i = 0; i < MAGIC.length; i++) {
            if (start[i] != MAGIC[i]) {
                throw new Malformed("it does not start with the NumPy signature");
            }
        }
        int version = start[6];
        if (version < 1 || version > 3) {
            throw new Malformed("its format version " + version + "." + start[7] + " is unknown");
        }
        byte[] size = exactly(in, version == 1 ? 2 : 4);
        long length = 0;
        for (int i = size.length - 1; i >= 0; i--) {
            length = length << 8 | size[i] & 0xff;
        }
        if (length > MAX_HEADER) {
            throw new Malformed("its header claims " + Sentences.bytes(length) + ", more than the 64 KiB allowed");
        }
        String text = new String(
                exactly(in, (int) length), version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1);
        return new Parser(text).header(8 + size.length + (int) length);
    }

    private static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("it ends inside its header");
        }
        return bytes;
    }

    /** Number of elements. */
    long count() throws Malformed {
        long count = 1;
        try {
            for (int length : shape) {
                count = Math.multiplyExact(count, (long) length);
            }
        } catch (ArithmeticException overflow) {
            throw new Malformed("its shape is impossibly large");
        }
        return count;
    }

    /** Bytes of data that must follow. */
    long dataBytes() throws Malformed {
        try {
            return Math.multiplyExact(count(), (long) itemSize);
        } catch (ArithmeticException overflow) {
            throw new Malformed("its shape is impossibly large");
        }
    }

    List<Integer> shapeList() {
        List<Integer> list = new ArrayList<>();
        for (int length : shape) {
            list.add(length);
        }
        return list;
    }

    /** Type name as NumPy prints it. */
    String type() {
        return switch (kind) {
            case 'b', '?' -> "bool";
            case 'i' -> "int" + 8 * itemSize;
            case 'u' -> "uint" + 8 * itemSize;
            case 'f' -> "float" + 8 * itemSize;
            case 'c' -> "complex" + 8 * itemSize;
            case 'S', 'U' -> "text";
            case 'O' -> "object";
            case 'M', 'm' -> "date or duration";
            case 'V' -> "structured";
            default -> "unknown type " + kind + itemSize;
        };
    }

    boolean isText() {
        return kind == 'S' || kind == 'U';
    }

    boolean isNumeric() {
        return switch (kind) {
            case 'b' -> itemSize == 1;
            case 'i', 'u' -> itemSize == 1 || itemSize == 2 || itemSize == 4 || itemSize == 8;
            case 'f' -> itemSize == 2 || itemSize == 4 || itemSize == 8;
            default -> false;
        };
    }

    /** Parser of the one dictionary literal; anything else is malformed. */
    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        NpyHeader header(int length) throws Malformed {
            String descr = null;
            Boolean fortran = null;
            int[] shape = null;
            expect('{');
            while (peek() != '}') {
                String key = string();
                expect(':');
                switch (key) {
                    case "descr" -> descr = peek() == '[' ? structured() : string();
                    case "fortran_order" -> fortran = bool();
                    case "shape" -> shape = tuple();
                    default -> throw new Malformed("its header has the unknown key '" + key + "'");
                }
                if (peek() != '}') {
                    expect(',');
                }
            }
            at++;
            if (!text.substring(at).isBlank()) {
                throw new Malformed("its header goes on after the closing brace");
            }
            if (descr == null || fortran == null || shape == null) {
                throw new Malformed("its header lacks descr, fortran_order or shape");
            }
            Matcher type = DESCR.matcher(descr);
            if (!type.matches()) {
                throw new Malformed("its type '" + descr + "' is unknown");
            }
            char kind = type.group(2).charAt(0) == '?' ? 'b' : type.group(2).charAt(0);
            int digits = type.group(3).isEmpty() ? 1 : Integer.parseInt(type.group(3));
            int itemSize = kind == 'U' ? Math.multiplyExact(4, Math.min(digits, 1 << 24)) : digits;
            ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
            return new NpyHeader(kind, itemSize, order, fortran, shape, length);
        }

        private char peek() throws Malformed {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
            if (at >= text.length()) {
                throw new Malformed("its header ends early");
            }
            return text.charAt(at);
        }

        private void expect(char wanted) throws Malformed {
            if (peek() != wanted) {
                throw new Malformed("its header has '" + text.charAt(at) + "' where '" + wanted + "' must stand");
            }
            at++;
        }

        private String string() throws Malformed {
            char quote = peek();
            int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
            if (end < 0) {
                throw new Malformed("its header lacks a quoted text");
            }
            String value = text.substring(at + 1, end);
            at = end + 1;
            return value;
        }

        /** Skips a list of fields; such arrays are listed as structured. */
        private String structured() throws Malformed {
            int depth = 0;
            do {
                char c = peek();
                depth += c == '[' || c == '(' ? 1 : c == ']' || c == ')' ? -1 : 0;
                at++;
            } while (depth > 0);
            return "V1";
        }

        private boolean bool() throws Malformed {
            peek();
            for (String word : List.of("True", "False")) {
                if (text.startsWith(word, at)) {
                    at += word.length();
                    return word.equals("True");
                }
            }
            throw new Malformed("its fortran_order is neither True nor False");
        }

        private int[] tuple() throws Malformed {
            List<Integer> lengths = new ArrayList<>();
            expect('(');
            while (peek() != ')') {
                int start = at;
                while (at < text.length() && Character.digit(text.charAt(at), 10) >= 0) {
                    at++;
                }
                String digits = text.substring(start, at);
                if (at < text.length() && text.charAt(at) == 'L') {
                    at++; // written by Python 2
                }
                if (digits.isEmpty() || digits.length() > 10 || Long.parseLong(digits) > Integer.MAX_VALUE) {
                    throw new Malformed("its shape holds no usable length at '" + digits + "'");
                }
                lengths.add((int) Long.parseLong(digits));
                if (lengths.size() > 32) {
                    throw new Malformed("it has more than 32 dimensions");
                }
                if (peek() != ')') {
                    expect(',');
                }
            }
            at++;
            return lengths.stream().mapToInt(Integer::intValue).toArray();
        }
    }
}

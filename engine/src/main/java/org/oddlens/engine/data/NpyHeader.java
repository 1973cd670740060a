package org.oddlens.engine.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The header of a NumPy array: magic, version, and a dictionary that is parsed, never evaluated.
 *
 * @param type    type of an element
 * @param fortran first index fastest
 * @param shape   lengths, slowest index first
 * @param length  bytes before the data
 */
record NpyHeader(NpyType type, boolean fortran, int[] shape, int length) {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int MAX_HEADER = 64 << 10;
    private static final int MAX_DEPTH = 4;
    private static final int MAX_FIELDS = 10_000;
    private static final int MAX_RECORD = 1 << 24;

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
            throw new Malformed("it ends inside its header");
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
            return Math.multiplyExact(count(), (long) type.size());
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

    /** Parser of the one dictionary literal; anything else is malformed. */
    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        NpyHeader header(int length) throws Malformed {
            NpyType type = null;
            Boolean fortran = null;
            int[] shape = null;
            expect('{');
            while (peek() != '}') {
                String key = string();
                expect(':');
                switch (key) {
                    case "descr" -> type = type(0);
                    case "fortran_order" -> fortran = bool();
                    case "shape" -> shape = tuple();
                    default -> throw new Malformed("its header has the unknown key '" + Sentences.shown(key) + "'");
                }
                if (peek() != '}') {
                    expect(',');
                }
            }
            at++;
            if (!text.substring(at).isBlank()) {
                throw new Malformed("its header goes on after the closing brace");
            }
            if (type == null || fortran == null || shape == null) {
                throw new Malformed("its header lacks descr, fortran_order or shape");
            }
            return new NpyHeader(type, fortran, shape, length);
        }

        /** A quoted type, or a list of fields with types of their own. */
        private NpyType type(int depth) throws Malformed {
            if (peek() == '(') {
                return typeWithMetadata();
            }
            if (peek() != '[') {
                return NpyType.of(string());
            }
            if (depth == MAX_DEPTH) {
                throw new Malformed("its records are nested more than " + MAX_DEPTH + " deep");
            }
            List<NpyType.Field> fields = new ArrayList<>();
            int offset = 0;
            expect('[');
            while (peek() != ']') {
                expect('(');
                String name = fieldName();
                expect(',');
                NpyType field = type(depth + 1);
                int times = 1;
                if (peek() == ',') {
                    at++;
                    times = peek() == ')' ? 1 : times(tuple());
                }
                expect(')');
                for (int i = 0; i < times; i++) {
                    fields.add(new NpyType.Field(times == 1 ? name : name + "[" + i + "]", field, offset));
                    offset = Math.addExact(offset, field.size());
                    if (fields.size() > MAX_FIELDS || offset > MAX_RECORD) {
                        throw new Malformed("its records have too many fields");
                    }
                }
                if (peek() != ']') {
                    expect(',');
                }
            }
            at++;
            return NpyType.records(fields, offset);
        }

        /** A type and what h5py keeps beside it in braces, which says nothing about the bytes. */
        private NpyType typeWithMetadata() throws Malformed {
            expect('(');
            NpyType type = NpyType.of(string());
            expect(',');
            expect('{');
            for (int open = 1; open > 0; at++) {
                char c = peek();
                open += c == '{' ? 1 : c == '}' ? -1 : 0;
            }
            expect(')');
            return type;
        }

        /** A name, or a title and a name. */
        private String fieldName() throws Malformed {
            if (peek() != '(') {
                return string();
            }
            expect('(');
            string();
            expect(',');
            String name = string();
            expect(')');
            return name;
        }

        private static int times(int[] shape) throws Malformed {
            long times = 1;
            for (int length : shape) {
                times *= length;
                if (times > MAX_FIELDS) {
                    throw new Malformed("its records have too many fields");
                }
            }
            return (int) times;
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

package org.oddlens.engine.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a NumPy array's elements.
 *
 * @param kind   b, i, u, f, S, U, M, m as NumPy calls them, V for records; others are refused later with a reason
 * @param size   bytes per element
 * @param order  byte order
 * @param unit   unit of dates and durations, for example {@code ns} or {@code 25s}; "" for others
 * @param fields columns of a record, else empty
 */
record NpyType(char kind, int size, ByteOrder order, String unit, List<Field> fields) {

    /**
     * A column of a record.
     *
     * @param offset bytes before it in the record
     */
    record Field(String name, NpyType type, int offset) {}

    private static final Pattern DESCR =
            Pattern.compile("([<>|=]?)([a-zA-Z?])(\\d{0,9})(?:\\[(\\d{0,6}[a-zA-Z]+)\\])?");

    /** Reads a type such as {@code <f8}. */
    static NpyType of(String descr) throws NpyHeader.Malformed {
        Matcher type = DESCR.matcher(descr);
        if (!type.matches()) {
            throw new NpyHeader.Malformed("its type '" + Sentences.shown(descr) + "' is unknown");
        }
        char kind = type.group(2).charAt(0) == '?' ? 'b' : type.group(2).charAt(0);
        int digits = type.group(3).isEmpty() ? 1 : Integer.parseInt(type.group(3));
        int size = kind == 'U' ? 4 * Math.min(digits, 1 << 24) : digits;
        ByteOrder order = type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyType(kind, size, order, type.group(4) == null ? "" : type.group(4), List.of());
    }

    /**
     * A record; fields of fields become columns {@code a.b}, unnamed ones are padding. With an object in it NumPy writes all of
     * it as objects.
     */
    static NpyType records(List<Field> fields, int size) {
        if (fields.stream().anyMatch(field -> field.type.kind == 'O')) {
            return new NpyType('O', size, ByteOrder.LITTLE_ENDIAN, "", List.of());
        }
        List<Field> flat = new ArrayList<>();
        for (Field field : fields) {
            if (field.type.fields.isEmpty()) {
                if (!field.name.isEmpty()) {
                    flat.add(field);
                }
            } else {
                field.type.fields.forEach(inner ->
                        flat.add(new Field(field.name + "." + inner.name, inner.type, field.offset + inner.offset)));
            }
        }
        return new NpyType('V', size, ByteOrder.LITTLE_ENDIAN, "", List.copyOf(flat));
    }

    /** Type name as NumPy prints it. */
    String text() {
        return switch (kind) {
            case 'b' -> "bool";
            case 'i' -> "int" + 8 * size;
            case 'u' -> "uint" + 8 * size;
            case 'f' -> "float" + 8 * size;
            case 'c' -> "complex" + 8 * size;
            case 'S', 'U' -> "text";
            case 'O' -> "object";
            case 'M' -> "datetime64[" + unit + "]";
            case 'm' -> "timedelta64[" + unit + "]";
            case 'V' -> fields.isEmpty() ? "raw bytes" : "records";
            default -> "unknown type " + kind + size;
        };
    }

    boolean isText() {
        return kind == 'S' || kind == 'U';
    }

    boolean isDate() {
        return kind == 'M' && size == 8 && NpyDates.knows(unit);
    }

    boolean isRecord() {
        return kind == 'V' && !fields.isEmpty();
    }

    boolean isNumeric() {
        return switch (kind) {
            case 'b' -> size == 1;
            case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
            case 'f' -> size == 2 || size == 4 || size == 8;
            case 'm' -> size == 8;
            default -> false;
        };
    }

    /** True for whole numbers whose digits a float may lose. */
    boolean isWhole() {
        return (kind == 'i' || kind == 'u') && isNumeric();
    }

    /** The number at the buffer's position, which moves past it; not for whole numbers of 64 bits that must be exact. */
    double number(ByteBuffer from) {
        return switch (kind) {
            case 'f' -> size == 8 ? from.getDouble() : size == 4 ? from.getFloat() : half(from.getShort());
            case 'm' -> {
                long ticks = from.getLong();
                yield ticks == Long.MIN_VALUE ? Double.NaN : ticks;
            }
            default -> {
                long bits = whole(from);
                yield kind == 'u' && bits < 0 ? (bits >>> 1) * 2.0 + (bits & 1) : bits;
            }
        };
    }

    /** The whole number at the buffer's position; a uint64 above 2^63 - 1 comes back negative. */
    long whole(ByteBuffer from) {
        boolean unsigned = kind != 'i';
        return switch (size) {
            case 1 -> {
                byte value = from.get();
                yield kind == 'b' ? (value == 0 ? 0 : 1) : unsigned ? value & 0xff : value;
            }
            case 2 -> unsigned ? from.getShort() & 0xffff : from.getShort();
            case 4 -> unsigned ? from.getInt() & 0xffffffffL : from.getInt();
            default -> from.getLong();
        };
    }

    /** The text of an element: fixed width without trailing zeros, a date, or a number as label text. */
    String text(ByteBuffer element) {
        if (kind == 'M') {
            return NpyDates.text(element.getLong(), unit);
        }
        if (!isText()) {
            return LabelText.of(number(element));
        }
        StringBuilder text = new StringBuilder();
        if (kind == 'S') {
            byte[] bytes = new byte[size];
            element.get(bytes);
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
        } else {
            for (int c = 0; c < size / 4; c++) {
                int point = element.getInt();
                text.appendCodePoint(Character.isValidCodePoint(point) ? point : 0xfffd);
            }
        }
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == 0) {
            end--;
        }
        return text.substring(0, end);
    }

    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude = exponent == 31
                ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                : exponent == 0 ? fraction * 0x1p-24 : (1024 + fraction) * Math.scalb(1.0, exponent - 25);
        return bits < 0 ? -magnitude : magnitude;
    }
}

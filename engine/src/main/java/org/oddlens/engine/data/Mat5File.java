package org.oddlens.engine.data;

import com.jmatio.io.MatFileReader;
import com.jmatio.io.MatFileType;
import com.jmatio.types.MLArray;
import com.jmatio.types.MLChar;
import com.jmatio.types.MLNumericArray;
import com.jmatio.types.MLSparse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;

/**
 * A MATLAB level 5 file (saved with -v6 or -v7).
 *
 * <p>MatFileRW inflates without a limit, trusts dimensions and prints to standard output on damage. So this class walks
 * the top-level tags itself, inflates each variable under the budget, checks its dimensions, and hands MatFileRW only
 * a one-variable file in memory that passed.
 */
final class Mat5File implements DataFile {

    private static final int HEADER = 128;
    private static final int COMPRESSED = 15;
    private static final int MATRIX = 14;
    private static final long MAX_DEFLATE_RATIO = 1032;

    private record Place(int from, int length, boolean compressed, Mat5Element element) {}

    private final Path file;
    private final ReadBudget budget;
    private final ByteBuffer bytes;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();

    Mat5File(Path file, ReadBudget budget) throws IOException {
        this.file = file;
        this.budget = budget;
        long size = Files.size(file);
        if (size > Math.min(budget.maxFileBytes(), Integer.MAX_VALUE - 8)) {
            throw refused("has " + Sentences.bytes(size) + "; MATLAB level 5 files are read up to "
                    + Sentences.bytes(budget.maxFileBytes())
                    + ". Save it with -v7.3, or save single precision or fewer rows.");
        }
        byte[] all = Files.readAllBytes(file);
        if (all.length < HEADER) {
            throw cutOff("it ends inside its header");
        }
        bytes = ByteBuffer.wrap(all)
                .order(all[126] == 'I' && all[127] == 'M' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        walk();
        for (Place place : places.values()) {
            arrays.add(info(place));
        }
    }

    private void walk() {
        long left = budget.maxBytes();
        int at = HEADER;
        while (at < bytes.limit()) {
            if (bytes.limit() - at < 8) {
                throw cutOff("it ends inside the tag of a variable");
            }
            int type = bytes.getInt(at);
            int length = bytes.getInt(at + 4);
            if (length < 0 || length > bytes.limit() - at - 8) {
                throw cutOff("a variable announces " + Sentences.bytes(length & 0xffffffffL) + ", but only "
                        + Sentences.bytes(bytes.limit() - at - 8L) + " follow");
            }
            if (type == COMPRESSED || type == MATRIX) {
                ByteBuffer content = content(at + 8, length, type == COMPRESSED, left);
                left -= content.remaining();
                add(at + 8, length, type == COMPRESSED, content);
            } else if (type < 1 || type > 18) {
                throw damaged("a variable has the unknown type " + type);
            }
            at += 8 + length;
        }
        if (places.isEmpty()) {
            throw refused("is a MATLAB file without variables.");
        }
    }

    private void add(int from, int length, boolean compressed, ByteBuffer content) {
        if (content.remaining() == 0) {
            return;
        }
        try {
            Mat5Element element = Mat5Element.read(content, budget);
            if (places.putIfAbsent(element.name(), new Place(from, length, compressed, element)) != null) {
                if (element.problem().isEmpty()) {
                    throw refused("holds two variables named '" + element.name() + "'. Save it again.");
                }
            }
        } catch (Mat5Element.Malformed wrong) {
            throw damaged(wrong.getMessage());
        }
        if (places.size() > budget.maxArrays()) {
            throw refused("holds more than " + Sentences.count(budget.maxArrays()) + " variables.");
        }
    }

    /** The bytes after a variable's own tag, unpacked. */
    private ByteBuffer content(int from, int length, boolean compressed, long left) {
        if (!compressed) {
            requireBudget(length, left);
            return bytes.slice(from, length).order(bytes.order());
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes.array(), from, length);
            byte[] tag = new byte[8];
            inflate(inflater, tag);
            ByteBuffer header = ByteBuffer.wrap(tag).order(bytes.order());
            if (header.getInt() != MATRIX) {
                throw damaged("a compressed variable does not hold an array");
            }
            long size = header.getInt() & 0xffffffffL;
            requireBudget(size, left);
            if (size > (length + 64L) * MAX_DEFLATE_RATIO) {
                throw damaged("a variable announces " + Sentences.bytes(size) + ", which cannot come from its "
                        + Sentences.bytes(length));
            }
            byte[] content = new byte[(int) size];
            inflate(inflater, content);
            // The check sum comes after the last byte; up to 7 bytes of padding may come before it.
            if (inflater.inflate(new byte[8]) > 7 || !inflater.finished()) {
                throw damaged("a compressed variable is longer than it announces");
            }
            return ByteBuffer.wrap(content).order(bytes.order());
        } catch (java.util.zip.DataFormatException wrong) {
            throw damaged("a compressed variable cannot be unpacked (" + wrong.getMessage() + ")");
        } finally {
            inflater.end();
        }
    }

    private void inflate(Inflater inflater, byte[] target) throws java.util.zip.DataFormatException {
        int done = 0;
        while (done < target.length) {
            int got = inflater.inflate(target, done, target.length - done);
            if (got == 0) {
                throw cutOff("a compressed variable ends after " + Sentences.bytes(done) + " of "
                        + Sentences.bytes(target.length));
            }
            done += got;
        }
    }

    private void requireBudget(long size, long left) {
        if (size > Math.min(left, Integer.MAX_VALUE - HEADER - 16)) {
            throw refused("unpacks to more than the " + Sentences.bytes(budget.maxBytes())
                    + " that may be read from one file (one variable alone has " + Sentences.bytes(size)
                    + "). Save fewer rows, or single precision.");
        }
    }

    private ArrayInfo info(Place place) {
        Mat5Element element = place.element;
        if (!element.problem().isEmpty()) {
            return ArrayInfo.unusable(element.name(), element.shapeList(), element.type(), element.problem());
        }
        if (element.matClass() == Mat5Element.CHAR) {
            if (element.shape().length != 2 || element.shape()[0] == 1) {
                return ArrayInfo.unusable(
                        element.name(),
                        element.shapeList(),
                        "char",
                        "The array '" + element.name() + "' holds text; only text with one line per row can be used.");
            }
            return TextScan.info(element.name(), List.of(element.shape()[0]), texts(element.name()));
        }
        ValueScan scan = ValueScan.of(element.shapeList());
        for (double value : doubles(element.name())) {
            scan.add(value);
        }
        return scan.info(element.name(), element.shapeList(), element.type());
    }

    /** Reads one checked variable by MatFileRW. */
    private MLArray read(String name) {
        Place place = places.get(name);
        if (place == null || !place.element.problem().isEmpty()) {
            throw new DataFormatException(
                    file,
                    place == null
                            ? file.getFileName() + " has no array '" + name + "'. It has "
                                    + Sentences.list(List.copyOf(places.keySet()), 20) + "."
                            : place.element.problem());
        }
        ByteBuffer content = content(place.from, place.length, place.compressed, budget.maxBytes());
        ByteBuffer single =
                ByteBuffer.allocate(HEADER + 8 + content.remaining()).order(bytes.order());
        single.put(bytes.array(), 0, HEADER);
        single.putInt(MATRIX).putInt(content.remaining()).put(content);
        try {
            MLArray array =
                    new MatFileReader(new ByteArrayInputStream(single.array()), MatFileType.Regular).getMLArray(name);
            if (array == null) {
                throw damaged("the variable '" + name + "' cannot be found again");
            }
            return array;
        } catch (IOException | RuntimeException wrong) {
            throw damaged("the variable '" + name + "' cannot be read (" + wrong.getMessage() + ")");
        }
    }

    @Override
    public double[] doubles(String name) {
        MLArray array = read(name);
        Mat5Element element = places.get(name).element;
        int[] shape = element.shape();
        double[] out = new double[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
        if (array instanceof MLSparse sparse) {
            int[] rows = sparse.getIR();
            int[] columns = sparse.getIC();
            Double[] values = sparse.exportReal();
            if (rows.length > values.length || columns.length != rows.length) {
                throw damaged("the sparse variable '" + name + "' has an index that does not fit its values");
            }
            for (int i = 0; i < rows.length; i++) {
                out[rows[i] * shape[1] + columns[i]] = values[i];
            }
            return out;
        }
        if (!(array instanceof MLNumericArray<?> numeric)) {
            throw damaged("the variable '" + name + "' is no array of numbers");
        }
        ColumnMajor order = new ColumnMajor(shape);
        for (int i = 0; i < out.length; i++) {
            out[order.next()] = number(numeric.get(i), element);
        }
        return out;
    }

    /** MatFileRW returns unsigned integers as signed ones of the same width. */
    private static double number(Number value, Mat5Element element) {
        return switch (element.matClass()) {
            case 9 -> value.intValue() & 0xff;
            case 11 -> value.intValue() & 0xffff;
            case 13 -> value.longValue() & 0xffffffffL;
            case Mat5Element.UINT64 -> {
                long bits = value.longValue();
                yield bits >= 0 ? bits : (bits >>> 1) * 2.0 + (bits & 1);
            }
            case Mat5Element.DOUBLE, 7 -> {
                double real = value.doubleValue();
                yield real < 0 && element.storage() == Mat5Element.UINT32_STORAGE ? real + 0x1p32 : real;
            }
            default -> value.doubleValue();
        };
    }

    @Override
    public String[] texts(String name) {
        Place place = places.get(name);
        if (place == null || place.element.matClass() != Mat5Element.CHAR) {
            return LabelText.of(doubles(name));
        }
        MLChar text = (MLChar) read(name);
        String[] lines = new String[place.element.shape()[0]];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = text.getString(i).replace("\0", "").strip();
        }
        return lines;
    }

    private DataFormatException refused(String what) {
        return new DataFormatException(file, file.getFileName() + " " + what);
    }

    private DataFormatException damaged(String what) {
        return refused("is a MATLAB file, but damaged: " + what + ". Copy it again, or save it again with -v7.");
    }

    private DataFormatException cutOff(String what) {
        return refused("is a MATLAB file that was cut off: " + what + ". Copy or save it again.");
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public String format() {
        return "MATLAB level 5 (.mat)";
    }

    @Override
    public List<ArrayInfo> arrays() {
        return List.copyOf(arrays);
    }

    @Override
    public void close() {
        // the bytes are on the heap; nothing stays open
    }
}

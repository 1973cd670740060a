package org.oddlens.engine.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A MATLAB level 4 file: full real numeric matrices are read, text and sparse ones are listed. */
final class Mat4File implements DataFile {

    private static final int[] SIZES = {8, 4, 4, 2, 2, 1};
    private static final String[] TYPES = {"double", "single", "int32", "int16", "uint16", "uint8"};

    private record Place(int from, int rows, int columns, int precision, ByteOrder order, String problem) {}

    private final Path file;
    private final ByteBuffer bytes;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();

    Mat4File(Path file, ReadBudget budget) throws IOException {
        this.file = file;
        if (Files.size(file) > Math.min(budget.maxFileBytes(), budget.maxBytes() / 2)) {
            throw new DataFormatException(
                    file,
                    file.getFileName() + " is a MATLAB level 4 file of " + Sentences.bytes(Files.size(file))
                            + ", too large to be read. In MATLAB, save it again with -v7.3.");
        }
        bytes = ByteBuffer.wrap(Files.readAllBytes(file));
        int at = 0;
        while (at < bytes.limit()) {
            at = variable(at);
        }
        for (Map.Entry<String, Place> entry : places.entrySet()) {
            arrays.add(info(entry.getKey(), entry.getValue()));
        }
    }

    /** Whether 20 bytes look like the header of a level 4 variable: type word, rows, columns, flag, name length. */
    static boolean looksLike(byte[] start) {
        if (start.length < 21) {
            return false;
        }
        for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
            ByteBuffer header = ByteBuffer.wrap(start).order(order);
            int type = header.getInt(0);
            boolean digits = type >= 0
                    && type / 1000 == (order == ByteOrder.BIG_ENDIAN ? 1 : 0)
                    && type / 100 % 10 == 0
                    && type / 10 % 10 < SIZES.length
                    && type % 10 <= 2
                    && type < 2000;
            int flag = header.getInt(12);
            int name = header.getInt(16);
            if (digits
                    && header.getInt(4) >= 0
                    && header.getInt(8) >= 0
                    && (flag == 0 || flag == 1)
                    && name > 1
                    && name <= 256
                    && Character.isLetter(start[20])) {
                return true;
            }
        }
        return false;
    }

    private int variable(int at) {
        if (bytes.limit() - at < 20) {
            throw damaged("it ends inside the header of a variable");
        }
        bytes.order(
                bytes.order(ByteOrder.LITTLE_ENDIAN).getInt(at) / 1000 == 0
                                && bytes.getInt(at) >= 0
                                && bytes.getInt(at) < 1000
                        ? ByteOrder.LITTLE_ENDIAN
                        : ByteOrder.BIG_ENDIAN);
        int type = bytes.getInt(at);
        int rows = bytes.getInt(at + 4);
        int columns = bytes.getInt(at + 8);
        int complex = bytes.getInt(at + 12);
        int nameLength = bytes.getInt(at + 16);
        int precision = type / 10 % 10;
        if (type < 0 || type >= 2000 || precision >= SIZES.length || rows < 0 || columns < 0) {
            throw damaged("a variable has an unknown type");
        }
        if (nameLength < 1 || nameLength > 256 || nameLength > bytes.limit() - at - 20) {
            throw damaged("a variable has no name");
        }
        String name = new String(bytes.array(), at + 20, nameLength - 1, StandardCharsets.ISO_8859_1);
        long values = (long) rows * columns;
        long left = bytes.limit() - at - 20L - nameLength;
        if (values > left) {
            throw damaged("the variable '" + name + "' announces " + Sentences.count(values, "value") + ", but only "
                    + Sentences.bytes(left) + " follow");
        }
        long data = values * SIZES[precision] * (complex == 1 ? 2 : 1);
        if (data > left) {
            throw damaged("the variable '" + name + "' announces " + Sentences.bytes(data) + ", but only "
                    + Sentences.bytes(left) + " follow");
        }
        String problem = type % 10 == 1
                ? "holds text."
                : type % 10 == 2
                        ? "is sparse. In MATLAB, save it again with -v7."
                        : complex == 1 ? "holds complex numbers." : values == 0 ? "is empty." : "";
        Place place = new Place(at + 20 + nameLength, rows, columns, precision, bytes.order(), problem);
        if (places.put(name, place) != null) {
            throw damaged("it holds two variables named '" + name + "'");
        }
        return (int) (at + 20 + nameLength + data);
    }

    private DataFormatException damaged(String what) {
        return new DataFormatException(
                file,
                file.getFileName() + " looks like a MATLAB level 4 file, but " + what
                        + ". Copy it again, or in MATLAB save it again with -v7.");
    }

    private ArrayInfo info(String name, Place place) {
        List<Integer> shape = List.of(place.rows, place.columns);
        String type = TYPES[place.precision];
        if (!place.problem.isEmpty()) {
            return ArrayInfo.unusable(name, shape, type, "The array '" + name + "' " + place.problem);
        }
        ValueScan scan = ValueScan.of(shape);
        for (double value : doubles(name)) {
            scan.add(value);
        }
        return scan.info(name, shape, type);
    }

    @Override
    public double[] doubles(String name) {
        Place place = places.get(name);
        if (place == null || !place.problem.isEmpty()) {
            throw new DataFormatException(
                    file,
                    "The array '" + name + "' "
                            + (place == null ? "is not in " + file.getFileName() + "." : place.problem));
        }
        double[] out = new double[place.rows * place.columns];
        ColumnMajor order = new ColumnMajor(place.rows, place.columns);
        bytes.order(place.order);
        int size = SIZES[place.precision];
        for (int i = 0, at = place.from; i < out.length; i++, at += size) {
            out[order.next()] = switch (place.precision) {
                case 0 -> bytes.getDouble(at);
                case 1 -> bytes.getFloat(at);
                case 2 -> bytes.getInt(at);
                case 3 -> bytes.getShort(at);
                case 4 -> bytes.getShort(at) & 0xffff;
                default -> bytes.get(at) & 0xff;
            };
        }
        return out;
    }

    @Override
    public String[] texts(String name) {
        return LabelText.of(doubles(name));
    }

    @Override
    public Path path() {
        return file;
    }

    @Override
    public String format() {
        return "MATLAB level 4 (.mat)";
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

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

/** A MATLAB level 4 file: real matrices, sparse ones and text with one line per row. */
final class Mat4File implements DataFile {

    private static final int[] SIZES = {8, 4, 4, 2, 2, 1};
    private static final String[] TYPES = {"double", "single", "int32", "int16", "uint16", "uint8"};
    private static final int TEXT = 1;
    private static final int SPARSE = 2;

    /**
     * One variable.
     *
     * @param rows    stored rows; a sparse matrix stores one per value, and one for its size
     * @param kind    0 full, 1 text, 2 sparse
     * @param problem why it cannot be used, as the end of a sentence; "" if it can
     */
    private record Place(
            int from, int rows, int columns, int precision, int kind, ByteOrder order, int[] shape, String problem) {

        String type() {
            return kind == TEXT ? "char" : kind == SPARSE ? "sparse " + TYPES[precision] : TYPES[precision];
        }
    }

    private final Path file;
    private final ReadBudget budget;
    private final ByteBuffer bytes;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();

    Mat4File(Path file, ReadBudget budget) throws IOException {
        this.file = file;
        this.budget = budget;
        if (Files.size(file) > Math.min(budget.maxFileBytes(), budget.maxBytes())) {
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
        places.forEach((name, place) -> arrays.add(info(name, place)));
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
        boolean complex = bytes.getInt(at + 12) == 1;
        int nameLength = bytes.getInt(at + 16);
        int precision = type / 10 % 10;
        if (type < 0 || type >= 2000 || precision >= SIZES.length || rows < 0 || columns < 0) {
            throw damaged("a variable has an unknown type");
        }
        if (nameLength < 1 || nameLength > 256 || nameLength > bytes.limit() - at - 20) {
            throw damaged("a variable has no name");
        }
        int from = at + 20 + nameLength;
        String name = new String(bytes.array(), at + 20, nameLength - 1, StandardCharsets.ISO_8859_1);
        long values = (long) rows * columns;
        long left = bytes.limit() - (long) from;
        long data = values * SIZES[precision] * (complex ? 2 : 1);
        if (values > left || data > left) {
            throw damaged("the variable '" + name + "' announces " + Sentences.count(values, "value") + ", but only "
                    + Sentences.bytes(left) + " follow");
        }
        Place stored =
                new Place(from, rows, columns, precision, type % 10, bytes.order(), new int[] {rows, columns}, "");
        if (places.put(name, checked(stored, complex)) != null) {
            throw damaged("it holds two variables named '" + name + "'");
        }
        return (int) (from + data);
    }

    private Place checked(Place place, boolean complex) {
        if (place.rows == 0 || place.columns == 0) {
            return with(place, place.shape, "is empty.");
        }
        if (place.kind == TEXT) {
            return with(place, place.shape, place.rows == 1 ? "is a single text." : "");
        }
        if (complex) {
            return with(place, place.shape, "holds complex numbers. Save its real part or its magnitude.");
        }
        if (place.kind == SPARSE) {
            return sparse(place);
        }
        return place.kind > SPARSE ? with(place, place.shape, "has an unknown kind.") : place;
    }

    private static Place with(Place place, int[] shape, String problem) {
        return new Place(
                place.from, place.rows, place.columns, place.precision, place.kind, place.order, shape, problem);
    }

    /** Three columns, row, column and value; the last row states the size of the matrix. */
    private Place sparse(Place place) {
        double rows = place.columns == 3 ? value(place, place.rows - 1) : 0;
        double columns = place.columns == 3 ? value(place, 2 * place.rows - 1) : 0;
        if (!isIndex(rows, Integer.MAX_VALUE) || !isIndex(columns, Integer.MAX_VALUE)) {
            return with(place, place.shape, "is damaged: it is sparse without a size.");
        }
        int[] shape = {(int) rows, (int) columns};
        if (rows * columns > Math.min(Integer.MAX_VALUE - 8, budget.maxBytes() / Double.BYTES)) {
            return with(place, shape, "is sparse and takes " + budget.tooMuch((long) (rows * columns * 8)) + ".");
        }
        for (int i = 0; i < place.rows - 1; i++) {
            if (!isIndex(value(place, i), rows) || !isIndex(value(place, place.rows + i), columns)) {
                return with(place, shape, "is damaged: it is sparse with a value outside its size.");
            }
        }
        return with(place, shape, "");
    }

    private static boolean isIndex(double value, double most) {
        return value >= 1 && value <= most && value == Math.rint(value);
    }

    private double value(Place place, int index) {
        bytes.order(place.order);
        int at = place.from + index * SIZES[place.precision];
        return switch (place.precision) {
            case 0 -> bytes.getDouble(at);
            case 1 -> bytes.getFloat(at);
            case 2 -> bytes.getInt(at);
            case 3 -> bytes.getShort(at);
            case 4 -> bytes.getShort(at) & 0xffff;
            default -> bytes.get(at) & 0xff;
        };
    }

    private DataFormatException damaged(String what) {
        return new DataFormatException(
                file,
                file.getFileName() + " looks like a MATLAB level 4 file, but " + what
                        + ". Copy it again, or in MATLAB save it again with -v7.");
    }

    private ArrayInfo info(String name, Place place) {
        List<Integer> shape = List.of(place.shape[0], place.shape[1]);
        if (!place.problem.isEmpty()) {
            return ArrayInfo.unusable(name, shape, place.type(), "The array '" + name + "' " + place.problem);
        }
        if (place.kind == TEXT) {
            return TextScan.info(name, List.of(place.rows), texts(name));
        }
        ValueScan scan = ValueScan.of(shape);
        if (place.kind == SPARSE) {
            for (double value : doubles(name)) {
                scan.add(value);
            }
        } else {
            for (int i = 0; i < place.rows * place.columns; i++) {
                scan.add(value(place, i));
            }
        }
        return scan.info(name, shape, place.type());
    }

    private Place usable(String name) {
        Place place = places.get(name);
        if (place == null || !place.problem.isEmpty()) {
            throw new DataFormatException(
                    file,
                    "The array '" + name + "' "
                            + (place == null ? "is not in " + file.getFileName() + "." : place.problem));
        }
        return place;
    }

    @Override
    public double[] doubles(String name) {
        Place place = usable(name);
        if (place.kind == TEXT) {
            throw new DataFormatException(file, "The array '" + name + "' holds text, not numbers.");
        }
        double[] out = new double[place.shape[0] * place.shape[1]];
        if (place.kind == SPARSE) {
            for (int i = 0; i < place.rows - 1; i++) {
                int row = (int) value(place, i) - 1;
                int column = (int) value(place, place.rows + i) - 1;
                out[row * place.shape[1] + column] += value(place, 2 * place.rows + i);
            }
            return out;
        }
        ColumnMajor order = new ColumnMajor(place.shape);
        for (int i = 0; i < out.length; i++) {
            out[order.next()] = value(place, i);
        }
        return out;
    }

    @Override
    public String[] texts(String name) {
        Place place = usable(name);
        if (place.kind != TEXT) {
            return LabelText.of(doubles(name));
        }
        String[] lines = new String[place.rows];
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < place.rows; i++) {
            line.setLength(0);
            for (int j = 0; j < place.columns; j++) {
                line.append((char) value(place, j * place.rows + i));
            }
            lines[i] = line.toString().replace("\0", "").strip();
        }
        return lines;
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

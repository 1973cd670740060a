package org.oddlens.engine.data;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One variable of a MATLAB level 5 file, looked at before any library sees it.
 *
 * @param name     variable name
 * @param shape    dimensions, rows first
 * @param matClass MATLAB's class number
 * @param logical  flagged as logical
 * @param complex  has an imaginary part
 * @param storage  type number that the real part is stored as, 0 if not looked at
 * @param problem  why it cannot be used, as a sentence; "" if it can
 */
record Mat5Element(
        String name, int[] shape, int matClass, boolean logical, boolean complex, int storage, String problem) {

    static final int CELL = 1;
    static final int STRUCT = 2;
    static final int CHAR = 4;
    static final int SPARSE = 5;
    static final int DOUBLE = 6;
    static final int UINT64 = 15;
    static final int UINT32_STORAGE = 6;

    private static final int MAX_DIMENSIONS = 32;
    private static final String[] CLASS_NAMES = {
        "unknown",
        "cell",
        "struct",
        "object",
        "char",
        "sparse double",
        "double",
        "single",
        "int8",
        "uint8",
        "int16",
        "uint16",
        "int32",
        "uint32",
        "int64",
        "uint64",
        "function handle",
        "object"
    };

    /** Thrown where the bytes contradict themselves. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String what) {
            super(what);
        }
    }

    private record Sub(int type, ByteBuffer data) {

        int count() {
            return data.remaining() / size(type);
        }
    }

    /**
     * Reads flags, dimensions and name, and checks that the data are as many as the dimensions say.
     *
     * @param content bytes after the variable's tag
     * @param budget  limits of a sparse matrix made dense
     */
    static Mat5Element read(ByteBuffer content, ReadBudget budget) throws Malformed {
        ByteBuffer buffer = content.duplicate().order(content.order());
        Sub flags = sub(buffer);
        if (flags.type != 6 || flags.data.remaining() != 8) {
            throw new Malformed("the flags of a variable are missing");
        }
        int word = flags.data.getInt();
        int nonZeros = flags.data.getInt();
        int matClass = word & 0xff;
        boolean complex = (word & 0x0800) != 0;
        boolean logical = (word & 0x0200) != 0;
        if (matClass >= 16 || matClass == 3 || matClass == 0) {
            return new Mat5Element(
                    "(object)", new int[0], matClass, false, false, 0, "It is a MATLAB object, which cannot be read.");
        }
        int[] shape = shape(sub(buffer));
        Sub nameBytes = sub(buffer);
        byte[] name = new byte[Math.min(nameBytes.data.remaining(), 256)];
        nameBytes.data.get(name);
        Mat5Element plain = new Mat5Element(
                new String(name, StandardCharsets.ISO_8859_1), shape, matClass, logical, complex, 0, "");
        if (matClass == CELL || matClass == STRUCT) {
            return plain.unusable("is a " + plain.type() + " array; only plain arrays of numbers or text can be used.");
        }
        long count = count(shape);
        if (count == 0) {
            return plain.unusable("is empty.");
        }
        if (complex) {
            return plain.unusable("holds complex numbers. Save its real part or its magnitude.");
        }
        if (matClass == SPARSE) {
            return plain.checkedSparse(buffer, nonZeros, budget);
        }
        Sub real = sub(buffer);
        long found = real.count();
        boolean utf8 = matClass == CHAR && real.type == 16;
        if (utf8 ? found > 4 * count : found != count) {
            throw new Malformed("the variable '" + plain.name + "' announces " + Sentences.count(count, "value") + " ("
                    + Sentences.shape(plain.shapeList()) + ") but holds " + Sentences.count(found));
        }
        return new Mat5Element(plain.name, shape, matClass, logical, false, real.type, "");
    }

    private Mat5Element checkedSparse(ByteBuffer buffer, int nonZeros, ReadBudget budget) throws Malformed {
        String variable = "the sparse variable '" + name + "'";
        Sub ir = sub(buffer);
        Sub jc = sub(buffer);
        Sub real = sub(buffer);
        if (shape.length != 2 || size(ir.type) != 4 || size(jc.type) != 4 || jc.count() != shape[1] + 1) {
            throw new Malformed(variable + " has no consistent index");
        }
        int last = 0;
        while (jc.data.hasRemaining()) {
            int next = jc.data.getInt();
            if (next < last) {
                throw new Malformed(variable + " has a column index that runs backwards");
            }
            last = next;
        }
        if (last > ir.count() || last > real.count() || nonZeros < 0) {
            throw new Malformed(variable + " announces more values than it holds");
        }
        for (int i = 0; i < last; i++) {
            int row = ir.data.getInt();
            if (row < 0 || row >= shape[0]) {
                throw new Malformed(variable + " has a value outside its rows");
            }
        }
        if (count(shape) > budget.maxBytes() / Double.BYTES || last > budget.maxBytes() / 200) {
            return unusable("is sparse and takes " + Sentences.bytes(Double.BYTES * count(shape))
                    + " as a full matrix, more than the " + Sentences.bytes(budget.maxBytes()) + " allowed.");
        }
        return new Mat5Element(name, shape, matClass, logical, false, real.type, "");
    }

    private Mat5Element unusable(String why) {
        return new Mat5Element(name, shape, matClass, logical, complex, 0, "The array '" + name + "' " + why);
    }

    /** Type name as MATLAB prints it. */
    String type() {
        return logical ? "logical" : matClass < CLASS_NAMES.length ? CLASS_NAMES[matClass] : "unknown";
    }

    List<Integer> shapeList() {
        List<Integer> list = new ArrayList<>();
        for (int length : shape) {
            list.add(length);
        }
        return list;
    }

    private static int[] shape(Sub dims) throws Malformed {
        int n = dims.data.remaining() / 4;
        if (dims.type != 5 || n < 2 || n > MAX_DIMENSIONS) {
            throw new Malformed("the dimensions of a variable are missing");
        }
        int[] shape = new int[n];
        for (int i = 0; i < n; i++) {
            shape[i] = dims.data.getInt();
            if (shape[i] < 0) {
                throw new Malformed("a variable has a negative dimension");
            }
        }
        return shape;
    }

    private static long count(int[] shape) throws Malformed {
        long count = 1;
        for (int length : shape) {
            count *= length;
            if (count > Integer.MAX_VALUE) {
                throw new Malformed("a variable announces more than 2,147,483,647 values");
            }
        }
        return count;
    }

    private static Sub sub(ByteBuffer buffer) throws Malformed {
        if (buffer.remaining() < 8) {
            throw new Malformed("a variable ends early");
        }
        ByteOrder order = buffer.order();
        int first = buffer.getInt();
        int type;
        int bytes;
        int padded;
        if (first >>> 16 != 0) {
            type = first & 0xffff;
            bytes = first >>> 16;
            padded = 4;
            if (bytes > 4) {
                throw new Malformed("a short element is too long");
            }
        } else {
            type = first;
            bytes = buffer.getInt();
            padded = bytes < 0 ? -1 : (int) Math.min(Integer.MAX_VALUE, (bytes + 7L) / 8 * 8);
        }
        if (bytes < 0 || bytes > buffer.remaining()) {
            throw new Malformed("a variable ends early");
        }
        ByteBuffer data = buffer.slice(buffer.position(), bytes).order(order);
        buffer.position(buffer.position() + Math.min(padded, buffer.remaining()));
        return new Sub(type, data);
    }

    private static int size(int type) {
        return switch (type) {
            case 3, 4, 17 -> 2;
            case 5, 6, 7, 18 -> 4;
            case 9, 12, 13 -> 8;
            default -> 1;
        };
    }
}

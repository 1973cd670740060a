package org.oddlens.engine.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The head of one array of a MATLAB level 5 file.
 *
 * @param name     variable name; "" for fields, cells and the array that MATLAB keeps beside objects
 * @param shape    dimensions, rows first; empty for objects
 * @param matClass MATLAB's class number
 * @param logical  flagged as logical
 * @param complex  has an imaginary part
 * @param object   class name of an object, else ""
 * @param body     where its contents begin in the bytes it was read from
 */
record Mat5Element(String name, int[] shape, int matClass, boolean logical, boolean complex, String object, int body) {

    static final int CELL = 1;
    static final int STRUCT = 2;
    static final int CHAR = 4;
    static final int SPARSE = 5;
    static final int DOUBLE = 6;
    static final int UINT64 = 15;

    private static final int OLD_OBJECT = 3;
    private static final int FUNCTION = 16;
    private static final int OPAQUE = 17;
    private static final int MAX_DIMENSIONS = 32;
    private static final int MAX_NAME = 256;
    private static final List<String> CLASS_NAMES = List.of(
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
            "object");

    /**
     * Reads flags, dimensions and name.
     *
     * @param content bytes after the array's own tag; none at all is MATLAB's way to write an empty array
     */
    static Mat5Element read(ByteBuffer content) throws Mat5Tag.Malformed {
        if (!content.hasRemaining()) {
            return new Mat5Element("", new int[] {0, 0}, DOUBLE, false, false, "", content.position());
        }
        ByteBuffer buffer = content.duplicate().order(content.order());
        Mat5Tag flags = Mat5Tag.next(buffer);
        if (flags.type() != Mat5Tag.UINT32 && flags.type() != Mat5Tag.INT32
                || flags.data().remaining() != 8) {
            throw new Mat5Tag.Malformed("has no flags");
        }
        int word = flags.data().getInt();
        int matClass = word & 0xff;
        boolean logical = (word & 0x0200) != 0;
        boolean complex = (word & 0x0800) != 0;
        if (matClass == OPAQUE) {
            String name = text(Mat5Tag.next(buffer));
            Mat5Tag.next(buffer); // the type system, as a rule MCOS
            String object = text(Mat5Tag.next(buffer));
            return new Mat5Element(name, new int[0], matClass, false, false, object, buffer.position());
        }
        int[] shape = shape(Mat5Tag.next(buffer));
        String name = text(Mat5Tag.next(buffer));
        String object = matClass == OLD_OBJECT ? text(Mat5Tag.next(buffer)) : "";
        return new Mat5Element(name, shape, matClass, logical, complex, object, buffer.position());
    }

    private static String text(Mat5Tag tag) {
        byte[] bytes = new byte[Math.min(tag.data().remaining(), MAX_NAME)];
        tag.data().get(bytes);
        return new String(bytes, StandardCharsets.UTF_8).replace("\0", "");
    }

    /** Some writers store the dimensions as unsigned integers. */
    private static int[] shape(Mat5Tag dims) throws Mat5Tag.Malformed {
        int n = dims.data().remaining() / 4;
        if (dims.type() != Mat5Tag.INT32 && dims.type() != Mat5Tag.UINT32 || n < 2 || n > MAX_DIMENSIONS) {
            throw new Mat5Tag.Malformed("has no dimensions");
        }
        return dims.indices(Integer.MAX_VALUE, "has a negative dimension");
    }

    /** Number of values, the product of the dimensions. */
    int count() throws Mat5Tag.Malformed {
        long count = 1;
        for (int length : shape) {
            count *= length;
            if (count > Integer.MAX_VALUE) {
                throw new Mat5Tag.Malformed("announces more than 2,147,483,647 values");
            }
        }
        return (int) count;
    }

    boolean isNumeric() {
        return matClass >= SPARSE && matClass <= UINT64;
    }

    /** Why an array of this class can never be used, as the end of a sentence; "" if it may be. */
    String problem() {
        return switch (matClass) {
            case CELL, STRUCT, CHAR -> "";
            case FUNCTION -> MatlabObject.problem(name, "function_handle");
            case OLD_OBJECT, OPAQUE -> MatlabObject.problem(name.isEmpty() ? "x" : name, object);
            default -> !isNumeric()
                    ? "has the unknown class " + matClass + "."
                    : complex ? "holds complex numbers. Save its real part or its magnitude." : "";
        };
    }

    /** Type name as MATLAB prints it. */
    String type() {
        if (!object.isEmpty()) {
            return object;
        }
        String plain = matClass < CLASS_NAMES.size() ? CLASS_NAMES.get(matClass) : "unknown";
        return !logical ? plain : matClass == SPARSE ? "sparse logical" : "logical";
    }

    List<Integer> shapeList() {
        return Arrays.stream(shape).boxed().toList();
    }
}

package org.oddlens.engine.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what can be read inside one variable of a MATLAB level 5 file: the variable itself, fields of single structs as
 * {@code data.X}, cells as {@code c{1}}, nested ones too. A cell array of texts or of single numbers is one array.
 */
final class Mat5Tree {

    /** What a leaf is read as. */
    enum Kind {
        NUMBERS,
        LINES,
        CELL_TEXTS,
        CELL_NUMBERS,
        NOTHING
    }

    /**
     * One array to list.
     *
     * @param name    as one would write it in MATLAB
     * @param from    where its contents begin in the variable's bytes
     * @param length  how many bytes they are
     * @param element its head, null where even that cannot be read
     * @param problem why it cannot be used, as the end of a sentence; "" if it can
     */
    record Leaf(String name, int from, int length, Mat5Element element, Kind kind, String problem) {

        List<Integer> shape() {
            return element == null ? List.of() : element.shapeList();
        }

        String type() {
            return element == null ? "unknown" : element.type();
        }
    }

    private record Child(int from, int length) {}

    private static final int MAX_DEPTH = 6;
    private static final int MAX_CELLS = 100;

    private final ByteBuffer content;
    private final ReadBudget budget;
    private final List<Leaf> leaves = new ArrayList<>();

    private Mat5Tree(ByteBuffer content, ReadBudget budget) {
        this.content = content;
        this.budget = budget;
    }

    /**
     * All arrays of a variable.
     *
     * @param content bytes after the variable's tag, from position 0
     * @param name    what to call it where its own name cannot be read
     */
    static List<Leaf> leaves(ByteBuffer content, String name, ReadBudget budget) {
        Mat5Tree tree = new Mat5Tree(content, budget);
        Child whole = new Child(0, content.limit());
        String own = name;
        try {
            own = Mat5Element.read(content).name();
        } catch (Mat5Tag.Malformed unreadable) {
            tree.add(name, whole, null, Kind.NOTHING, unreadable.getMessage() + ".");
            return tree.leaves;
        }
        tree.look(own, whole, 0);
        return tree.leaves;
    }

    private void add(String name, Child at, Mat5Element element, Kind kind, String problem) {
        if (leaves.size() <= budget.maxArrays()) {
            leaves.add(new Leaf(name, at.from, at.length, element, kind, problem));
        }
    }

    private ByteBuffer slice(Child at) {
        return content.slice(at.from, at.length).order(content.order());
    }

    private void look(String name, Child at, int depth) {
        Mat5Element element = null;
        try {
            element = Mat5Element.read(slice(at));
            String problem = element.problem();
            if (problem.isEmpty() && element.count() == 0) {
                problem = "is empty.";
            }
            if (!problem.isEmpty()) {
                add(name, at, element, Kind.NOTHING, problem);
            } else if (element.matClass() == Mat5Element.STRUCT) {
                struct(name, at, element, depth);
            } else if (element.matClass() == Mat5Element.CELL) {
                cell(name, at, element, depth);
            } else {
                plain(name, at, element);
            }
        } catch (Mat5Tag.Malformed wrong) {
            add(name, at, element, Kind.NOTHING, "is damaged: it " + wrong.getMessage() + ".");
        }
    }

    private void plain(String name, Child at, Mat5Element element) throws Mat5Tag.Malformed {
        Mat5Values values = new Mat5Values(element, slice(at));
        boolean sparse = element.matClass() == Mat5Element.SPARSE;
        long bytes = (sparse ? Double.BYTES : Float.BYTES) * (long) element.count();
        if (bytes > budget.maxBytes()) {
            add(
                    name,
                    at,
                    element,
                    Kind.NOTHING,
                    (sparse ? "is sparse and takes " : "takes ") + budget.tooMuch(bytes) + ".");
        } else if (element.matClass() != Mat5Element.CHAR) {
            add(name, at, element, Kind.NUMBERS, "");
        } else {
            values.lines();
            boolean oneLine = element.shape()[0] == 1;
            add(name, at, element, oneLine ? Kind.NOTHING : Kind.LINES, oneLine ? "is a single text." : "");
        }
    }

    private void struct(String name, Child at, Mat5Element element, int depth) throws Mat5Tag.Malformed {
        if (element.count() != 1 || depth == MAX_DEPTH) {
            String why = depth == MAX_DEPTH
                    ? "lies more than " + MAX_DEPTH + " levels deep in structs and cells. Save it by itself."
                    : "is a struct array; only fields of a single struct can be used. In MATLAB, save"
                            + " struct2table(" + name + ") as CSV, or its fields as arrays.";
            add(name, at, element, Kind.NOTHING, why);
            return;
        }
        ByteBuffer buffer = body(at, element);
        Mat5Tag width = Mat5Tag.next(buffer);
        Mat5Tag names = Mat5Tag.next(buffer);
        int length = width.data().remaining() == 4 ? width.data().getInt() : 0;
        if (length < 1 || names.data().remaining() % length != 0) {
            throw new Mat5Tag.Malformed("has no field names");
        }
        List<Child> fields = children(buffer, at, names.data().remaining() / length);
        if (fields.isEmpty()) {
            add(name, at, element, Kind.NOTHING, "is a struct without fields.");
        }
        byte[] field = new byte[length];
        for (Child child : fields) {
            names.data().get(field);
            String text = new String(field, StandardCharsets.UTF_8);
            int end = text.indexOf('\0');
            look(name + "." + (end < 0 ? text : text.substring(0, end)), child, depth + 1);
        }
    }

    private void cell(String name, Child at, Mat5Element element, int depth) throws Mat5Tag.Malformed {
        List<Child> cells = children(body(at, element), at, element.count());
        Kind kind = kind(cells);
        if (kind != Kind.NOTHING) {
            add(name, at, element, kind, "");
            return;
        }
        if (depth == MAX_DEPTH) {
            add(name, at, element, Kind.NOTHING, "lies more than " + MAX_DEPTH + " levels deep. Save it by itself.");
            return;
        }
        if (cells.size() > MAX_CELLS) {
            add(
                    name,
                    at,
                    element,
                    Kind.NOTHING,
                    "is a cell array; only its first " + MAX_CELLS + " cells are listed. In MATLAB, cell2mat(" + name
                            + ") makes one array of cells of equal kind.");
        }
        for (int i = 0; i < Math.min(MAX_CELLS, cells.size()); i++) {
            look(name + "{" + (i + 1) + "}", cells.get(i), depth + 1);
        }
    }

    /** Texts, if each cell holds one (or a single number beside texts); numbers, if each holds a single one. */
    private Kind kind(List<Child> cells) throws Mat5Tag.Malformed {
        boolean texts = false;
        for (Child at : cells) {
            Mat5Element element = Mat5Element.read(slice(at));
            boolean text = element.matClass() == Mat5Element.CHAR
                    && (element.count() == 0 || element.shape().length == 2 && element.shape()[0] == 1);
            boolean number = element.isNumeric()
                    && !element.complex()
                    && (element.count() == 1 || element.count() == 0 && cells.size() > 1);
            if (!text && !number) {
                return Kind.NOTHING;
            }
            texts |= text;
            new Mat5Values(element, slice(at));
        }
        return texts ? Kind.CELL_TEXTS : Kind.CELL_NUMBERS;
    }

    private ByteBuffer body(Child at, Mat5Element element) {
        return slice(at).position(element.body());
    }

    /** The arrays that follow in {@code buffer}, a part of {@code whole}; each takes at least its tag. */
    private static List<Child> children(ByteBuffer buffer, Child whole, int count) throws Mat5Tag.Malformed {
        if (8L * count > buffer.remaining()) {
            throw new Mat5Tag.Malformed("announces " + Sentences.count(count, "part") + ", for which its "
                    + Sentences.bytes(buffer.remaining()) + " are too few");
        }
        List<Child> children = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int tag = buffer.position();
            Mat5Tag child = Mat5Tag.next(buffer);
            if (child.type() != Mat5Tag.MATRIX) {
                throw new Mat5Tag.Malformed("has a part that is no array");
            }
            children.add(new Child(whole.from + tag + 8, child.data().remaining()));
        }
        return children;
    }

    /** Values of the cells of a {@link Kind#CELL_NUMBERS} leaf, NaN for an empty one, row-major. */
    static double[] cellNumbers(ByteBuffer content, Leaf leaf) throws Mat5Tag.Malformed {
        double[] out = new double[leaf.element.count()];
        ColumnMajor order = new ColumnMajor(leaf.element.shape());
        for (ByteBuffer cell : cells(content, leaf)) {
            Mat5Element element = Mat5Element.read(cell);
            out[order.next()] = element.count() == 0 ? Double.NaN : new Mat5Values(element, cell).doubles()[0];
        }
        return out;
    }

    /** Texts of the cells of a leaf, numbers as label text, row-major. */
    static String[] cellTexts(ByteBuffer content, Leaf leaf) throws Mat5Tag.Malformed {
        String[] out = new String[leaf.element.count()];
        ColumnMajor order = new ColumnMajor(leaf.element.shape());
        for (ByteBuffer cell : cells(content, leaf)) {
            Mat5Element element = Mat5Element.read(cell);
            Mat5Values values = new Mat5Values(element, cell);
            out[order.next()] = element.count() == 0
                    ? ""
                    : element.matClass() == Mat5Element.CHAR ? values.lines()[0] : LabelText.of(values.doubles()[0]);
        }
        return out;
    }

    private static List<ByteBuffer> cells(ByteBuffer content, Leaf leaf) throws Mat5Tag.Malformed {
        ByteBuffer own = content.slice(leaf.from, leaf.length).order(content.order());
        List<ByteBuffer> cells = new ArrayList<>();
        ByteBuffer buffer = own.duplicate().order(own.order()).position(leaf.element.body());
        for (Child child : children(buffer, new Child(0, leaf.length), leaf.element.count())) {
            cells.add(own.slice(child.from, child.length).order(own.order()));
        }
        return cells;
    }
}

package org.oddlens.engine.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Inflater;

/**
 * A MATLAB level 5 file (saved with -v6 or -v7).
 *
 * <p>Libraries inflate without a limit and trust announced counts. So this class walks the variables itself, inflates
 * each under the budget and reads it by {@link Mat5Tree}. What is wrong inside one variable makes that variable
 * unusable; only a file that ends early, or whose variables cannot be told apart, is refused as a whole.
 */
final class Mat5File implements DataFile {

    private static final int HEADER = 128;
    private static final int HEAD = 512;
    private static final long MAX_DEFLATE_RATIO = 1032;

    /** The stored bytes of a variable. */
    private record Variable(int from, int length, boolean compressed) {}

    private record Place(Variable variable, Mat5Tree.Leaf leaf) {}

    private final Path file;
    private final ReadBudget budget;
    private final ByteBuffer bytes;
    private final Map<String, Place> places = new LinkedHashMap<>();
    private final List<ArrayInfo> arrays = new ArrayList<>();
    private long left;

    Mat5File(Path file, ReadBudget budget) throws IOException {
        this.file = file;
        this.budget = budget;
        left = budget.maxBytes();
        long size = Files.size(file);
        long most = Math.min(Math.min(budget.maxFileBytes(), budget.maxBytes()), Integer.MAX_VALUE - 8);
        if (size > most) {
            throw refused("has " + Sentences.bytes(size) + "; MATLAB level 5 files are read up to "
                    + Sentences.bytes(most) + ". Save it with -v7.3, or save single precision or fewer rows.");
        }
        byte[] all = Files.readAllBytes(file);
        if (all.length < HEADER) {
            throw cutOff("it ends inside its header");
        }
        bytes = ByteBuffer.wrap(all)
                .order(all[126] == 'I' && all[127] == 'M' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        walk();
    }

    private void walk() {
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
            if (type == Mat5Tag.COMPRESSED || type == Mat5Tag.MATRIX) {
                add(new Variable(at + 8, length, type == Mat5Tag.COMPRESSED));
            } else if (type < 1 || type > 18) {
                throw damaged("a variable has the unknown type " + type);
            }
            at += 8 + length;
        }
        if (places.isEmpty()) {
            throw refused("is a MATLAB file without variables.");
        }
    }

    private void add(Variable variable) {
        String unnamed = "(variable " + (places.size() + 1) + ")";
        ByteBuffer content;
        try {
            content = content(variable, left);
        } catch (Mat5Tag.Malformed wrong) {
            Mat5Element head = head(variable);
            String name = head == null || head.name().isEmpty() ? unnamed : head.name();
            put(
                    new Place(
                            variable,
                            new Mat5Tree.Leaf(name, 0, 0, head, Mat5Tree.Kind.NOTHING, wrong.getMessage() + ".")),
                    null);
            return;
        }
        left -= content.remaining();
        for (Mat5Tree.Leaf leaf : Mat5Tree.leaves(content, unnamed, budget)) {
            if (!leaf.name().isEmpty()) { // the nameless one is what MATLAB keeps beside objects
                put(new Place(variable, leaf), content);
            }
        }
    }

    private void put(Place place, ByteBuffer content) {
        String name = place.leaf.name();
        if (places.putIfAbsent(name, place) != null) {
            throw refused("holds two variables named '" + name + "'. Save it again.");
        }
        if (places.size() > budget.maxArrays()) {
            throw refused("holds more than " + Sentences.count(budget.maxArrays()) + " arrays.");
        }
        arrays.add(info(place.leaf, content));
    }

    /** The bytes after a variable's own tag, unpacked; the message is the end of a sentence. */
    private ByteBuffer content(Variable variable, long limit) throws Mat5Tag.Malformed {
        if (!variable.compressed) {
            return bytes.slice(variable.from, variable.length).order(bytes.order());
        }
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes.array(), variable.from, variable.length);
            byte[] tag = new byte[8];
            inflate(inflater, tag);
            ByteBuffer header = ByteBuffer.wrap(tag).order(bytes.order());
            if (header.getInt() != Mat5Tag.MATRIX) {
                throw new Mat5Tag.Malformed("is damaged: it is packed, but no array");
            }
            long size = header.getInt() & 0xffffffffL;
            if (size > (variable.length + 64L) * MAX_DEFLATE_RATIO) {
                throw new Mat5Tag.Malformed("is damaged: it announces " + Sentences.bytes(size)
                        + ", which cannot come from its " + Sentences.bytes(variable.length));
            }
            if (ReadBudget.isBomb(variable.length, size)) {
                throw new Mat5Tag.Malformed(ReadBudget.bomb(variable.length, size));
            }
            if (size > Math.min(limit, Integer.MAX_VALUE - 8)) {
                throw new Mat5Tag.Malformed("unpacks to " + budget.tooMuch(size));
            }
            byte[] content = new byte[(int) size];
            inflate(inflater, content);
            // The check sum comes after the last byte; up to 7 bytes of padding may come before it.
            if (inflater.inflate(new byte[8]) > 7 || !inflater.finished()) {
                throw new Mat5Tag.Malformed("is damaged: it is longer than it announces");
            }
            return ByteBuffer.wrap(content).order(bytes.order());
        } catch (java.util.zip.DataFormatException wrong) {
            throw new Mat5Tag.Malformed("is damaged: its packed bytes cannot be unpacked");
        } finally {
            inflater.end();
        }
    }

    /** Name and shape of a variable that cannot be unpacked as a whole; null where even they are lost. */
    private Mat5Element head(Variable variable) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(bytes.array(), variable.from, variable.length);
            byte[] start = new byte[HEAD];
            int got = inflater.inflate(start);
            return got < 8
                    ? null
                    : Mat5Element.read(
                            ByteBuffer.wrap(start, 8, got - 8).slice().order(bytes.order()));
        } catch (java.util.zip.DataFormatException | Mat5Tag.Malformed lost) {
            return null;
        } finally {
            inflater.end();
        }
    }

    private static void inflate(Inflater inflater, byte[] target)
            throws java.util.zip.DataFormatException, Mat5Tag.Malformed {
        int done = 0;
        while (done < target.length) {
            int got = inflater.inflate(target, done, target.length - done);
            if (got == 0) {
                throw new Mat5Tag.Malformed(
                        "is damaged: it ends after " + Sentences.bytes(done) + " of " + Sentences.bytes(target.length));
            }
            done += got;
        }
    }

    private static ArrayInfo info(Mat5Tree.Leaf leaf, ByteBuffer content) {
        String name = leaf.name();
        try {
            switch (leaf.kind()) {
                case NUMBERS:
                    return values(leaf, content).info(name);
                case LINES:
                    return TextScan.info(name, List.of(leaf.element().shape()[0]), texts(leaf, content));
                case CELL_TEXTS:
                    return TextScan.info(name, leaf.shape(), texts(leaf, content));
                case CELL_NUMBERS:
                    ValueScan scan = ValueScan.of(leaf.shape());
                    for (double value : Mat5Tree.cellNumbers(content, leaf)) {
                        scan.add(value);
                    }
                    return scan.info(name, leaf.shape(), leaf.type());
                default:
                    return unusable(leaf, leaf.problem());
            }
        } catch (Mat5Tag.Malformed wrong) {
            return unusable(leaf, "is damaged: it " + wrong.getMessage() + ".");
        }
    }

    private static ArrayInfo unusable(Mat5Tree.Leaf leaf, String why) {
        return ArrayInfo.unusable(leaf.name(), leaf.shape(), leaf.type(), "The array '" + leaf.name() + "' " + why);
    }

    private static Mat5Values values(Mat5Tree.Leaf leaf, ByteBuffer content) throws Mat5Tag.Malformed {
        return new Mat5Values(
                leaf.element(), content.slice(leaf.from(), leaf.length()).order(content.order()));
    }

    private static String[] texts(Mat5Tree.Leaf leaf, ByteBuffer content) throws Mat5Tag.Malformed {
        return leaf.kind() == Mat5Tree.Kind.LINES ? values(leaf, content).lines() : Mat5Tree.cellTexts(content, leaf);
    }

    private interface Use<T> {
        T apply(Mat5Tree.Leaf leaf, ByteBuffer content) throws Mat5Tag.Malformed;
    }

    private <T> T use(String name, Use<T> use) {
        Place place = places.get(name);
        if (place == null) {
            throw refused(
                    "has no array '" + name + "'. It has " + Sentences.list(List.copyOf(places.keySet()), 20) + ".");
        }
        if (place.leaf.kind() == Mat5Tree.Kind.NOTHING) {
            throw new DataFormatException(file, "The array '" + name + "' " + place.leaf.problem());
        }
        try {
            return use.apply(place.leaf, content(place.variable, budget.maxBytes()));
        } catch (Mat5Tag.Malformed wrong) {
            throw new DataFormatException(
                    file, "The array '" + name + "' cannot be read: it " + wrong.getMessage() + ".");
        }
    }

    @Override
    public double[] doubles(String name) {
        return use(name, (leaf, content) -> switch (leaf.kind()) {
            case NUMBERS -> values(leaf, content).doubles();
            case CELL_NUMBERS -> Mat5Tree.cellNumbers(content, leaf);
            default -> throw new Mat5Tag.Malformed("holds text, not numbers");
        });
    }

    @Override
    public float[] floats(String name) {
        return use(
                name,
                (leaf, content) -> leaf.kind() == Mat5Tree.Kind.NUMBERS
                        ? values(leaf, content).floats()
                        : DataFile.super.floats(name));
    }

    @Override
    public String[] texts(String name) {
        return use(name, (leaf, content) -> switch (leaf.kind()) {
            case LINES, CELL_TEXTS -> texts(leaf, content);
            case CELL_NUMBERS -> LabelText.of(Mat5Tree.cellNumbers(content, leaf));
            default -> LabelText.of(values(leaf, content).doubles());
        });
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

package org.oddlens.engine.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Makes inputs for the readers: sound files of every format, files made by their grammar, and damaged ones. */
final class FuzzFiles {

    private static final int[] LENGTHS = {0, 1, 2, 3, 7, 60, 61, 1000};
    private static final int[] ODD_INTS = {
        0, 1, -1, 2, 8, 255, 65535, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 20, 1 << 28
    };
    private static final String[] TYPES = {
        "<f8", "<f4", ">f8", "<f2", "<i8", ">i4", "|i1", "|u1", "<u8", "|b1", "|S0", "|S3", "<U2", "<U0", "|O", "<c16",
        "<M8[ns]", "<M8[D]", "<m8[s]", "<M8", "|V4", "<f16"
    };
    private static final String[] CELLS = {
        "1",
        "-2.5",
        "1,5",
        "1.234,56",
        "1,234.5",
        "1 234",
        "0x1F",
        "1.5D+03",
        "\u22125",
        "NA",
        "",
        "#DIV/0!",
        ".",
        "\\N",
        "inf",
        "1e999",
        "normal",
        "attack",
        "'a'",
        "\"b,c\"",
        "\"open",
        "2024-01-01",
        "1:2",
        "12%",
        "#",
        "\u00e4",
        "1.2.3",
        "- ",
        "1e",
        "+",
        "0"
    };
    private static final char[] DELIMITERS = {',', ';', '\t', '|', ' '};

    private final List<byte[]> seeds = new ArrayList<>();

    FuzzFiles() throws IOException {
        seeds.add(sheet(new Random(1), 6));
        byte[] x = NpyBytes.npy(NpyBytes.header("<f8", true, "(6, 3)"), Mat5Bytes.doubles(new double[18]));
        byte[] y = NpyBytes.npy(NpyBytes.header("|u1", false, "(6,)"), new byte[] {0, 0, 1, 0, 0, 1});
        seeds.add(x);
        seeds.add(NpyBytes.npy(records(), new byte[6 * 14]));
        seeds.add(NpyBytes.zip(new String[] {"X.npy", "y.npy"}, x, y));
        seeds.add(scipy());
        byte[] numbers = Mat5Bytes.numbers("X", 6, new double[18]);
        byte[] sparse = Mat5Bytes.sparse(
                "S",
                new int[] {6, 2},
                new int[] {0, 5, 0},
                new int[] {0, 1, 2},
                Mat5Bytes.element(9, Mat5Bytes.doubles(7, 8)));
        byte[] cells = Mat5Bytes.cell("y", Mat5Bytes.text("", "odd"), Mat5Bytes.text("", "usual"));
        byte[] struct = Mat5Bytes.struct(
                "d", new String[] {"X", "y"}, Mat5Bytes.numbers("", 2, 1, 2, 3, 4), Mat5Bytes.text("", "name"));
        byte[] object = Mat5Bytes.object("t", "table");
        seeds.add(Mat5Bytes.file(numbers, sparse, cells, struct, object));
        seeds.add(Mat5Bytes.file(
                Mat5Bytes.deflated(numbers),
                Mat5Bytes.deflated(sparse),
                Mat5Bytes.deflated(cells),
                Mat5Bytes.deflated(struct)));
        seeds.add(Mat5Bytes.join(
                Mat5Bytes.level4("X", 0, 6, new double[18]),
                Mat5Bytes.level4("y", 1, 2, 'a', 'b'),
                Mat5Bytes.level4("S", 2, 3, 1, 2, 6, 1, 2, 2, 7, 8, 0)));
        for (String name : List.of("kinds.h5", "latest.h5", "links.h5", "matlab73.mat")) {
            try (InputStream in = FuzzFiles.class.getResourceAsStream("hdf5/" + name)) {
                seeds.add(in.readAllBytes());
            }
        }
    }

    private static String records() {
        return "{'descr': [('a', '<f8'), ('b', '<i2', (2,)), ('c', 'S2')], 'fortran_order': False, 'shape': (6,), }";
    }

    private static byte[] scipy() throws IOException {
        return NpyBytes.zip(
                new String[] {"indices.npy", "indptr.npy", "format.npy", "shape.npy", "data.npy"},
                NpyBytes.npy(NpyBytes.header("<i4", false, "(3,)"), Mat5Bytes.ints(0, 2, 1)),
                NpyBytes.npy(NpyBytes.header("<i4", false, "(5,)"), Mat5Bytes.ints(0, 1, 1, 2, 3)),
                NpyBytes.npy(NpyBytes.header("|S3", false, "()"), "csr".getBytes(StandardCharsets.US_ASCII)),
                NpyBytes.npy(NpyBytes.header("<i4", false, "(2,)"), Mat5Bytes.ints(4, 3)),
                NpyBytes.npy(NpyBytes.header("<f8", false, "(3,)"), Mat5Bytes.doubles(1, 2, 3)));
    }

    /** Number of kinds of inputs; the kinds of {@link #next} take turns. */
    static final List<String> KINDS = List.of("flipped", "cut off", "numbers changed", "spliced", "made by grammar");

    /** The input number {@code i} of a run. */
    byte[] next(int i, Random random) throws IOException {
        byte[] seed = seeds.get(random.nextInt(seeds.size()));
        return switch (i % KINDS.size()) {
            case 0 -> flipped(seed, random);
            case 1 -> Arrays.copyOf(seed, random.nextInt(seed.length + 1));
            case 2 -> changed(seed, random);
            case 3 -> spliced(seed, seeds.get(random.nextInt(seeds.size())), random);
            default -> made(random);
        };
    }

    private static byte[] flipped(byte[] seed, Random random) {
        byte[] out = seed.clone();
        for (int n = 1 + random.nextInt(8); n > 0; n--) {
            out[random.nextInt(out.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return out;
    }

    private static byte[] changed(byte[] seed, Random random) {
        byte[] out = seed.clone();
        for (int n = 1 + random.nextInt(3); n > 0 && out.length > 4; n--) {
            int at = random.nextInt(out.length - 3);
            byte[] odd = Mat5Bytes.ints(ODD_INTS[random.nextInt(ODD_INTS.length)]);
            System.arraycopy(odd, 0, out, random.nextBoolean() ? at / 4 * 4 : at, 4);
        }
        return out;
    }

    private static byte[] spliced(byte[] a, byte[] b, Random random) {
        int from = random.nextInt(a.length);
        int to = Math.min(b.length, random.nextInt(b.length) + 1);
        byte[] middle = Arrays.copyOfRange(b, Math.max(0, to - random.nextInt(200)), to);
        int again = Math.min(a.length, from + random.nextInt(100));
        return Mat5Bytes.join(Arrays.copyOf(a, from), middle, Arrays.copyOfRange(a, again, a.length));
    }

    private static byte[] made(Random random) throws IOException {
        return switch (random.nextInt(5)) {
            case 0 -> array(random);
            case 1 -> NpyBytes.zip(
                    new String[] {"X.npy", "y.npy", "data.npy"}, array(random), array(random), array(random));
            case 2 -> matlab(random);
            case 3 -> level4(random);
            default -> sheet(random, random.nextInt(30));
        };
    }

    private static byte[] array(Random random) {
        String type = TYPES[random.nextInt(TYPES.length)];
        StringBuilder shape = new StringBuilder("(");
        for (int axes = random.nextInt(4); axes > 0; axes--) {
            shape.append(random.nextInt(10) == 0 ? 120_000_000 : LENGTHS[random.nextInt(LENGTHS.length)])
                    .append(", ");
        }
        String header = random.nextInt(6) == 0
                ? "{'descr': [('a', '" + type + "'), ('b', '<f8')], 'fortran_order': False, 'shape': " + shape + "), }"
                : NpyBytes.header(type, random.nextBoolean(), shape + ")");
        byte[] data = new byte[random.nextInt(4000)];
        random.nextBytes(data);
        return NpyBytes.npy(header, data);
    }

    private static byte[] matlab(Random random) throws IOException {
        List<byte[]> parts = new ArrayList<>();
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            byte[] part = variable("v" + n, random, 0);
            parts.add(random.nextBoolean() ? part : Mat5Bytes.deflated(part));
        }
        return Mat5Bytes.file(parts.toArray(byte[][]::new));
    }

    private static byte[] variable(String name, Random random, int depth) {
        int[] dims = {LENGTHS[random.nextInt(LENGTHS.length)], LENGTHS[random.nextInt(LENGTHS.length)]};
        if (random.nextInt(8) == 0) {
            dims[random.nextInt(2)] = ODD_INTS[random.nextInt(ODD_INTS.length)];
        }
        byte[] data = new byte[8 * random.nextInt(200)];
        random.nextBytes(data);
        int flags = random.nextInt(4) == 0 ? Mat5Bytes.LOGICAL : random.nextInt(9) == 0 ? Mat5Bytes.COMPLEX : 0;
        int storage = 1 + random.nextInt(18);
        return switch (random.nextInt(depth > 3 ? 3 : 7)) {
            case 0 -> Mat5Bytes.array(name, flags | random.nextInt(18), 0, dims, Mat5Bytes.element(storage, data));
            case 1 -> Mat5Bytes.text(name, "text" + random.nextInt());
            case 2 -> Mat5Bytes.numbers(name, 1 + random.nextInt(3), new double[6]);
            case 3 -> Mat5Bytes.cell(name, variable("", random, depth + 1), variable("", random, depth + 1));
            case 4 -> Mat5Bytes.struct(name, new String[] {"a"}, variable("", random, depth + 1));
            case 5 -> Mat5Bytes.object(name, "table");
            default -> Mat5Bytes.array(
                    name,
                    Mat5Bytes.SPARSE | flags,
                    ODD_INTS[random.nextInt(ODD_INTS.length)],
                    dims,
                    Mat5Bytes.element(5, Mat5Bytes.ints(0, random.nextInt(9), 2)),
                    Mat5Bytes.element(5, Mat5Bytes.ints(0, 1, random.nextInt(5))),
                    Mat5Bytes.element(random.nextBoolean() ? 9 : 2, Mat5Bytes.doubles(1, 2)));
        };
    }

    private static byte[] level4(Random random) {
        double[] values = new double[3 * (1 + random.nextInt(20))];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(10) == 0 ? ODD_INTS[random.nextInt(ODD_INTS.length)] : random.nextInt(6);
        }
        byte[] file = Mat5Bytes.level4("X", random.nextInt(4), values.length / 3, values);
        return random.nextInt(3) == 0 ? changed(file, random) : file;
    }

    private static byte[] sheet(Random random, int rows) throws IOException {
        char delimiter = DELIMITERS[random.nextInt(DELIMITERS.length)];
        int columns = 1 + random.nextInt(6);
        StringBuilder text = new StringBuilder();
        if (random.nextInt(4) == 0) {
            text.append(random.nextBoolean() ? "sep=" + delimiter : "# made on a day")
                    .append('\n');
        }
        if (random.nextBoolean()) {
            text.append(String.join(
                    String.valueOf(delimiter),
                    List.of("a", "b", "", "d", "y", "a").subList(0, columns)));
            text.append('\n');
        }
        boolean strange = random.nextBoolean();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                boolean odd = random.nextInt(strange ? 3 : 40) == 0;
                text.append(j == 0 ? "" : delimiter)
                        .append(odd ? CELLS[random.nextInt(CELLS.length)] : String.valueOf(random.nextInt(1000) / 8.0));
            }
            text.append(random.nextInt(50) == 0 ? "\r" : "\n");
        }
        byte[] plain =
                text.toString().getBytes(random.nextInt(5) == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8);
        if (random.nextInt(5) > 0) {
            return plain;
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }
}

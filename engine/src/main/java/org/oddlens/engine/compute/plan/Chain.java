package org.oddlens.engine.compute.plan;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Operations on the same rows, fused: a tile of a few rows is fetched, goes through all of them in arrays small enough
 * for the first-level cache, and only what others read is put back. Each operation is one plain loop over a tile, which
 * the Java compiler turns into vector instructions; nothing is interpreted per number.
 */
final class Chain implements Instruction {

    /** Numbers of a tile; measured: 1024 to 4096 make no difference, below that the calls show. */
    private static final int TILE = 2048;

    private final List<RowOp> ops;
    private final List<Matrix> reads;
    private final List<Matrix> writes;
    private final int rows;
    private final int tileRows;
    private final Step[] before;
    private final Step[] perTile;
    private final Step[] after;

    /**
     * @param ops    in an order in which each can run
     * @param wanted storages that somebody outside reads
     */
    Chain(List<RowOp> ops, Set<Storage> wanted) {
        this.ops = List.copyOf(ops);
        this.rows = ops.get(0).rows();
        int widest = ops.stream().mapToInt(RowOp::columns).max().orElseThrow();
        this.tileRows = Math.max(1, Math.min(rows, TILE / widest));
        Assembly assembly = new Assembly(wanted, widest);
        ops.forEach(assembly::add);
        this.before = assembly.before.toArray(Step[]::new);
        this.perTile = assembly.perTile.toArray(Step[]::new);
        this.after = assembly.after.toArray(Step[]::new);
        this.reads = List.copyOf(assembly.reads.values());
        this.writes = List.copyOf(assembly.writes.values());
    }

    @Override
    public void run() {
        for (Step step : before) {
            step.run(0, tileRows);
        }
        for (int row = 0; row < rows; row += tileRows) {
            int count = Math.min(tileRows, rows - row);
            for (Step step : perTile) {
                step.run(row, count);
            }
        }
        for (Step step : after) {
            step.run(0, 0);
        }
    }

    @Override
    public List<Matrix> reads() {
        return reads;
    }

    @Override
    public List<Matrix> writes() {
        return writes;
    }

    @Override
    public String text() {
        return ops.stream()
                .map(RowOp::text)
                .collect(Collectors.joining("\n    ", ops.size() == 1 ? "" : "fused over " + rows + " rows\n    ", ""));
    }

    /** Something done to a tile: the {@code count} rows from {@code row} on. */
    private interface Step {
        void run(int row, int count);
    }

    /** Writes the steps down and hands out the arrays. */
    private final class Assembly {

        private final List<Step> before = new ArrayList<>();
        private final List<Step> perTile = new ArrayList<>();
        private final List<Step> after = new ArrayList<>();
        private final Map<Storage, Matrix> reads = new LinkedHashMap<>();
        private final Map<Storage, Matrix> writes = new LinkedHashMap<>();
        private final Map<Storage, float[]> made = new HashMap<>();
        private final Map<Object, float[]> fetched = new HashMap<>();
        private final Map<Integer, Deque<float[]>> free = new HashMap<>();
        private final Map<Object, Integer> lastUse = new HashMap<>();
        private final Set<Storage> wanted;
        private final Scratch scratch;
        private int position;

        Assembly(Set<Storage> wanted, int widest) {
            this.wanted = wanted;
            this.scratch = new Scratch(tileRows * widest);
            for (int i = 0; i < ops.size(); i++) {
                lastUse.put(ops.get(i).out().storage(), i);
                for (Matrix matrix : ops.get(i).in()) {
                    lastUse.put(matrix.storage(), i);
                    lastUse.put(key(matrix), i);
                }
            }
        }

        void add(RowOp op) {
            step(op);
            made.entrySet().removeIf(entry -> giveBack(entry.getKey(), entry.getValue()));
            fetched.entrySet().removeIf(entry -> giveBack(entry.getKey(), entry.getValue()));
            position++;
        }

        /** An array nobody reads any more serves again: few arrays stay in the cache. */
        private boolean giveBack(Object key, float[] array) {
            boolean over = lastUse.get(key) <= position && !isRepeated(key);
            if (over) {
                free.computeIfAbsent(array.length, length -> new ArrayDeque<>()).push(array);
            }
            return over;
        }

        private float[] array(int columns) {
            Deque<float[]> arrays = free.get(tileRows * columns);
            return arrays == null || arrays.isEmpty() ? new float[tileRows * columns] : arrays.pop();
        }

        /** What {@link #fetched} knows an operand by. */
        private static Key key(Matrix matrix) {
            return new Key(matrix.storage(), matrix.form(), matrix.columns());
        }

        private static boolean isRepeated(Object key) {
            return key instanceof Key k && (k.form() == Matrix.Form.ROW || k.form() == Matrix.Form.NUMBER);
        }

        private void step(RowOp op) {
            float[][] in = op.in().stream().map(this::operand).toArray(float[][]::new);
            int columns = op.columns();
            Storage result = op.out().storage();
            if (!op.rowByRow()) {
                reduce(op, in[0], columns);
                writes.put(result, op.out());
                return;
            }
            float[] out = array(op.out().columns());
            made.put(result, out);
            float k = op.k();
            switch (op.kind()) {
                case EACH -> {
                    Kernel kernel = op.kernel();
                    float[] a = in[0];
                    float[] b = in[in.length > 1 ? 1 : 0];
                    float[] c = in[in.length > 2 ? 2 : 0];
                    perTile.add((row, count) -> kernel.apply(out, a, b, c, k, scratch, count * columns));
                }
                case ROW_SUM -> perTile.add((row, count) -> RowKernels.sums(in[0], out, count, columns, k));
                default -> perTile.add((row, count) -> RowKernels.maxima(in[0], out, count, columns));
            }
            if (wanted.contains(result)) {
                int width = op.out().columns();
                perTile.add((row, count) -> result.write(row * width, out, 0, count * width));
                writes.put(result, op.out());
            }
        }

        private void reduce(RowOp op, float[] in, int columns) {
            Storage result = op.out().storage();
            float k = op.k();
            if (op.kind() == RowOp.Kind.TOTAL) {
                double[] sum = new double[1];
                float[] out = new float[1];
                before.add((row, count) -> sum[0] = 0);
                perTile.add((row, count) -> sum[0] += RowKernels.total(in, count * columns));
                after.add((row, count) -> {
                    out[0] = (float) (sum[0] * k);
                    result.write(0, out, 0, 1);
                });
            } else {
                float[] sums = new float[columns];
                before.add((row, count) -> Arrays.fill(sums, 0));
                perTile.add((row, count) -> RowKernels.addColumns(in, sums, count));
                after.add((row, count) -> {
                    for (int i = 0; i < columns; i++) {
                        sums[i] *= k;
                    }
                    result.write(0, sums, 0, columns);
                });
            }
        }

        /** The array with the operand's numbers, repeated to its full width. */
        private float[] operand(Matrix matrix) {
            float[] here = made.get(matrix.storage());
            Matrix.Form form = matrix.form();
            if (here != null) {
                return form == Matrix.Form.DENSE ? here : spread(matrix, here);
            }
            reads.putIfAbsent(matrix.storage(), matrix);
            return switch (form) {
                case DENSE -> fetch(matrix.storage(), matrix.columns());
                case COLUMN -> spread(matrix, fetch(matrix.storage(), 1));
                case ROW, NUMBER -> repeat(matrix);
            };
        }

        private float[] fetch(Storage storage, int columns) {
            Key key = new Key(storage, Matrix.Form.DENSE, columns);
            float[] known = fetched.get(key);
            if (known != null) {
                return known;
            }
            float[] array = array(columns);
            perTile.add((row, count) -> storage.read(row * columns, array, 0, count * columns));
            lastUse.putIfAbsent(key, position);
            fetched.put(key, array);
            return array;
        }

        /** One number per row beside itself. */
        private float[] spread(Matrix matrix, float[] narrow) {
            float[] known = fetched.get(key(matrix));
            if (known != null) {
                return known;
            }
            int columns = matrix.columns();
            float[] array = array(columns);
            perTile.add((row, count) -> RowKernels.spread(narrow, array, count, columns));
            fetched.put(key(matrix), array);
            return array;
        }

        /** A row under itself, or one number everywhere; the same for all tiles. */
        private float[] repeat(Matrix matrix) {
            float[] known = fetched.get(key(matrix));
            if (known != null) {
                return known;
            }
            int columns = matrix.columns();
            Storage storage = matrix.storage();
            float[] array = new float[tileRows * columns];
            if (matrix.form() == Matrix.Form.NUMBER) {
                before.add((row, count) -> Arrays.fill(array, storage.first()));
            } else {
                before.add((row, count) -> {
                    storage.read(0, array, 0, columns);
                    for (int i = 1; i < count; i++) {
                        System.arraycopy(array, 0, array, i * columns, columns);
                    }
                });
            }
            fetched.put(key(matrix), array);
            return array;
        }
    }

    /** A storage as an operand of a form and width. */
    private record Key(Storage storage, Matrix.Form form, int columns) {}
}

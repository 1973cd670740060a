package org.oddlens.engine.compute.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.oddlens.engine.compute.NativeThreads;

/** Dense matrices side by side in native memory, as a plan lays them, filled with numbers in [0.1, 0.9). */
final class NativeMatrices implements AutoCloseable {

    private final List<Matrix> matrices = new ArrayList<>();
    private Arena arena;

    /** A matrix that gets its place with {@link #settle}. */
    Matrix matrix(int rows, int columns) {
        Matrix matrix = Matrix.dense("m" + matrices.size(), Storage.of(rows * columns), 2, rows, columns);
        matrices.add(matrix);
        return matrix;
    }

    /** Places and fills all matrices, and takes one thread for the products. */
    void settle() {
        NativeThreads.limit(1);
        arena = Arena.sideBySide(matrices.stream().map(Matrix::storage).toList());
        for (Matrix matrix : matrices) {
            matrix.storage().write(0, numbers(matrix.length()), 0, matrix.length());
        }
    }

    /** Storages of these matrices. */
    static Set<Storage> storages(Matrix... matrices) {
        return List.of(matrices).stream().map(Matrix::storage).collect(Collectors.toSet());
    }

    /** The same numbers at each call: no zeros, no negative ones, none that is subnormal. */
    static float[] numbers(int count) {
        Random random = new Random(1);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = 0.1f + 0.8f * random.nextFloat();
        }
        return numbers;
    }

    @Override
    public void close() {
        arena.close();
    }
}

package org.oddlens.engine.detector.solved;

import java.util.Arrays;
import java.util.Locale;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Hyperparameter.Group;

/** The training rows a detector is solved on: all, or a seeded sample of them, which is said. */
public final class TrainSample {

    /** Declared by every detector whose cost grows faster than its rows. */
    public static final Hyperparameter<Integer> MAX_TRAIN = Hyperparameter.whole(
                    "max-train", "Most training rows", 2, 10_000_000, 20_000)
            .unit("rows")
            .in(Group.TRAINING)
            .help("With more training rows a random sample of this many is used, and the run says so. Raise it if time"
                    + " and memory allow.");

    private TrainSample() {}

    /** Rows used, {@code [n, features]} row-major, in their order. */
    public static float[] of(TrainingData data, int most, TrainingContext context) {
        int count = data.trainRows();
        if (count <= most) {
            return data.train();
        }
        int[] order = new int[count];
        Arrays.setAll(order, i -> i);
        context.streams().stream("training sample").shuffle(order);
        int[] kept = Arrays.copyOf(order, most);
        Arrays.sort(kept);
        int features = data.features();
        float[] rows = new float[most * features];
        for (int i = 0; i < most; i++) {
            System.arraycopy(data.train(), kept[i] * features, rows, i * features, features);
        }
        context.warn()
                .accept(
                        "training-sample",
                        String.format(
                                Locale.ROOT,
                                "A random sample of %,d of the %,d training rows is used ('%s', --%s). Raise it to use"
                                        + " more; time grows with its square.",
                                most,
                                count,
                                MAX_TRAIN.label(),
                                MAX_TRAIN.key()));
        return rows;
    }

    /** As double numbers. */
    public static double[] doubles(float[] rows) {
        double[] doubles = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            doubles[i] = rows[i];
        }
        return doubles;
    }

    /** Pairs of rows compared, as a sentence about cost; for {@code shape} before a run. */
    public static String pairs(int rows) {
        return String.format(Locale.ROOT, "%,d rows make %.2g pairs", rows, 0.5 * rows * (double) rows);
    }
}

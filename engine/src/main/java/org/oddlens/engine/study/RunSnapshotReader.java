package org.oddlens.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.metric.RankingMetrics;
import org.oddlens.engine.projection.Pca;
import org.oddlens.engine.run.RunFolder;

/**
 * Reads snapshots of a run folder and projects wide codes on their principal axes. The axes of one snapshot are turned
 * to agree with those of the one read before, so that a moving picture does not flip. One thread at a time; needs no
 * native library.
 */
public final class RunSnapshotReader {

    private final RunFolder run;
    private final DetectorDescriptor detector;
    private final int[] tracked;
    private final String[] trackedIds;
    private final byte[] trackedLabels;
    private final int[] test;
    private final String[] testIds;
    private final byte[] testLabels;
    private double[][] axesBefore;
    private float[] turns = {1, 1};

    /** Reads which rows the run follows; the run must have started training. */
    public RunSnapshotReader(RunFolder run, DetectorDescriptor detector) {
        this.run = run;
        this.detector = detector;
        Map<String, NpyArray> split = NpyReader.readAll(run.file(RunFolder.SPLIT));
        tracked = split.get("tracked").ints();
        test = split.get("test").ints();
        trackedIds = ids(tracked);
        testIds = ids(test);
        trackedLabels = labels(split.get("tracked_labels"), tracked.length);
        testLabels = labels(split.get("test_labels"), test.length);
    }

    private String[] ids(int[] rows) {
        try {
            return new RowIds(run).read(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] labels(NpyArray array, int rows) {
        byte[] labels = new byte[rows];
        for (int i = 0; i < rows; i++) {
            labels[i] = array == null ? -1 : (byte) array.ints()[i];
        }
        return labels;
    }

    /** Rows that are evaluated, of which a snapshot may show a sample. */
    public int evaluatedRows() {
        return test.length;
    }

    /** Labelled anomalies among the evaluated rows. */
    public int evaluatedAnomalies() {
        int anomalies = 0;
        for (byte label : testLabels) {
            anomalies += label == 1 ? 1 : 0;
        }
        return anomalies;
    }

    /** The tracked rows at an epoch whose snapshot lies in the folder. */
    public RunSnapshot at(int epoch) {
        double[] scores = NpyReader.read(run.scoresFile(epoch)).doubles();
        return new RunSnapshot(
                epoch,
                tracked,
                trackedIds,
                trackedLabels,
                scores,
                spaces(epoch, scores),
                ranking(scores, trackedLabels));
    }

    /** All evaluated rows with their final scores, without latent spaces; null before the run has scored. */
    public RunSnapshot last(int epoch) {
        Path file = run.file(RunFolder.FINAL_SCORES);
        if (!Files.exists(file)) {
            return null;
        }
        double[] scores = NpyReader.read(file).doubles();
        return new RunSnapshot(epoch, test, testIds, testLabels, scores, List.of(), ranking(scores, testLabels));
    }

    /** The newest snapshot epoch, −1 if there is none. */
    public int newest() throws IOException {
        List<Integer> epochs = run.snapshots();
        return epochs.isEmpty() ? -1 : epochs.get(epochs.size() - 1);
    }

    private List<RunSnapshot.Space> spaces(int epoch, double[] scores) {
        List<RunSnapshot.Space> spaces = new ArrayList<>();
        Pca axes = null;
        for (LatentSpace space : detector.latentSpaces()) {
            boolean main = spaces.isEmpty();
            NpyArray codes = NpyReader.read(run.latentFile(main ? null : space.id(), epoch));
            int width = codes.shape()[1];
            float[] values = codes.floats();
            if (main && width > 2) {
                axes = aligned(Pca.fit(values, tracked.length, width, 2));
            }
            spaces.add(space(space, width, values, axes, scores, items(epoch, width, axes)));
        }
        return spaces;
    }

    private RunSnapshot.Space space(
            LatentSpace space, int width, float[] values, Pca axes, double[] scores, RunSnapshot.Items items) {
        int n = tracked.length;
        float[] x = new float[n];
        float[] y = new float[n];
        if (width == 1) {
            for (int i = 0; i < n; i++) {
                x[i] = values[i];
                y[i] = (float) Math.log10(Math.max(scores[i], Float.MIN_NORMAL));
            }
            return new RunSnapshot.Space(
                    space.id(), space.label(), width, x, y, space.label(), "log10 of the anomaly score", items);
        }
        float[] plane = axes == null ? values : axes.project(values, n);
        for (int i = 0; i < n; i++) {
            x[i] = plane[2 * i] * turns[0];
            y[i] = plane[2 * i + 1] * turns[1];
        }
        return new RunSnapshot.Space(
                space.id(), space.label(), width, x, y, axisTitle(axes, 0), axisTitle(axes, 1), items);
    }

    private static String axisTitle(Pca axes, int axis) {
        return axes == null
                ? "code " + (axis + 1)
                : String.format(
                        Locale.ROOT,
                        "principal axis %d (%.0f %% of variance)",
                        axis + 1,
                        100 * axes.explainedShare()[axis]);
    }

    /** Remembers for each axis whether it must be turned round to point like the one before. */
    private Pca aligned(Pca pca) {
        double[][] axes = pca.axes();
        float[] turned = {1, 1};
        for (int a = 0; a < 2 && axesBefore != null; a++) {
            double along = 0;
            for (int j = 0; j < axes[a].length; j++) {
                along += axes[a][j] * axesBefore[a][j];
            }
            turned[a] = along < 0 ? -1 : 1;
        }
        double[][] kept = new double[2][];
        for (int a = 0; a < 2; a++) {
            kept[a] = axes[a].clone();
            for (int j = 0; j < kept[a].length; j++) {
                kept[a][j] *= turned[a];
            }
        }
        axesBefore = kept;
        turns = turned;
        return pca;
    }

    private RunSnapshot.Items items(int epoch, int width, Pca axes) {
        RunSnapshot.Items none = new RunSnapshot.Items("", new float[0], new float[0], new float[0]);
        if (width == 1 || !Files.exists(run.anatomyFile(epoch))) {
            return none;
        }
        for (AnatomyObject object : detector.anatomy()) {
            if (object.kind() == AnatomyObject.Kind.ITEMS) {
                Map<String, NpyArray> anatomy = NpyReader.readAll(run.anatomyFile(epoch));
                NpyArray points = anatomy.get(object.id());
                int count = points.shape()[0];
                float[] values = points.floats();
                float[] plane = axes == null ? values : axes.project(values, count);
                float[] x = new float[count];
                float[] y = new float[count];
                for (int i = 0; i < count; i++) {
                    x[i] = plane[2 * i] * turns[0];
                    y[i] = plane[2 * i + 1] * turns[1];
                }
                return new RunSnapshot.Items(
                        object.label(), x, y, anatomy.get(object.id() + "-use").floats());
            }
        }
        return none;
    }

    private static RunSnapshot.Ranking ranking(double[] scores, byte[] labels) {
        boolean[] anomalous = new boolean[labels.length];
        int anomalies = 0;
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                return null;
            }
            anomalous[i] = labels[i] == 1;
            anomalies += labels[i];
        }
        if (anomalies == 0 || anomalies == labels.length) {
            return null;
        }
        RankingMetrics metrics = RankingMetrics.of(scores, anomalous);
        var roc = metrics.roc().orElseThrow();
        var pr = metrics.precisionRecall().orElseThrow();
        return new RunSnapshot.Ranking(
                roc.falsePositiveRates(),
                roc.truePositiveRates(),
                roc.thresholds(),
                pr.recalls(),
                pr.precisions(),
                pr.thresholds(),
                metrics.auroc().orNaN(),
                metrics.averagePrecision().orNaN(),
                (double) anomalies / labels.length);
    }
}

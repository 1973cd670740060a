package org.oddlens.engine.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.metric.RankingMetrics;
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
    private final BitSet train = new BitSet();
    private final int[] test;
    private final String[] testIds;
    private final byte[] testLabels;
    private final Map<String, SteadyAxes> axes = new HashMap<>();

    /** Reads which rows the run follows; the run must have started training. */
    public RunSnapshotReader(RunFolder run, DetectorDescriptor detector) {
        this.run = run;
        this.detector = detector;
        Map<String, NpyArray> split = NpyReader.readAll(run.file(RunFolder.SPLIT));
        tracked = split.get("tracked").ints();
        test = split.get("test").ints();
        for (int row : split.containsKey("train") ? split.get("train").ints() : new int[0]) {
            train.set(row);
        }
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

    /** Rows that a snapshot shows. */
    public int trackedRows() {
        return tracked.length;
    }

    /** Whether each tracked row is a training row. */
    public boolean[] trackedForTraining() {
        boolean[] found = new boolean[tracked.length];
        for (int i = 0; i < found.length; i++) {
            found[i] = train.get(tracked[i]);
        }
        return found;
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
        Path anatomyFile = run.anatomyFile(epoch);
        Map<String, NpyArray> anatomy = Files.exists(anatomyFile) ? NpyReader.readAll(anatomyFile) : Map.of();
        return new RunSnapshot(
                epoch,
                tracked,
                trackedIds,
                trackedLabels,
                scores,
                spaces(epoch, scores, anatomy),
                UnitMap.of(anatomy, detector.anatomy()),
                ranking(scores, trackedLabels));
    }

    /** All evaluated rows with their final scores, without latent spaces; null before the run has scored. */
    public RunSnapshot last(int epoch) {
        Path file = run.file(RunFolder.FINAL_SCORES);
        if (!Files.exists(file)) {
            return null;
        }
        double[] scores = NpyReader.read(file).doubles();
        return new RunSnapshot(
                epoch, test, testIds, testLabels, scores, List.of(), List.of(), ranking(scores, testLabels));
    }

    /** The newest snapshot epoch, −1 if there is none. */
    public int newest() throws IOException {
        List<Integer> epochs = run.snapshots();
        return epochs.isEmpty() ? -1 : epochs.get(epochs.size() - 1);
    }

    private List<RunSnapshot.Space> spaces(int epoch, double[] scores, Map<String, NpyArray> anatomy) {
        List<RunSnapshot.Space> spaces = new ArrayList<>();
        LatentPlane main = null;
        for (LatentSpace space : detector.latentSpaces()) {
            NpyArray codes = NpyReader.read(run.latentFile(spaces.isEmpty() ? null : space.id(), epoch));
            int width = codes.shape()[1];
            boolean own = spaces.isEmpty() || space.ownAxes();
            LatentPlane plane = width == 1 || !own ? main : plane(space, codes.floats(), width);
            main = spaces.isEmpty() ? plane : main;
            spaces.add(
                    width == 1
                            ? strip(space, codes.floats(), scores)
                            : space(
                                    space,
                                    codes.floats(),
                                    width,
                                    plane,
                                    plane == main
                                            ? new AnatomyLayers(anatomy, main).of(detector.anatomy())
                                            : List.of()));
        }
        return spaces;
    }

    private LatentPlane plane(LatentSpace space, float[] codes, int width) {
        return axes.computeIfAbsent(space.id(), id -> new SteadyAxes()).of(space, codes, tracked.length, width);
    }

    /** Scores ≤ 0 have no logarithm and stand at the smallest above 0, so that they do not stretch the axis. */
    private static RunSnapshot.Space strip(LatentSpace space, float[] codes, double[] scores) {
        double least = Double.POSITIVE_INFINITY;
        for (double score : scores) {
            least = score > 0 ? Math.min(least, score) : least;
        }
        double floor = Double.isInfinite(least) ? 1 : least;
        float[] y = new float[codes.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = (float) Math.log10(Math.max(scores[i], floor)); // NaN stays NaN
        }
        return new RunSnapshot.Space(
                space.id(), space.label(), 1, codes, y, space.label(), "log10 of the anomaly score", List.of());
    }

    private RunSnapshot.Space space(
            LatentSpace space, float[] codes, int width, LatentPlane plane, List<RunSnapshot.Layer> layers) {
        float[][] places = plane.place(codes, tracked.length);
        return new RunSnapshot.Space(
                space.id(), space.label(), width, places[0], places[1], plane.title(0), plane.title(1), layers);
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

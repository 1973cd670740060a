package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.picture.LatentPoints;
import org.oddlens.engine.picture.LossCurve;
import org.oddlens.engine.picture.PaintedLayer;
import org.oddlens.engine.picture.PaintedMap;
import org.oddlens.engine.picture.RunPicture;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunSpec;

/** Reads a run folder into the picture of the run: losses, newest latent space, metrics. Needs no native library. */
public final class RunPainting {

    private static final LatentPoints NONE = LatentPoints.unlabelled(new float[0], new float[0]);

    private final DetectorRegistry registry;

    public RunPainting(DetectorRegistry registry) {
        this.registry = registry;
    }

    /**
     * The picture of a run, finished or not.
     *
     * @throws RunFolderException if the folder is no run, or the run has not begun to train
     */
    public RunPicture of(RunFolder run) throws IOException {
        RunSpec spec = run.readRecord().spec();
        DetectorDescriptor detector = registry.get(spec.detector()).descriptor();
        List<RunEvent.Epoch> epochs = epochs(run);
        if (epochs.isEmpty()) {
            throw new RunFolderException("Run " + run.id() + " has no epochs to draw: it has not begun to train.");
        }
        RunSnapshotReader reader = new RunSnapshotReader(run, detector);
        boolean drawn = reader.newest() >= 0 && !detector.latentSpaces().isEmpty();
        RunSnapshot snapshot = drawn ? reader.at(reader.newest()) : null;
        RunSnapshot.Space space = drawn ? snapshot.spaces().get(0) : null;
        return new RunPicture(
                detector.name() + " on " + withoutEnding(spec.data().file()),
                subtitle(run, spec, epochs.get(epochs.size() - 1).epoch()),
                losses(detector, epochs),
                drawn ? points(space, snapshot.labels()) : NONE,
                drawn ? layers(space) : List.of(),
                drawn ? maps(snapshot) : List.of(),
                drawn ? space.xTitle() : "",
                drawn ? space.yTitle() : "");
    }

    private static List<RunEvent.Epoch> epochs(RunFolder run) throws IOException {
        Map<Integer, RunEvent.Epoch> epochs = new TreeMap<>();
        for (RunEvent event : run.readEvents()) {
            if (event instanceof RunEvent.Epoch epoch) {
                epochs.put(epoch.epoch(), epoch);
            }
        }
        return List.copyOf(epochs.values());
    }

    private static List<LossCurve> losses(DetectorDescriptor detector, List<RunEvent.Epoch> epochs) {
        List<LossCurve> curves = new ArrayList<>();
        for (DetectorDescriptor.LossTerm term : detector.lossTerms()) {
            add(curves, term.label(), epochs, epoch -> epoch.terms().get(term.id()));
        }
        add(curves, "Validation", epochs, RunEvent.Epoch::validation);
        return curves;
    }

    private static void add(
            List<LossCurve> curves, String name, List<RunEvent.Epoch> epochs, Function<RunEvent.Epoch, Double> value) {
        double[] values = new double[epochs.get(epochs.size() - 1).epoch()];
        Arrays.fill(values, Double.NaN);
        boolean any = false;
        for (RunEvent.Epoch epoch : epochs) {
            Double given = epoch.epoch() == 0 ? null : value.apply(epoch);
            if (given != null) {
                values[epoch.epoch() - 1] = given;
                any = true;
            }
        }
        if (any) {
            curves.add(new LossCurve(name, values));
        }
    }

    private static List<PaintedLayer> layers(RunSnapshot.Space space) {
        return space.layers().stream()
                .map(layer ->
                        new PaintedLayer(layer.label(), LatentPoints.unlabelled(layer.x(), layer.y()), layer.lines()))
                .toList();
    }

    private static List<PaintedMap> maps(RunSnapshot snapshot) {
        return snapshot.maps().stream()
                .map(map -> new PaintedMap(
                        map.label(), map.rows(), map.columns(), map.scores(), map.hits(), map.low(), map.high()))
                .toList();
    }

    private static LatentPoints points(RunSnapshot.Space space, byte[] labels) {
        boolean[] anomaly = new boolean[labels.length];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0) {
                return LatentPoints.unlabelled(space.x(), space.y());
            }
            anomaly[i] = labels[i] == 1;
        }
        return new LatentPoints(space.x(), space.y(), anomaly);
    }

    private static String subtitle(RunFolder run, RunSpec spec, int epochs) throws IOException {
        List<String> parts = new ArrayList<>();
        if (Files.exists(run.file(RunFolder.METRICS))) {
            RunMetrics metrics = RunMetrics.read(run);
            add(parts, "AUROC", metrics.metrics().get("auroc"));
            add(parts, "AUPRC", metrics.metrics().get("auprc"));
        }
        parts.add(epochs + (epochs == 1 ? " epoch" : " epochs"));
        parts.add("seed " + spec.seed());
        parts.add("protocol " + spec.protocol().id());
        parts.add("scaler " + spec.scaler());
        return String.join("  ·  ", parts);
    }

    private static void add(List<String> parts, String name, Double value) {
        if (value != null) {
            parts.add(String.format(Locale.ROOT, "%s %.3f", name, value));
        }
    }

    private static String withoutEnding(String file) {
        String name = Path.of(file).getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}

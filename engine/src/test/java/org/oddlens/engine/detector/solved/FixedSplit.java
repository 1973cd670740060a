package org.oddlens.engine.detector.solved;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.SharedFolder;
import org.oddlens.engine.data.ConstantFeatures;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Scaler;
import org.oddlens.engine.data.Split;
import org.oddlens.engine.data.Splitter;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.metric.Evaluation;
import org.oddlens.engine.metric.RankingMetrics;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

/**
 * A real data set split without chance (even normal rows train), scaled on its training rows: what the reference values
 * of scikit-learn were computed on.
 */
public final class FixedSplit {

    /** Warnings of the last {@link #ranking}. */
    public final List<String> warnings = new ArrayList<>();

    private final TrainingData data;
    private final float[] test;
    private final boolean[] labels;

    private FixedSplit(TrainingData data, float[] test, boolean[] labels) {
        this.data = data;
        this.test = test;
        this.labels = labels;
    }

    /** Opens a file of the shared data folder; skips the running test if there is none. */
    public static FixedSplit of(String file, String scaler) {
        Dataset dataset = DataImport.load(SharedFolder.require("data/" + file)).dataset();
        Split split =
                Splitter.split(dataset, ProtocolSpec.of(ProtocolSpec.ALTERNATE), new RandomStreams(42).stream("split"));
        // The references were computed with scikit-learn, whose scalers leave constant features in their own units.
        FittedScaler fitted = Scaler.parse(scaler).fit(dataset, split.train(), ConstantFeatures.RAW);
        return new FixedSplit(
                new TrainingData(
                        new DataShape(dataset.rowShape(), scaler, split.train().length),
                        fitted.transform(dataset, split.train()),
                        new float[0]),
                fitted.transform(dataset, split.test()),
                split.labels(split.test()).orElseThrow());
    }

    /** Trains with these settings, {@code key=value} with blanks between, over the defaults, and ranks the test rows. */
    public RankingMetrics ranking(DetectorProvider detector, String settings, long seed) {
        return RankingMetrics.of(scores(detector, settings, seed), labels);
    }

    /** Likewise, with metrics at thresholds. */
    public Evaluation evaluation(DetectorProvider detector, String settings, long seed) {
        return Evaluation.of(scores(detector, settings, seed), labels, 0);
    }

    private double[] scores(DetectorProvider detector, String settings, long seed) {
        Map<String, String> texts = settings.isEmpty()
                ? Map.of()
                : Preset.of("test", "", null, settings.split(" ")).values();
        Values values = Values.parse(detector.descriptor().hyperparameters(), texts);
        TrainingContext context = new TrainingContext(
                new RandomStreams(seed), new RunControl(), "compiled", 2, (code, text) -> warnings.add(code));
        try (Training training = detector.begin(values, data, context)) {
            for (int epoch = 1; epoch <= training.epochs(); epoch++) {
                training.epoch(epoch);
            }
            return training.detector().score(test);
        }
    }
}

package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.oddlens.engine.compute.NativeThreads;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.FittedScaler;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunSpec;

/** The model of a finished run, ready to score rows in their original units. */
public final class RunModel implements AutoCloseable {

    private final FittedDetector detector;
    private final FittedScaler scaler;
    private final double threshold;
    private final List<String> names;

    private RunModel(FittedDetector detector, FittedScaler scaler, double threshold, List<String> names) {
        this.names = names;
        this.detector = detector;
        this.scaler = scaler;
        this.threshold = threshold;
    }

    /**
     * Loads {@code model.zip}.
     *
     * @throws RunFolderException if the run left none
     */
    public static RunModel load(RunFolder run, DetectorRegistry registry) throws IOException {
        if (!Files.exists(run.file(RunFolder.MODEL))) {
            throw new FinalFiles(run).absent(RunFolder.MODEL, "it was discarded, failed, or has not ended");
        }
        RunSpec spec = run.readRecord().spec();
        NativeThreads.limit(spec.executor(), spec.threads());
        Path file = run.readable(RunFolder.MODEL);
        ModelFile.Header header = new ModelFile().readHeader(file);
        if (!Objects.equals(header.featureNames(), spec.data().columns())) {
            throw new RunFolderException("run.json and model.zip of run " + run.id()
                    + " name different columns, so one of them was changed or belongs to another run. Put back a copy of"
                    + " the run.");
        }
        if (!spec.detector().equals(header.detector())) {
            throw new ModelCheckup(file)
                    .refused("it is of the detector " + header.detector() + ", and the run trained " + spec.detector());
        }
        DetectorProvider provider = registry.get(header.detector());
        DataShape data = new DataShape(header.rowShape(), header.scaler().scaler(), 0);
        Values values;
        long declared;
        try {
            values = RunPlan.values(provider, Map.of(), header.hyperparameters());
            declared = provider.shape(values, data).parameterCount();
        } catch (InvalidValuesException e) {
            throw new ModelCheckup(file)
                    .refused("its hyperparameter '"
                            + e.problems().keySet().iterator().next() + "' has a value that cannot be");
        }
        FittedDetector detector = provider.restore(
                values,
                data,
                new ModelFile().readWeights(file, declared, data.features()),
                new TrainingContext(
                        new RandomStreams(0),
                        new RunControl(),
                        spec.executor(), // another one may differ in the last bits
                        Runtime.getRuntime().availableProcessors(),
                        (code, text) -> {}));
        return new RunModel(detector, header.scaler(), header.threshold(), header.featureNames());
    }

    /** Numbers per row. */
    public int features() {
        return detector.features();
    }

    /** The decision threshold the run ended with. */
    public double threshold() {
        return threshold;
    }

    /**
     * Scores all rows of a data set in original units.
     *
     * @throws IllegalArgumentException if its columns are not those of training
     */
    public double[] score(Dataset rows) {
        return detector.score(scaled(rows));
    }

    /** What each feature adds to the score of each row of a data set in original units, [rows, features]. */
    public float[] contributions(Dataset rows) {
        return detector.contributions(scaled(rows));
    }

    /** How contributions are found. */
    public String contributionMethod() {
        return detector.contributionMethod();
    }

    private float[] scaled(Dataset rows) {
        if (rows.features() != detector.features()) {
            throw new IllegalArgumentException("The run was trained on " + detector.features()
                    + " features, and the data to score have " + rows.features() + ".");
        }
        if (names != null && rows.named() && !names.equals(rows.featureNames())) {
            throw new IllegalArgumentException("The run was trained on the columns " + String.join(", ", names)
                    + ", and the data to score have " + String.join(", ", rows.featureNames()) + ".");
        }
        return scaler.transform(rows);
    }

    @Override
    public void close() {
        try {
            detector.close();
        } catch (Exception e) {
            throw new IllegalStateException("the model could not be released", e);
        }
    }
}

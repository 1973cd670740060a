package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.NpyReader;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Splitter;
import org.oddlens.engine.metric.Evaluation;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.threshold.Threshold;
import org.oddlens.engine.threshold.ThresholdSpec;

/** Metrics of a finished run, computed again from its recorded scores. */
public final class RunEvaluation {

    private final RunFolder run;

    public RunEvaluation(RunFolder run) {
        this.run = run;
    }

    /**
     * Evaluates.
     *
     * @param other a threshold taken from the evaluated scores, null for the run's own value
     * @throws RunFolderException if the run left no scores, or its data file has changed
     */
    public RunMetrics evaluate(ThresholdSpec other) throws IOException {
        if (!Files.exists(run.file(RunFolder.FINAL_SCORES)) || !Files.exists(run.file(RunFolder.METRICS))) {
            throw new RunFolderException(
                    "Run " + run.id() + " has no final scores: it has not ended, or kept nothing.");
        }
        RunMetrics before = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);
        double[] scores = NpyReader.read(run.file(RunFolder.FINAL_SCORES)).doubles();
        boolean[] labels = labels(run.readRecord().spec());
        RunMetrics.ThresholdUsed threshold = other == null
                ? before.threshold()
                : new RunMetrics.ThresholdUsed(
                        other.format(),
                        Threshold.of(other, scores, other.usesLabels() ? labels : null),
                        other.usesLabels(),
                        "evaluated rows");
        Evaluation evaluation = Evaluation.of(scores, labels, threshold.value());
        return before.with(threshold, evaluation);
    }

    /** Metrics of other scores of the same rows, at the run's own threshold. */
    RunMetrics of(double[] scores) throws IOException {
        RunMetrics before = new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class);
        boolean[] labels = labels(run.readRecord().spec());
        return before.with(
                before.threshold(),
                Evaluation.of(scores, labels, before.threshold().value()));
    }

    private boolean[] labels(RunSpec spec) {
        Dataset dataset = DataImport.load(spec.data()).dataset();
        if (!dataset.sha256().equals(spec.data().sha256())) {
            throw new RunFolderException("This run was recorded with different data. Expected hash "
                    + spec.data().sha256() + ", " + spec.data().file() + " has " + dataset.sha256()
                    + ". Put the original file back.");
        }
        ProtocolSpec protocol = spec.protocol();
        var split = Splitter.split(dataset, protocol, new RandomStreams(protocol.splitSeed()).stream("split"));
        int[] recorded = NpyReader.read(run.file(RunFolder.SPLIT), "test").ints();
        if (!Arrays.equals(recorded, split.test())) {
            throw new RunFolderException("The recorded split of run " + run.id()
                    + " is not the one its specification leads to; its metrics cannot be computed again.");
        }
        return split.labels(recorded).orElse(null);
    }
}

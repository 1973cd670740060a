package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Splitter;
import org.oddlens.engine.metric.Evaluation;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.threshold.Threshold;
import org.oddlens.engine.threshold.ThresholdSpec;

/** Metrics of a finished run, computed again from its recorded scores. */
public final class RunEvaluation {

    private final RunFolder run;

    public RunEvaluation(RunFolder run) {
        this.run = run;
    }

    /** Evaluates with the data where the run found them. */
    public RunMetrics evaluate(ThresholdSpec other) throws IOException {
        return evaluate(other, run.readRecord().spec());
    }

    /**
     * Evaluates.
     *
     * @param other a threshold taken from the evaluated scores, null for the run's own value
     * @param spec  specification of the run, perhaps with its data at another place
     * @throws RunFolderException if the run left no scores, or they, its threshold or its data file have changed
     */
    public RunMetrics evaluate(ThresholdSpec other, RunSpec spec) throws IOException {
        if (other == null && Files.exists(run.file(RunFolder.METRICS))) {
            requireThresholdOfModel(RunMetrics.read(run));
        }
        return metrics(other, spec);
    }

    /** The run's own metrics, whatever model lies beside them. */
    RunMetrics recorded() throws IOException {
        return metrics(null, run.readRecord().spec());
    }

    private RunMetrics metrics(ThresholdSpec other, RunSpec spec) throws IOException {
        for (String name : List.of(RunFolder.METRICS, RunFolder.FINAL_SCORES)) {
            if (!Files.exists(run.file(name))) {
                throw new FinalFiles(run).absent(name, "it has not ended, or kept nothing");
            }
        }
        new FinalFiles(run).check(RunFolder.FINAL_SCORES, RunFolder.SPLIT);
        RunMetrics before = RunMetrics.read(run);
        double[] scores = run.readFinalScores();
        boolean[] labels = labels(spec, scores.length);
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

    /** The model keeps the threshold too; where the two differ, one of them was changed since. */
    private void requireThresholdOfModel(RunMetrics recorded) throws IOException {
        Path model = run.file(RunFolder.MODEL);
        if (!Files.isRegularFile(model)) {
            return;
        }
        double kept = new ModelFile().readHeader(model).threshold();
        if (kept != recorded.threshold().value()) {
            throw new RunFolderException("The threshold in metrics.json of run " + run.id() + " is "
                    + recorded.threshold().value() + ", that of its model " + kept
                    + "; one of them was changed since the run ended. Put back a copy of the run.");
        }
    }

    /** Metrics of other scores of the same rows, at the run's own threshold. */
    RunMetrics of(double[] scores) throws IOException {
        RunMetrics before = RunMetrics.read(run);
        boolean[] labels = labels(run.readRecord().spec(), scores.length);
        return before.with(
                before.threshold(),
                Evaluation.of(scores, labels, before.threshold().value()));
    }

    private boolean[] labels(RunSpec spec, int scores) throws IOException {
        Dataset dataset = DataImport.load(spec.data()).dataset(); // refuses data of another digest
        ProtocolSpec protocol = spec.protocol();
        var split = Splitter.split(dataset, protocol, new RandomStreams(protocol.splitSeed()).stream("split"));
        int[] recorded = run.array(RunFolder.SPLIT, "test").ints();
        if (!Arrays.equals(recorded, split.test())) {
            throw new RunFolderException("The recorded split of run " + run.id()
                    + " is not the one its specification leads to; its metrics cannot be computed again.");
        }
        if (recorded.length != scores) {
            throw new RunFolderException("Run " + run.id() + " evaluated " + recorded.length + " rows and has " + scores
                    + " final scores, so they cannot belong together. Put back a copy of the run, or train again.");
        }
        return split.labels(recorded).orElse(null);
    }
}

package org.oddlens.engine.study;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunFolderException;
import org.oddlens.engine.run.RunSpec;

/**
 * A model loaded again and tried on the rows its run evaluated.
 *
 * @param run       the run
 * @param metrics   of the scores the loaded model gives, at the run's threshold
 * @param identical whether each score has the bits the run recorded
 */
public record ModelCheck(RunFolder run, RunMetrics metrics, boolean identical) {

    /**
     * Loads and scores.
     *
     * @throws RunFolderException if the run left no model or scores, or its data file is gone or has changed
     */
    public static ModelCheck of(RunFolder run, DetectorRegistry registry) throws IOException {
        RunMetrics recorded = new RunEvaluation(run).recorded(); // refuses other data and another split
        RunSpec spec = run.readRecord().spec();
        Dataset data = DataImport.load(spec.data()).dataset();
        int[] test = run.array(RunFolder.SPLIT, "test").ints();
        double[] scores;
        try (RunModel model = RunModel.load(run, registry)) {
            scores = model.score(data.select(test));
        }
        double[] before = run.readFinalScores();
        boolean same = Arrays.equals(scores, before);
        return new ModelCheck(run, same ? recorded : new RunEvaluation(run).of(scores), same);
    }

    /** Whether a folder holds a finished run. */
    public static boolean possible(RunFolder run) {
        return run.exists() && Files.exists(run.file(RunFolder.MODEL)) && Files.exists(run.file(RunFolder.METRICS));
    }
}

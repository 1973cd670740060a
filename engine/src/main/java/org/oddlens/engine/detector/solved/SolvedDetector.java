package org.oddlens.engine.detector.solved;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.LatentSpace;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/** A detector that is solved in one go: it says how to solve and how to read a solution back, the rest is shared. */
public interface SolvedDetector extends DetectorProvider {

    /** The one space of such a detector, which has no code of its own. */
    LatentSpace PLANE = new LatentSpace("features", "Principal plane of the features (no code of its own)")
            .drawnAlong("principal axis 1", "principal axis 2");

    /** The one space, as the descriptor lists it. */
    static List<LatentSpace> latentSpaces() {
        return List.of(PLANE);
    }

    /**
     * Solves; asks the control at least every tenth of a second where it can.
     *
     * @return empty if the run was stopped before the end
     */
    Optional<Solution> solve(Values values, TrainingData data, TrainingContext context);

    /**
     * The solution that {@link Solution#weights()} was asked of.
     *
     * @throws IllegalArgumentException if the weights belong to something else
     */
    Solution solution(Values values, int features, Map<String, Tensor> weights);

    /** How contributions are found, if the solutions have a way of their own. */
    default String contributionMethod() {
        return "ablation";
    }

    @Override
    default Training begin(Values values, TrainingData data, TrainingContext context) {
        return new SolvedTraining(this, values, data, context);
    }

    @Override
    default FittedDetector restore(
            Values values, DataShape data, Map<String, Tensor> weights, TrainingContext context) {
        SolvedFitted fitted = new SolvedFitted(this, values, FeaturePlane.of(weights), context.threads());
        fitted.load(weights);
        return fitted;
    }
}

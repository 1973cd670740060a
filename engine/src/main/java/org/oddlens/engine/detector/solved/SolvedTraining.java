package org.oddlens.engine.detector.solved;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.oddlens.engine.detector.DetectorDescriptor.LossTerm;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.Training;
import org.oddlens.engine.detector.TrainingContext;
import org.oddlens.engine.detector.TrainingData;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/** Solves in its one epoch. */
final class SolvedTraining implements Training {

    private static final int NAMED_COLUMNS = 5;

    private final SolvedDetector detector;
    private final Values values;
    private final TrainingData data;
    private final TrainingContext context;
    private final NetworkShape shape;
    private final SolvedFitted fitted;

    SolvedTraining(SolvedDetector detector, Values values, TrainingData data, TrainingContext context) {
        this.detector = detector;
        this.values = values;
        this.data = data;
        this.context = context;
        this.shape = detector.shape(values, data.shape());
        if (data.trainRows() < 2) {
            throw new InvalidValuesException(Map.of(
                    "data",
                    detector.descriptor().name() + " compares rows with each other and needs at least 2 training rows,"
                            + " not " + data.trainRows() + ". Choose another protocol or more data."));
        }
        this.fitted =
                new SolvedFitted(detector, values, FeaturePlane.fit(data.train(), data.features()), context.threads());
        shape.warnings().forEach(warning -> context.warn().accept("cost", warning));
        warnOfConstantColumns();
    }

    private void warnOfConstantColumns() {
        List<Integer> constant = new ArrayList<>();
        for (int j = 0; j < data.features(); j++) {
            if (isConstant(j)) {
                constant.add(j + 1);
            }
        }
        if (!constant.isEmpty()) {
            String named = constant.subList(0, Math.min(NAMED_COLUMNS, constant.size()))
                    .toString();
            context.warn()
                    .accept(
                            "constant-columns",
                            constant.size() + " of " + data.features()
                                    + " features have one value in all training rows: number "
                                    + named.substring(1, named.length() - 1)
                                    + (constant.size() > NAMED_COLUMNS ? " and others" : "")
                                    + ". They tell nothing between training rows, but a scored row that differs there"
                                    + " moves far away. Leave them out if that is not wanted.");
        }
    }

    private boolean isConstant(int feature) {
        float[] rows = data.train();
        for (int at = feature; at < rows.length; at += data.features()) {
            if (rows[at] != rows[feature]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int epochs() {
        return 1;
    }

    @Override
    public List<String> terms() {
        return detector.descriptor().lossTerms().stream().map(LossTerm::id).toList();
    }

    @Override
    public NetworkShape shape() {
        return shape;
    }

    @Override
    public EpochResult epoch(int number) {
        Optional<Solution> solved =
                context.control().mayContinue() ? detector.solve(values, data, context) : Optional.empty();
        if (solved.isEmpty()) {
            return new EpochResult(Map.of(), Double.NaN, 0, 0, false, null);
        }
        fitted.take(solved.get());
        return new EpochResult(solved.get().loss(), validation(), 0, 1, true, null);
    }

    /** Mean score of the validation rows: there is no loss on a single row. NaN without any. */
    private double validation() {
        return data.validationRows() == 0
                ? Double.NaN
                : Arrays.stream(fitted.score(data.validation())).average().orElse(Double.NaN);
    }

    @Override
    public FittedDetector detector() {
        return fitted;
    }

    @Override
    public Map<String, Tensor> weights() {
        return fitted.weights();
    }

    @Override
    public void restore(Map<String, Tensor> weights) {
        fitted.load(weights);
    }

    @Override
    public void close() {
        fitted.close();
    }
}

package org.oddlens.engine.detector.solved;

import java.util.LinkedHashMap;
import java.util.Map;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.FittedDetector;
import org.oddlens.engine.detector.Observation;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.Tensor;

/** A solved detector that scores; before it is solved every score is 0. */
final class SolvedFitted implements FittedDetector {

    private static final int ROUND = 4096;

    private final SolvedDetector detector;
    private final Values values;
    private final FeaturePlane plane;
    private final ParallelLoop loop;
    private Solution solution;

    SolvedFitted(SolvedDetector detector, Values values, FeaturePlane plane, int threads) {
        this.detector = detector;
        this.values = values;
        this.plane = plane;
        this.loop = new ParallelLoop(threads, () -> true);
    }

    void take(Solution solved) {
        solution = solved;
    }

    /** Goes back to what these weights say, be it solved or not. */
    void load(Map<String, Tensor> weights) {
        solution = FeaturePlane.aloneIn(weights) ? null : detector.solution(values, features(), weights);
    }

    @Override
    public int features() {
        return plane.features();
    }

    @Override
    public double[] score(float[] rows) {
        checkWidth(rows);
        double[] scores = new double[rows.length / features()];
        if (solution != null) {
            loop.run(scores.length, ROUND, i -> scores[i] = solution.score(row(rows, i)));
        }
        return scores;
    }

    @Override
    public Observation observe(float[] rows) {
        double[] scores = score(rows);
        Tensor places = Tensor.of(plane.place(rows), scores.length, plane.width());
        Map<String, Tensor> anatomy = new LinkedHashMap<>();
        if (solution == null) {
            for (AnatomyObject object : detector.descriptor().anatomy()) {
                boolean links = object.kind() == AnatomyObject.Kind.LINKS;
                float[] none = new float[0];
                anatomy.put(
                        object.id(), links ? Tensor.of(none, 0, 2, plane.width()) : Tensor.of(none, 0, plane.width()));
                anatomy.put(object.id() + "-use", Tensor.of(none, 0));
            }
        } else {
            anatomy.putAll(solution.anatomy(plane));
        }
        return new Observation(scores, Map.of(SolvedDetector.PLANE.id(), places), anatomy);
    }

    @Override
    public float[] contributions(float[] rows) {
        checkWidth(rows);
        float[] all = new float[rows.length];
        if (solution != null) {
            loop.run(rows.length / features(), ROUND, i -> {
                double[] row = row(rows, i);
                float[] own = solution.contributions(row);
                System.arraycopy(own == null ? ablation(row) : own, 0, all, i * features(), features());
            });
        }
        return all;
    }

    /** How much the score falls when a feature is set to its mean in training; negative where it rises. */
    private float[] ablation(double[] row) {
        double score = solution.score(row);
        float[] falls = new float[row.length];
        for (int j = 0; j < row.length; j++) {
            double kept = row[j];
            row[j] = plane.mean(j);
            falls[j] = (float) (score - solution.score(row));
            row[j] = kept;
        }
        return falls;
    }

    @Override
    public String contributionMethod() {
        return detector.contributionMethod();
    }

    @Override
    public Map<String, Tensor> weights() {
        Map<String, Tensor> weights = plane.weights();
        if (solution != null) {
            weights.putAll(solution.weights());
        }
        return weights;
    }

    private double[] row(float[] rows, int index) {
        double[] row = new double[features()];
        for (int j = 0; j < row.length; j++) {
            row[j] = rows[index * row.length + j];
        }
        return row;
    }

    private void checkWidth(float[] rows) {
        if (rows.length % features() != 0) {
            throw new IllegalArgumentException(
                    "Trained on " + features() + " features, asked to score " + rows.length + " numbers.");
        }
    }

    @Override
    public void close() {
        solution = null;
    }
}

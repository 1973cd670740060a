package org.oddlens.engine.detector;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SameDiff;
import org.oddlens.engine.compute.BlockScoring;
import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;
import org.oddlens.engine.run.Tensor;

/** A network that scores; asks for what follows from its weights to be settled before it is looked at. */
final class NetworkFitted implements FittedDetector {

    /** Rows that anatomy looks at; enough for shares of use, and small beside a large set. */
    private static final int ANATOMY_ROWS = 2048;

    private final NetworkDetector detector;
    private final GraphExecutor executor;
    private final BlockScoring scoring;
    private final int features;
    private final Runnable settle;
    private final Ablation ablation;

    /** @param settle brings frozen arrays up to date if the weights have changed */
    NetworkFitted(NetworkDetector detector, GraphExecutor executor, int features, Runnable settle) {
        this.detector = detector;
        this.executor = executor;
        this.features = features;
        this.settle = settle;
        this.scoring = new BlockScoring(executor, features);
        boolean named = executor.network().outputs().containsKey(NetworkDetector.ERROR);
        this.ablation = named ? null : new Ablation(features, this::scoreAsItIs);
    }

    /** Takes the training rows as what a feature is compared with where contributions are found by ablation. */
    void compareWith(float[] trainingRows) {
        if (ablation != null) {
            ablation.compareWith(trainingRows);
        }
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public double[] score(float[] rows) {
        checkWidth(rows);
        settle.run();
        return toDoubles(scoreAsItIs(rows));
    }

    /** Scores without settling first: good enough to see whether they are finite. */
    float[] scoreAsItIs(float[] rows) {
        return scoring.outputs(rows, List.of(NetworkDetector.SCORE)).get(NetworkDetector.SCORE);
    }

    /** Mean loss per row; NaN without rows. */
    double loss(float[] rows) {
        if (rows.length == 0) {
            return Double.NaN;
        }
        boolean own = executor.network().outputs().containsKey(NetworkDetector.VALIDATION_LOSS);
        String role = own ? NetworkDetector.VALIDATION_LOSS : Network.ROW_LOSS;
        settle.run();
        return Arrays.stream(toDoubles(scoring.outputs(rows, List.of(role)).get(role)))
                .average()
                .orElse(Double.NaN);
    }

    @Override
    public Observation observe(float[] rows) {
        checkWidth(rows);
        settle.run();
        int count = rows.length / features;
        List<String> roles = new ArrayList<>(List.of(NetworkDetector.SCORE));
        detector.descriptor().latentSpaces().forEach(space -> roles.add(space.id()));
        boolean together = count <= ANATOMY_ROWS; // one pass instead of two
        if (together) {
            detector.anatomyRoles().stream()
                    .filter(role -> !roles.contains(role))
                    .forEach(roles::add);
        }
        Map<String, float[]> outputs = scoring.outputs(rows, roles);
        Map<String, Tensor> codes = new LinkedHashMap<>();
        for (LatentSpace space : detector.descriptor().latentSpaces()) {
            codes.put(
                    space.id(),
                    Tensor.of(outputs.get(space.id()), count, outputs.get(space.id()).length / Math.max(1, count)));
        }
        int sample = Math.min(count, ANATOMY_ROWS);
        Map<String, float[]> sampled =
                together ? outputs : scoring.outputs(Arrays.copyOf(rows, sample * features), detector.anatomyRoles());
        Map<String, Tensor> anatomy = detector.anatomy(arrays(), sampled, sample);
        return new Observation(toDoubles(outputs.get(NetworkDetector.SCORE)), codes, anatomy);
    }

    /** Outputs that {@link NetworkDetector#check} looks at. */
    Map<String, float[]> anatomyOutputs(float[] rows) {
        return scoring.outputs(rows, detector.anatomyRoles());
    }

    @Override
    public float[] contributions(float[] rows) {
        checkWidth(rows);
        settle.run();
        return ablation != null
                ? ablation.contributions(rows)
                : scoring.outputs(rows, List.of(NetworkDetector.ERROR)).get(NetworkDetector.ERROR);
    }

    @Override
    public String contributionMethod() {
        return ablation == null ? "reconstruction error" : "ablation";
    }

    @Override
    public void exportGraph(Path file) throws IOException {
        settle.run();
        SameDiff graph = executor.network().graph();
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            // An executor keeps the weights in arrays of its own; the graph still has the start values.
            graph.getVariable(entry.name())
                    .getArr()
                    .data()
                    .asNioFloat()
                    .put(0, executor.parameters(), entry.offset(), entry.length());
        }
        graph.asFlatFile(file.toFile());
    }

    @Override
    public Map<String, Tensor> weights() {
        settle.run();
        return arrays();
    }

    /** The weights without settling first. */
    Map<String, Tensor> arrays() {
        Map<String, Tensor> weights = new LinkedHashMap<>();
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            float[] values = Arrays.copyOfRange(executor.parameters(), entry.offset(), entry.offset() + entry.length());
            weights.put(entry.name(), new Tensor(values, entry.shape()));
        }
        if (ablation != null) {
            weights.put(Ablation.MEANS, ablation.means());
        }
        return weights;
    }

    /**
     * Replaces all weights.
     *
     * @throws IllegalArgumentException if a name or a shape does not fit the network
     */
    void load(Map<String, Tensor> weights) {
        for (ParameterLayout.Entry entry : executor.layout().entries()) {
            Tensor tensor = expect(weights, entry.name(), entry.shape());
            System.arraycopy(tensor.values(), 0, executor.parameters(), entry.offset(), entry.length());
        }
        if (ablation != null) {
            ablation.load(expect(weights, Ablation.MEANS, new int[] {features}));
        }
        executor.parametersChanged();
    }

    private static Tensor expect(Map<String, Tensor> weights, String name, int[] shape) {
        Tensor tensor = weights.get(name);
        if (tensor == null || !Arrays.equals(tensor.shape(), shape)) {
            throw new IllegalArgumentException("The model has no weights '" + name + "' of shape "
                    + Arrays.toString(shape) + "; it was made by another network.");
        }
        return tensor;
    }

    private void checkWidth(float[] rows) {
        if (rows.length % features != 0) {
            throw new IllegalArgumentException(
                    "Trained on " + features + " features, asked to score " + rows.length + " numbers.");
        }
    }

    private static double[] toDoubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @Override
    public void close() {
        executor.close();
    }
}

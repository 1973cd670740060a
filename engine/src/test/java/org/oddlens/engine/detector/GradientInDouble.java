package org.oddlens.engine.detector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.compute.plan.GraphSession;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * The gradient of one objective in double precision, and how far it moves when the result of every op is rounded to single
 * precision: what any program that computes this graph in single precision may lose.
 */
final class GradientInDouble {

    /** Enough of them that one is not lucky in all numbers that matter. */
    private static final int ROUNDED_PASSES = 4;

    private final Network network;
    private final Network.Objective objective;
    private final Batch batch;
    private final SameDiff graph;
    private final Map<String, String> names = new LinkedHashMap<>();
    private final double[] exact;

    /** @param network in double precision, not differentiated yet */
    GradientInDouble(Network network, int objective, Batch batch) {
        this.network = network;
        this.objective = network.objectives().get(objective);
        this.batch = batch;
        network.graph().setLossVariables(this.objective.loss());
        network.graph().createGradFunction(this.objective.parameters().toArray(String[]::new));
        graph = network.graph().getFunction("grad");
        this.objective.parameters().stream()
                .filter(name -> network.graph().grad(name) != null) // the loss does not depend on the others
                .forEach(name -> names.put(name, network.graph().grad(name).name()));
        exact = run(new GraphSession(graph));
    }

    /** The largest entry. */
    double largest() {
        double largest = 0;
        for (double value : exact) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }

    /** The largest distance of an entry; infinite where one is not a number. */
    double worst(float[] gradients) {
        double worst = 0;
        for (int i = 0; i < exact.length; i++) {
            double apart = Math.abs(gradients[i] - exact[i]);
            worst = Double.isNaN(apart) ? Double.POSITIVE_INFINITY : Math.max(worst, apart);
        }
        return worst;
    }

    /** Euclidean: where all numbers lose digits, the worst single one is a matter of luck. */
    double distance(float[] gradients) {
        double squares = 0;
        for (int i = 0; i < exact.length; i++) {
            squares += (gradients[i] - exact[i]) * (gradients[i] - exact[i]);
        }
        return Math.sqrt(squares);
    }

    /** How far rounding alone moves the gradient: the largest distance of some passes that round up or down by chance. */
    double movedByRounding(RandomGenerator random) {
        double most = 0;
        for (int pass = 0; pass < ROUNDED_PASSES; pass++) {
            double[] rounded = run(new RoundingSession(graph, random));
            double squares = 0;
            for (int i = 0; i < exact.length; i++) {
                squares += (rounded[i] - exact[i]) * (rounded[i] - exact[i]);
            }
            most = Math.max(most, Math.sqrt(squares));
        }
        return most;
    }

    /** 0 for what the objective does not train. */
    private double[] run(GraphSession session) {
        Map<String, INDArray> inputs = new HashMap<>();
        network.inputs()
                .forEach((name, width) -> inputs.put(
                        name,
                        Nd4j.createFromArray(batch.input(name))
                                .castTo(DataType.DOUBLE)
                                .reshape('c', batch.rows(), width)));
        List<String> wanted = new ArrayList<>(names.values());
        Map<String, INDArray> gradients = session.output(
                wanted,
                inputs,
                null,
                wanted,
                List.of(),
                At.builder().operation(Operation.INFERENCE).build());
        double[] flat = new double[network.layout().length()];
        for (ParameterLayout.Entry entry : network.layout().entries()) {
            if (names.containsKey(entry.name())) {
                double[] values =
                        gradients.get(names.get(entry.name())).dup('c').data().asDouble();
                System.arraycopy(values, 0, flat, entry.offset(), values.length);
            }
        }
        return flat;
    }

    /** Gives every result of an op that is no single-precision number one of its two neighbours that are, by chance. */
    private static final class RoundingSession extends GraphSession {

        private final RandomGenerator random;

        RoundingSession(SameDiff graph, RandomGenerator random) {
            super(graph);
            this.random = random;
        }

        @Override
        public ExecutionResult doExec(
                DifferentialFunction op,
                OpContext context,
                FrameIter frame,
                Set<VarId> opInputs,
                Set<VarId> allIterInputs,
                Set<String> constAndPhInputs,
                Map<String, SDValue> otherPlaceHolders) {
            ExecutionResult result =
                    super.doExec(op, context, frame, opInputs, allIterInputs, constAndPhInputs, otherPlaceHolders);
            for (int i = 0; i < result.numResults(); i++) {
                INDArray array = result.resultAt(i);
                if (array.dataType() == DataType.DOUBLE) {
                    double[] values = array.dup('c').data().asDouble();
                    for (int j = 0; j < values.length; j++) {
                        values[j] = rounded(values[j]);
                    }
                    array.assign(Nd4j.createFromArray(values).reshape('c', array.shape()));
                }
            }
            return result;
        }

        private double rounded(double value) {
            float near = (float) value;
            if (near == value || random.nextBoolean()) {
                return near;
            }
            return near < value ? Math.nextUp(near) : Math.nextDown(near);
        }
    }
}

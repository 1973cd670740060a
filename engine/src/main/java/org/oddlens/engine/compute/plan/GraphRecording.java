package org.oddlens.engine.compute.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.listeners.At;
import org.nd4j.autodiff.listeners.Operation;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.memory.NoOpMemoryMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.impl.transforms.same.Identity;
import org.nd4j.linalg.factory.Nd4j;
import org.oddlens.engine.graph.Network;

/**
 * One pass of SameDiff's interpreter over a graph for one batch size, written down: the ops in the order they ran, with
 * the very arrays they read and wrote. Shapes, dependencies and constants are resolved by it once and for all.
 *
 * @param calls   ops in order
 * @param inputs  array of each placeholder
 * @param outputs arrays of the variables asked for, in their order
 */
public record GraphRecording(List<Call> calls, Map<String, INDArray> inputs, List<INDArray> outputs) {

    /** One op that ran. */
    public record Call(DifferentialFunction op, List<INDArray> inputs, List<INDArray> outputs) {}

    /**
     * Runs the graph on a batch and writes down what happens.
     *
     * @param rows   rows of the batch
     * @param feed   an example of its numbers
     * @param wanted variables to be computed
     */
    public static GraphRecording of(Network network, SameDiff graph, int rows, Feed feed, List<String> wanted) {
        Map<String, INDArray> inputs = new HashMap<>();
        network.inputs().forEach((name, width) -> {
            INDArray array = Nd4j.create(network.type(), rows, width);
            array.data().asNioFloat().put(0, feed.input(name));
            inputs.put(name, array);
        });
        Recorder recorder = new Recorder(graph);
        Map<String, INDArray> values = recorder.output(
                wanted,
                inputs,
                null,
                wanted,
                List.of(),
                At.builder().operation(Operation.INFERENCE).build());
        return new GraphRecording(
                recorder.calls, inputs, wanted.stream().map(values::get).toList());
    }

    /** The interpreter with a tape running. Nothing it allocates is given back, so the arrays on the tape stay valid. */
    private static final class Recorder extends GraphSession {

        private final List<Call> calls = new ArrayList<>();

        Recorder(SameDiff graph) {
            super(graph);
            setMmgr(new NoOpMemoryMgr());
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
            if (context != null && context.numOutputArguments() > 0 && !(op instanceof Identity)) {
                calls.add(new Call(op, List.copyOf(context.getInputArrays()), List.copyOf(context.getOutputArrays())));
            }
            return result;
        }
    }
}

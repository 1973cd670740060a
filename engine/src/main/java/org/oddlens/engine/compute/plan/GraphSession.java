package org.oddlens.engine.compute.plan;

import java.util.Map;
import java.util.Set;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.config.ExecutionResult;
import org.nd4j.autodiff.samediff.config.SDValue;
import org.nd4j.autodiff.samediff.internal.FrameIter;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.impl.reduce.floating.Mean;
import org.nd4j.linalg.api.ops.impl.reduce.same.Max;
import org.nd4j.linalg.api.ops.impl.reduce.same.Min;
import org.nd4j.linalg.api.ops.impl.reduce.same.Prod;
import org.nd4j.linalg.api.ops.impl.reduce.same.Sum;

/**
 * SameDiff's interpreter with two mends. In ND4J 1.0.0-M2.1 a reduction over a dimension of size 1 (a batch of one row, a
 * data set of one feature) fails with a null pointer, because it looks for its arrays in the op instead of the context.
 * A sum, mean, product, largest or smallest of one number is a copy, and is done as one; others fail as before. And
 * memory that is used again gets an order that it does not have, which makes gradients wrong; see {@link RowMajorMemory}.
 */
public class GraphSession extends InferenceSession {

    public GraphSession(SameDiff graph) {
        super(graph);
        setMmgr(new RowMajorMemory());
    }

    /** Whether the op only drops dimensions of size 1. Of one number a norm is its size and a variance 0, no copy. */
    public static boolean isCopy(DifferentialFunction op, INDArray in, INDArray out) {
        boolean keepsOneNumber =
                op instanceof Sum || op instanceof Mean || op instanceof Max || op instanceof Min || op instanceof Prod;
        return keepsOneNumber && in.length() == out.length();
    }

    /** Copies element by element in row-major order, whatever the shapes are. */
    public static void copy(INDArray in, INDArray out) {
        out.assign(in.reshape('c', out.shape()));
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
        if (op instanceof ReduceOp && isCopy(op, context.getInputArray(0), context.getOutputArray(0))) {
            copy(context.getInputArray(0), context.getOutputArray(0));
            return ExecutionResult.createFrom(op, context);
        }
        return super.doExec(op, context, frame, opInputs, allIterInputs, constAndPhInputs, otherPlaceHolders);
    }
}

package org.oddlens.engine.compute.plan;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.oddlens.engine.compute.plan.PlanBuilder.Shape;

/** Ops on arrays {@code [groups, rows, columns]}: a product for each group, and the exchange of groups and rows. */
final class GroupOps {

    private final PlanBuilder plan;

    GroupOps(PlanBuilder plan) {
        this.plan = plan;
    }

    /** Whether a product is one for each group. */
    static boolean grouped(GraphRecording.Call call) {
        INDArray a = call.inputs().get(0);
        INDArray b = call.inputs().get(1);
        return a.rank() == 3 && b.rank() == 3 && a.size(0) == b.size(0);
    }

    Matrix product(GraphRecording.Call call, Matrix[] in) {
        boolean[] turned = transposes(call);
        return product(
                groups(call), in[0], turned[0], in[1], turned[1], call.outputs().get(0));
    }

    /** Gradients of both operands of a product for each group. */
    Matrix[] back(GraphRecording.Call call, Matrix[] in) {
        boolean[] t = transposes(call);
        int groups = groups(call);
        Matrix a = in[0];
        Matrix b = in[1];
        Matrix g = in[2];
        INDArray toA = call.outputs().get(0);
        INDArray toB = call.outputs().get(1);
        return new Matrix[] {
            t[0] ? product(groups, b, t[1], g, true, toA) : product(groups, g, false, b, !t[1], toA),
            t[1] ? product(groups, g, true, a, t[0], toB) : product(groups, a, !t[0], g, false, toB)
        };
    }

    private Matrix product(int groups, Matrix a, boolean transposeA, Matrix b, boolean transposeB, INDArray result) {
        Matrix left = plan.dense(a);
        Matrix right = plan.dense(b);
        return plan.instruction(
                "products" + groups + left + transposeA + right + transposeB,
                OpTranslation.shape(result),
                out -> new GroupedProduct(
                        groups, left, transposeA, right, transposeB, out, plan.rowsAtOnce(), plan.workers()));
    }

    Matrix permuted(GraphRecording.Call call, Matrix in) {
        long[] order = ((DynamicCustomOp) call.op()).iArgs();
        if (!Arrays.equals(order, new long[] {1, 0, 2})) {
            throw new UnsupportedPlanException("an order of dimensions other than 1, 0, 2");
        }
        int outer = groups(call);
        Matrix dense = plan.dense(in);
        Shape shape = OpTranslation.shape(call.outputs().get(0));
        return plan.instruction("swapped" + outer + dense, shape, out -> new SwappedAxes(outer, dense, out));
    }

    private static int groups(GraphRecording.Call call) {
        return (int) call.inputs().get(0).size(0);
    }

    private static boolean[] transposes(GraphRecording.Call call) {
        long[] arguments = ((DynamicCustomOp) call.op()).iArgs();
        if (arguments.length > 2 && arguments[2] != 0) {
            throw new UnsupportedPlanException("a product that is turned itself");
        }
        return new boolean[] {
            arguments.length > 0 && arguments[0] != 0, arguments.length > 1 && arguments[1] != 0,
        };
    }
}

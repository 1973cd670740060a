package org.oddlens.engine.compute.plan;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.oddlens.engine.compute.plan.PatchProduct.Direction;
import org.oddlens.engine.compute.plan.PlanBuilder.Shape;

/**
 * Ops on images {@code [images, height, width, channels]}, whose matrices have a pixel a row. Series are images of height
 * one.
 */
final class ImageOps {

    private final PlanBuilder plan;

    ImageOps(PlanBuilder plan) {
        this.plan = plan;
    }

    /** A convolution, weights {@code [kernelHeight, kernelWidth, in, out]}. */
    Matrix convolution(GraphRecording.Call call, Matrix[] in) {
        INDArray result = call.outputs().get(0);
        PatchGeometry geometry = geometry(call, call.inputs().get(0), result, true);
        int depth = (int) result.size(3);
        Matrix out = product(Direction.FORWARD, geometry, depth, in[0], in[1], OpTranslation.shape(result));
        return biased(out, in);
    }

    /** A transposed convolution, weights {@code [kernelHeight, kernelWidth, out, in]}. */
    Matrix transposed(GraphRecording.Call call, Matrix[] in) {
        INDArray result = call.outputs().get(0);
        INDArray small = call.inputs().get(0);
        PatchGeometry geometry = geometry(call, result, small, false);
        int depth = (int) small.size(3);
        Matrix out = product(Direction.SCATTER, geometry, depth, in[0], in[1], OpTranslation.shape(result));
        return biased(out, in);
    }

    private Matrix biased(Matrix out, Matrix[] in) {
        if (in.length < 3) {
            return out;
        }
        // The bias is repeated along pixels; rank 2 says so to the rule of repetition.
        Matrix flat = out.shaped(2, out.rows(), out.columns());
        Matrix sum = plan.each(Kernel.ADD, 0, Shape.of(flat), flat, in[2]);
        return sum.shaped(out.rank(), out.rows(), out.columns());
    }

    /** Gradients of input, weights and, where there is one, bias. */
    Matrix[] back(GraphRecording.Call call, Matrix[] in) {
        boolean plain = call.op().opName().equals("conv2d_bp");
        INDArray input = call.inputs().get(0);
        INDArray gradient = call.inputs().get(call.inputs().size() - 1);
        INDArray large = plain ? input : gradient;
        INDArray small = plain ? gradient : input;
        PatchGeometry geometry = geometry(call, large, small, plain);
        int depth = (int) small.size(3);
        Matrix g = in[in.length - 1];
        Shape weights = OpTranslation.shape(call.inputs().get(1));
        Matrix toInput = product(
                plain ? Direction.SCATTER : Direction.FORWARD, geometry, depth, g, in[1], OpTranslation.shape(input));
        Matrix toWeights = product(Direction.WEIGHTS, geometry, depth, plain ? in[0] : g, plain ? g : in[0], weights);
        if (in.length < 4) {
            return new Matrix[] {toInput, toWeights};
        }
        Matrix flat = plan.dense(g);
        return new Matrix[] {toInput, toWeights, plan.columnSum(flat.shaped(2, flat.rows(), flat.columns()), 1)};
    }

    private Matrix product(
            Direction direction, PatchGeometry geometry, int depth, Matrix first, Matrix second, Shape shape) {
        Matrix a = plan.dense(first);
        Matrix b = plan.dense(second);
        return plan.instruction(
                direction + geometry.text() + depth + a.name() + "," + b.name(),
                shape,
                out -> new PatchProduct(direction, geometry, depth, a, b, out));
    }

    /** The window over the larger images, from the arguments kH kW sH sW pH pW dH dW same-mode format. */
    private static PatchGeometry geometry(GraphRecording.Call call, INDArray large, INDArray small, boolean plain) {
        long[] a = ((DynamicCustomOp) call.op()).iArgs();
        boolean channelsLast = a[9] == 1;
        boolean usualWeights = !plain || a.length < 11 || a[10] == 0;
        if (a[8] != 0 || !channelsLast || !usualWeights) {
            throw new UnsupportedPlanException("a convolution with other padding or order of dimensions");
        }
        return new PatchGeometry(
                (int) large.size(1),
                (int) large.size(2),
                (int) large.size(3),
                (int) small.size(1),
                (int) small.size(2),
                (int) a[0],
                (int) a[1],
                (int) a[2],
                (int) a[3],
                (int) a[4],
                (int) a[5],
                (int) a[6],
                (int) a[7]);
    }

    Matrix tile(GraphRecording.Call call, Matrix in) {
        INDArray result = call.outputs().get(0);
        return gather(
                false, tiled(call, call.inputs().get(0), result), call.inputs().get(0), in, result);
    }

    Matrix tileBack(GraphRecording.Call call, Matrix gradient) {
        INDArray small = call.inputs().get(0);
        INDArray large = call.inputs().get(1);
        return gather(true, tiled(call, small, large), small, gradient, small);
    }

    /** For each row of the tiled array, the row it comes from. */
    private static int[] tiled(GraphRecording.Call call, INDArray small, INDArray large) {
        long[] from = small.shape();
        return sources(large.shape(), from, index -> {
            for (int d = 0; d < index.length; d++) {
                index[d] %= from[d];
            }
            return true;
        });
    }

    Matrix slice(GraphRecording.Call call, Matrix in) {
        INDArray whole = call.inputs().get(0);
        INDArray part = call.outputs().get(0);
        long[] begin = Arrays.copyOf(((DynamicCustomOp) call.op()).iArgs(), whole.rank());
        return gather(
                false, sources(part.shape(), whole.shape(), index -> shift(index, begin, 1, whole)), whole, in, part);
    }

    Matrix sliceBack(GraphRecording.Call call, Matrix gradient) {
        INDArray whole = call.inputs().get(0);
        INDArray part = call.inputs().get(1);
        long[] begin = Arrays.copyOf(((DynamicCustomOp) call.op()).iArgs(), whole.rank());
        int[] source = sources(whole.shape(), part.shape(), index -> shift(index, begin, -1, part));
        return gather(false, source, part, gradient, whole);
    }

    private static boolean shift(long[] index, long[] begin, int sign, INDArray inside) {
        boolean within = true;
        for (int d = 0; d < index.length; d++) {
            index[d] += sign * begin[d];
            within &= index[d] >= 0 && index[d] < inside.size(d);
        }
        return within;
    }

    /** Where an index of the result lies in the operand; false if nowhere. */
    private interface Origin {
        boolean find(long[] index);
    }

    /** For each row within a group of the result the row within a group of the operand, −1 for none. */
    private static int[] sources(long[] to, long[] from, Origin origin) {
        int last = to.length - 1;
        if (to.length != from.length || to.length < 2 || to[last] != from[last] || to[0] != from[0]) {
            throw new UnsupportedPlanException("moves of other than whole rows within images");
        }
        int rows = 1;
        for (int d = 1; d < last; d++) {
            rows *= (int) to[d];
        }
        int[] source = new int[rows];
        long[] index = new long[to.length];
        for (int row = 0; row < rows; row++) {
            int rest = row;
            Arrays.fill(index, 0);
            for (int d = last - 1; d > 0; d--) {
                index[d] = rest % to[d];
                rest /= (int) to[d];
            }
            long place = 0;
            boolean found = origin.find(index);
            for (int d = 1; d < last; d++) {
                place = place * from[d] + index[d];
            }
            if (found && (index[0] != 0 || index[last] != 0)) {
                throw new UnsupportedPlanException("moves between images or channels");
            }
            source[row] = found ? (int) place : -1;
        }
        return source;
    }

    private Matrix gather(boolean back, int[] source, INDArray other, Matrix in, INDArray result) {
        Matrix dense = plan.dense(in);
        int rows = (int) (other.length() / other.size(0) / other.size(other.rank() - 1));
        return plan.instruction(
                "gather" + back + Arrays.toString(source) + Arrays.toString(result.shape()) + dense.name(),
                OpTranslation.shape(result),
                out -> new RowGather(back, source, rows, dense, out));
    }
}

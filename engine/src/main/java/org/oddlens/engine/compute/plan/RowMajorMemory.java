package org.oddlens.engine.compute.plan;

import org.nd4j.autodiff.samediff.internal.memory.ArrayCacheMemoryMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;

/**
 * The memory of SameDiff's interpreter with one mend: every array it hands out is row-major.
 *
 * <p>ND4J 1.0.0-M2.1 uses the memory of arrays that no op needs any more again. Where an op asks for a column-major result
 * (a dense layer, and what follows it), a used row-major array of that shape is only <em>called</em> column-major: its order
 * is changed and its strides are not. Kernels that go through the numbers in the order of the name then meet them in another
 * one: with {@code a = [[1, 2], [3, 4], [5, 6]]} in such an array, {@code a · a = [[1, 16], [4, 25], [9, 36]]}. Gradients
 * come out wrong in any precision, and only in graphs where a used array of the right shape happens to lie ready. No op
 * needs the order it asks for: a fresh array is row-major whatever was asked.
 */
final class RowMajorMemory extends ArrayCacheMemoryMgr {

    @Override
    public INDArray allocate(boolean detached, LongShapeDescriptor wanted) {
        return wanted.isEmpty()
                ? super.allocate(detached, wanted)
                : allocate(detached, wanted.dataType(), wanted.getShape());
    }
}

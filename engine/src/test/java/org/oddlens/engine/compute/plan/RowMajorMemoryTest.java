package org.oddlens.engine.compute.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.factory.Nd4j;

class RowMajorMemoryTest {

    /** By hand. ND4J's own memory gives 16, 4 and 25 where 4, 9 and 16 belong. */
    @Test
    void numbersStayInTheirPlacesWhereAColumnMajorArrayIsAskedOfUsedMemory() {
        RowMajorMemory memory = new RowMajorMemory();
        INDArray used = Nd4j.create(DataType.DOUBLE, 3, 2);
        memory.release(used);

        INDArray a = memory.allocate(false, columnMajor());
        a.assign(Nd4j.createFromArray(new double[][] {{1, 2}, {3, 4}, {5, 6}}));

        assertThat(a).isSameAs(used);
        assertThat(a.mul(a).dup('c').data().asDouble()).containsExactly(1, 4, 9, 16, 25, 36);
    }

    @Test
    void freshMemoryIsRowMajorWhateverIsAsked() {
        assertThat(new RowMajorMemory().allocate(false, columnMajor()).stride()).containsExactly(2, 1);
    }

    private static LongShapeDescriptor columnMajor() {
        return LongShapeDescriptor.fromShape(new long[] {3, 2}, new long[] {1, 3}, 1, 'f', DataType.DOUBLE, false);
    }
}

package org.oddlens.engine.detector.solved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.oddlens.engine.run.CounterRandom;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.Tensor;

/** Doubles survive in single-precision arrays. */
class ExactNumbersTest {

    @Test
    void readsBackEveryBitFromOneBillionthOfABillionthToTenToTheTwenty() {
        CounterRandom random = new RandomStreams(1).stream("numbers");
        double[] numbers = new double[20_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(38) - 18);
        }
        numbers[0] = 0;
        numbers[1] = 1e10;
        numbers[2] = Math.PI;

        assertThat(ExactNumbers.read(ExactNumbers.write(numbers))).containsExactly(numbers);
    }

    @Test
    void roundsOnceAndForAllWhereAFloatCannotFollow() {
        double[] once = ExactNumbers.rounded(new double[] {1.234567890123e-40});

        assertThat(ExactNumbers.rounded(once)).containsExactly(once);
    }

    @Test
    void refusesAnotherShape() {
        assertThatThrownBy(() -> ExactNumbers.read(Tensor.of(new float[4], 2, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[2, 2]");
    }
}

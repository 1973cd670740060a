package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

    private static final long KEY = 42;

    private final CounterRandom random = new CounterRandom(KEY);
    /** The same draws as plain numbers of 64 bits. */
    private final CounterRandom twin = new CounterRandom(KEY);

    /** The first outputs of SplitMix64 by its authors' C program with the seed 1234567, as published in many places. */
    @Test
    void mixesAsSplitMix64Does() {
        assertThat(LongStream.rangeClosed(1, 5)
                        .map(i -> CounterRandom.mix(1234567 + i * 0x9E3779B97F4A7C15L))
                        .mapToObj(Long::toUnsignedString))
                .containsExactly(
                        "6457827717110365317",
                        "3203168211198807973",
                        "9817491932198370423",
                        "4593380528125082431",
                        "16408922859458223821");
    }

    /** Recorded runs repeat only if these never change; computed in Python from the formulas of the Javadoc. */
    @Test
    void drawsTheNumbersThatPythonComputesFromTheFormula() {
        assertThat(random.longs(3)).containsExactly(0x7891E57DEC8A229EL, 0xB1457C435A382C83L, 0x70D7256E49E4B547L);
        assertThat(new RandomStreams(42).stream("split").longs(2))
                .containsExactly(0x91CAD1573E0D2EECL, 0x3EC8420C1DE91450L);
        assertThat(new RandomStreams(42).stream("row order", 3, 5).longs(2))
                .containsExactly(0x936FF2262FDB64E2L, 0xE4AF734AB376C7C7L);
    }

    /** Cut after 53 and 24 bits: less than 2^-53 or 2^-24 below, and the expected double is itself rounded. */
    @Test
    void takesFractionsFromTheHighestBits() {
        for (int i = 0; i < 100; i++) {
            double expected = Double.parseDouble(Long.toUnsignedString(twin.nextLong())) / Math.pow(2, 64);
            assertThat(random.nextDouble()).isCloseTo(expected, within(2.3e-16));
        }
        for (int i = 0; i < 100; i++) {
            double expected = Double.parseDouble(Long.toUnsignedString(twin.nextLong())) / Math.pow(2, 64);
            assertThat((double) random.nextFloat())
                    .isLessThanOrEqualTo(expected)
                    .isCloseTo(expected, within(6e-8));
        }
    }

    @Test
    void takesWholeNumbersAndTruthFromTheHighestBits() {
        for (int i = 0; i < 100; i++) {
            assertThat(Integer.toHexString(random.nextInt())).isEqualTo(Integer.toHexString((int)
                    Long.parseLong(String.format("%016x", twin.nextLong()).substring(0, 8), 16)));
        }
        for (int i = 0; i < 100; i++) {
            boolean high =
                    "89abcdef".indexOf(String.format("%016x", twin.nextLong()).charAt(0)) >= 0;
            assertThat(random.nextBoolean()).isEqualTo(high);
        }
    }

    /** Just over half of the numbers of 31 bits lie below 2^30 + 1; the others are one incomplete interval. */
    @Test
    void drawsAnewInsteadOfFoldingAnIncompleteInterval() {
        int bound = (1 << 30) + 1;
        long[] wanted = LongStream.generate(twin::nextLong)
                .map(draw -> draw >>> 33)
                .filter(draw -> draw < bound)
                .limit(50)
                .toArray();
        assertThat(LongStream.generate(() -> random.nextInt(bound)).limit(50))
                .containsExactly(Arrays.stream(wanted).boxed().toArray(Long[]::new));
    }

    @Test
    void boundsAreAtLeastOne() {
        assertThat(random.nextInt(1)).isZero();
        assertThatThrownBy(() -> random.nextInt(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not 0");
    }

    /** Box and Muller: from uniform u and v come two normals at radius sqrt(-2 ln(1 - u)) and angle 2 pi v. */
    @Test
    void drawsNormalsInPairsByBoxAndMuller() {
        for (int pair = 0; pair < 50; pair++) {
            double u = twin.nextDouble();
            double v = twin.nextDouble();
            double x = random.nextGaussian();
            double y = random.nextGaussian();
            assertThat(Math.hypot(x, y)).isCloseTo(Math.sqrt(2 * Math.log(1 / (1 - u))), within(1e-12));
            double turns = Math.atan2(y, x) / (2 * Math.PI);
            assertThat(turns < 0 ? turns + 1 : turns).isCloseTo(v, within(1e-12));
        }
    }

    /** 6 orders of 600 expected: chi-square with 5 degrees of freedom passes 35.9 once in a million. */
    @Test
    void shufflesIntoEveryOrderAlike() {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 3600; i++) {
            int[] values = {1, 2, 3};
            random.shuffle(values);
            counts.merge(Arrays.toString(values), 1, Integer::sum);
        }
        assertThat(counts).hasSize(6);
        assertThat(counts.values().stream()
                        .mapToDouble(count -> (count - 600.0) * (count - 600.0) / 600)
                        .sum())
                .isLessThan(35.9);
    }

    @Test
    void shufflesWithOneDrawLessThanThereAreValues() {
        random.shuffle(new int[5]);
        twin.longs(4).sum();
        assertThat(random.nextLong()).isEqualTo(twin.nextLong());
    }
}

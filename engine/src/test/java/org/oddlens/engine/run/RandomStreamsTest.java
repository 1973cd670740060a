package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

    @Test
    void drawsTheSameWhateverWasDrawnElsewhereBefore() {
        RandomStreams fresh = new RandomStreams(7);
        long[] expected = fresh.stream("weights/encoder-1").longs(20).toArray();

        RandomStreams busy = new RandomStreams(7);
        busy.stream("split").longs(1000).sum();
        busy.stream("row order", 3, 0).shuffle(new int[50]);

        assertThat(busy.stream("weights/encoder-1").longs(20).toArray()).containsExactly(expected);
    }

    @Test
    void separatesSeedsNamesEpochsAndSteps() {
        RandomStreams streams = new RandomStreams(7);

        assertThat(new long[] {
                    streams.stream("a").nextLong(),
                    streams.stream("b").nextLong(),
                    streams.stream("ab").nextLong(),
                    streams.stream("ba").nextLong(),
                    streams.stream("").nextLong(),
                    streams.stream("a", 1, 0).nextLong(),
                    streams.stream("a", 0, 1).nextLong(),
                    streams.stream("a", 1, 1).nextLong(),
                    new RandomStreams(8).stream("a").nextLong(),
                    new RandomStreams(-7).stream("a").nextLong()
                })
                .doesNotHaveDuplicates();
    }

    /**
     * Correlation of 2,000 draws of two streams: for independent ones its standard deviation is 1/√2000 = 0.022, so 0.12 is
     * more than five of them.
     */
    @Property(tries = 50)
    void doesNotCorrelateNeighbouringStreams(@ForAll long seed, @ForAll @IntRange(max = 1000) int epoch) {
        RandomStreams streams = new RandomStreams(seed);
        CounterRandom one = streams.stream("noise", epoch, 0);
        CounterRandom next = streams.stream("noise", epoch + 1, 0);
        double sum = 0;
        for (int i = 0; i < 2000; i++) {
            sum += (one.nextDouble() - 0.5) * (next.nextDouble() - 0.5) * 12;
        }

        assertThat(sum / 2000).isCloseTo(0, within(0.12));
    }

    /** Mean 1/2 with standard deviation 0.289/√4000 = 0.0046; variance 1/12; both within five of them or so. */
    @Property(tries = 50)
    void drawsUniformly(@ForAll long seed) {
        double[] draws = new RandomStreams(seed).stream("uniform").doubles(4000).toArray();

        assertThat(Arrays.stream(draws)).allMatch(draw -> draw >= 0 && draw < 1);
        assertThat(Arrays.stream(draws).average().orElse(0)).isCloseTo(0.5, within(0.025));
        assertThat(Arrays.stream(draws)
                        .map(d -> (d - 0.5) * (d - 0.5))
                        .average()
                        .orElse(0))
                .isCloseTo(1 / 12.0, within(0.008));
    }

    /** Ten cells of 400 expected draws each: chi-square with 9 degrees of freedom passes 45 once in a million. */
    @Property(tries = 50)
    void fillsEveryCellAlike(@ForAll long seed) {
        int[] counts = new int[10];
        CounterRandom random = new RandomStreams(seed).stream("cells");
        for (int i = 0; i < 4000; i++) {
            counts[random.nextInt(10)]++;
        }
        double chiSquare = Arrays.stream(counts)
                .mapToDouble(count -> (count - 400.0) * (count - 400.0) / 400)
                .sum();

        assertThat(chiSquare).isLessThan(45);
    }

    @Property(tries = 30)
    void drawsStandardNormals(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        CounterRandom random = new RandomStreams(seed).stream("normal");
        double[] draws = new double[4000];
        Arrays.setAll(draws, i -> random.nextGaussian());

        assertThat(Arrays.stream(draws).average().orElse(9)).isCloseTo(0, within(0.09));
        assertThat(Arrays.stream(draws).map(d -> d * d).average().orElse(9)).isCloseTo(1, within(0.13));
    }

    @Property(tries = 50)
    void shufflesWithoutLosingAnything(@ForAll long seed, @ForAll @IntRange(max = 200) int size) {
        int[] values = new int[size];
        Arrays.setAll(values, i -> i);
        new RandomStreams(seed).stream("order").shuffle(values);

        assertThat(Arrays.stream(values).sorted().toArray())
                .containsExactly(java.util.stream.IntStream.range(0, size).toArray());
    }
}

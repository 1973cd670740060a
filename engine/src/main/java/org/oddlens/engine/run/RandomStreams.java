package org.oddlens.engine.run;

/**
 * Every random draw of a run, reached by name: {@code (run seed, stream name, epoch, step)}.
 *
 * <p>Streams do not influence each other, so a new draw in one place shifts no other, a resumed run continues to the
 * same bits without any saved generator state, and run k of n equals run k alone.
 */
public final class RandomStreams {

    private final long seed;

    public RandomStreams(long seed) {
        this.seed = seed;
    }

    /** A stream that belongs to the run as a whole, such as {@code split} or {@code weights/encoder-1}. */
    public CounterRandom stream(String name) {
        return stream(name, 0, 0);
    }

    /** A stream of one step of one epoch. */
    public CounterRandom stream(String name, long epoch, long step) {
        long key = CounterRandom.mix(seed + 0x632BE59BD9B4E019L);
        for (int i = 0; i < name.length(); i++) {
            key = CounterRandom.mix(key ^ (name.charAt(i) + 0x9E3779B97F4A7C15L));
        }
        key = CounterRandom.mix(key ^ (epoch * 0xD1342543DE82EF95L + 1));
        key = CounterRandom.mix(key ^ (step * 0xAF251AF3B0F025B5L + 2));
        return new CounterRandom(key);
    }
}

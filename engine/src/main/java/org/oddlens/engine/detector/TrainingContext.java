package org.oddlens.engine.detector;

import java.util.function.BiConsumer;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

/**
 * What surrounds a training.
 *
 * @param streams  all its randomness
 * @param control  asked before every batch
 * @param executor {@code compiled}, {@code replay} or {@code samediff}
 * @param warn     takes a stable code and the sentence for the user
 * @param threads  threads a detector in plain Java may use, at least 1; no result depends on it
 */
public record TrainingContext(
        RandomStreams streams, RunControl control, String executor, BiConsumer<String, String> warn, int threads) {

    /** On one thread. */
    public TrainingContext(
            RandomStreams streams, RunControl control, String executor, BiConsumer<String, String> warn) {
        this(streams, control, executor, warn, 1);
    }
}

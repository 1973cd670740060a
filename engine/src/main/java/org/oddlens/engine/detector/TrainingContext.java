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
 * @param threads  most threads to compute on, at least 1; no result of the compiled executor or of plain Java depends on it
 * @param warn     takes a stable code and the sentence for the user
 */
public record TrainingContext(
        RandomStreams streams, RunControl control, String executor, int threads, BiConsumer<String, String> warn) {

    /** On one thread. */
    public TrainingContext(
            RandomStreams streams, RunControl control, String executor, BiConsumer<String, String> warn) {
        this(streams, control, executor, 1, warn);
    }
}

package org.oddlens.engine.detector;

import org.oddlens.engine.compute.GraphExecutor;
import org.oddlens.engine.run.RandomStreams;
import org.oddlens.engine.run.RunControl;

/** Networks under no training, for tests of what a rule does with one. */
public final class LiveNetworks {

    private LiveNetworks() {}

    /** @param rows {@code [n, features]} row-major, the training rows */
    public static LiveNetwork of(GraphExecutor executor, float[] rows, int features) {
        TrainingData data = new TrainingData(
                new DataShape(new int[] {features}, "none", rows.length / features), rows, new float[0]);
        return new LiveNetwork(
                executor,
                data,
                new TrainingContext(new RandomStreams(1), new RunControl(), "compiled", (code, text) -> {}));
    }
}

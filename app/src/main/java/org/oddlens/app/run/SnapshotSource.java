package org.oddlens.app.run;

import java.util.List;
import java.util.function.Consumer;
import org.oddlens.engine.study.RunMetrics;

/** Reads a run's folder away from the UI thread; answers come on the reading thread. */
public interface SnapshotSource {

    /**
     * What a run left behind.
     *
     * @param metrics null if it kept no model
     * @param scored  all evaluated rows with their final scores; null likewise
     * @param kept    epochs whose tracked rows can be looked at, ascending
     */
    record Result(RunMetrics metrics, SnapshotPicture scored, List<Integer> kept) {}

    /** Reads a snapshot; the newest request wins, older ones that have not begun are dropped. */
    void snapshot(int epoch, Consumer<SnapshotPicture> taker);

    /** Reads metrics and final scores. */
    void result(Consumer<Result> taker);
}

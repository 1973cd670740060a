package org.oddlens.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunSnapshot;
import org.oddlens.engine.study.RunSnapshotReader;
import org.oddlens.engine.threshold.ThresholdSpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots from a run folder, read one at a time on a worker. */
public final class FolderSnapshots implements SnapshotSource {

    private static final Logger LOG = LoggerFactory.getLogger(FolderSnapshots.class);

    private record Request(int epoch, Consumer<SnapshotPicture> taker) {}

    private final RunFolder run;
    private final DetectorDescriptor detector;
    private final Executor worker;
    private final AtomicReference<Request> waiting = new AtomicReference<>();
    private RunSnapshotReader reader;
    private LiveThreshold threshold;

    /** @param worker runs one task at a time, not the UI thread */
    public FolderSnapshots(RunFolder run, DetectorDescriptor detector, Executor worker) {
        this.run = run;
        this.detector = detector;
        this.worker = worker;
    }

    @Override
    public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {
        if (waiting.getAndSet(new Request(epoch, taker)) == null) {
            worker.execute(this::serve);
        }
    }

    private void serve() {
        Request request = waiting.getAndSet(null);
        try {
            request.taker().accept(picture(reader().at(nearest(request.epoch()))));
        } catch (IOException | RuntimeException e) {
            LOG.warn("snapshot {} of {} cannot be read", request.epoch(), run.id(), e);
        }
    }

    /** A long run thins out its older snapshots; the nearest one kept is shown in place of one that is gone. */
    private int nearest(int epoch) throws IOException {
        if (Files.exists(run.scoresFile(epoch))) {
            return epoch;
        }
        return run.snapshots().stream()
                .min(Comparator.comparingInt(kept -> Math.abs(kept - epoch)))
                .orElse(epoch);
    }

    @Override
    public void result(Consumer<Result> taker) {
        worker.execute(() -> {
            try {
                RunMetrics metrics = Files.exists(run.file(RunFolder.METRICS))
                        ? new RunJson().read(run.file(RunFolder.METRICS), RunMetrics.class)
                        : null;
                RunSnapshot scored = metrics == null ? null : reader().last(metrics.epochs());
                taker.accept(new Result(metrics, scored == null ? null : picture(scored), run.snapshots()));
            } catch (IOException | RuntimeException e) {
                LOG.warn("the result of {} cannot be read", run.id(), e);
                taker.accept(new Result(null, null, List.of()));
            }
        });
    }

    private SnapshotPicture picture(RunSnapshot snapshot) throws IOException {
        return SnapshotPicture.of(
                snapshot,
                reader().evaluatedRows(),
                reader().evaluatedAnomalies(),
                snapshot.rows().length == reader().trackedRows() ? threshold.of(snapshot) : Double.NaN);
    }

    private RunSnapshotReader reader() throws IOException {
        if (reader == null) {
            RunSnapshotReader opened = new RunSnapshotReader(run, detector);
            ThresholdSpec method = ThresholdSpec.parse(run.readRecord().spec().threshold());
            threshold = new LiveThreshold(method, opened.trackedForTraining());
            reader = opened;
        }
        return reader;
    }
}

package org.oddlens.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.OddlensHome;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.RunMetrics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs under {@code $ODDLENS_HOME}, newest first, read away from the UI thread. */
public final class RunList {

    private static final Logger LOG = LoggerFactory.getLogger(RunList.class);

    private final OddlensHome home;
    private final DetectorRegistry registry;
    private final Executor worker;
    private final Executor uiThread;
    private final ObservableList<RunItem> items = FXCollections.observableArrayList();

    public RunList(OddlensHome home, DetectorRegistry registry, Executor worker, Executor uiThread) {
        this.home = home;
        this.registry = registry;
        this.worker = worker;
        this.uiThread = uiThread;
    }

    public ObservableList<RunItem> items() {
        return items;
    }

    /** Reads the folder again. */
    public void refresh() {
        worker.execute(() -> {
            List<RunItem> found = new ArrayList<>();
            try {
                for (RunFolder folder : home.list()) {
                    add(folder, found);
                }
            } catch (IOException e) {
                LOG.warn("the runs cannot be listed", e);
            }
            uiThread.execute(() -> items.setAll(found));
        });
    }

    private void add(RunFolder folder, List<RunItem> found) {
        try {
            RunSpec spec = folder.readRecord().spec();
            RunMetrics metrics = Files.exists(folder.file(RunFolder.METRICS))
                    ? new RunJson().read(folder.file(RunFolder.METRICS), RunMetrics.class)
                    : null;
            Double auroc = metrics == null ? null : metrics.metrics().get("auroc");
            found.add(new RunItem(
                    folder.id(),
                    folder,
                    registry.get(spec.detector()).descriptor().name(),
                    Path.of(spec.data().file()).getFileName().toString(),
                    phase(folder.state()),
                    auroc == null ? Double.NaN : auroc));
        } catch (IOException | RuntimeException e) {
            LOG.warn("run {} cannot be read and is left out of the list", folder.id(), e);
        }
    }

    private static RunViewModel.Phase phase(RunFolder.State state) {
        return state == RunFolder.State.RUNNING
                ? RunViewModel.Phase.TRAINING
                : RunViewModel.Phase.valueOf(state.name());
    }
}

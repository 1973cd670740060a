package org.oddlens.app.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.oddlens.app.chart.NumberText;
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
    private static final String NONE = "No runs yet. Train a detector and its run stays here.";

    private final OddlensHome home;
    private final DetectorRegistry registry;
    private final Executor worker;
    private final Executor uiThread;
    private final ObservableList<RunItem> items = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper placeholder = new ReadOnlyStringWrapper("Looking for runs…");
    private final AtomicBoolean waiting = new AtomicBoolean();

    public RunList(OddlensHome home, DetectorRegistry registry, Executor worker, Executor uiThread) {
        this.home = home;
        this.registry = registry;
        this.worker = worker;
        this.uiThread = uiThread;
    }

    public ObservableList<RunItem> items() {
        return items;
    }

    /** Why the list is empty: its runs are being read, or there are none. */
    public ReadOnlyStringProperty placeholderProperty() {
        return placeholder.getReadOnlyProperty();
    }

    /** Reads the folder again; of several wishes that wait one is enough. */
    public void refresh() {
        if (waiting.compareAndSet(false, true)) {
            worker.execute(this::read);
        }
    }

    private void read() {
        waiting.set(false); // before looking: what comes from here on asks for its own look
        List<RunItem> found = new ArrayList<>();
        try {
            List<RunFolder> folders = home.list();
            if (!folders.isEmpty()) {
                uiThread.execute(() -> placeholder.set(
                        "Loading " + NumberText.count(folders.size()) + (folders.size() == 1 ? " run…" : " runs…")));
            }
            for (RunFolder folder : folders) {
                add(folder, found);
            }
        } catch (IOException e) {
            LOG.warn("the runs cannot be listed", e);
        }
        uiThread.execute(() -> {
            placeholder.set(NONE);
            if (!items.equals(found)) { // or the selection would be lost for nothing
                items.setAll(found);
            }
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

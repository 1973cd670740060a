package org.oddlens.app.device;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import org.oddlens.engine.device.Bytes;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.device.PackException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** State of the GPU page: what was found out, what is being done about it. UI thread only. */
public final class DeviceViewModel {

    private static final Logger LOG = LoggerFactory.getLogger(DeviceViewModel.class);
    private static final long REDRAW_NANOS = 100_000_000L;

    /** What is being done. */
    public enum Phase {
        IDLE,
        TESTING,
        INSTALLING
    }

    private final DeviceDesk desk;
    private final Executor background;
    private final Executor uiThread;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.IDLE);
    private final ReadOnlyObjectWrapper<DeviceReport> report = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper problem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper progressText = new ReadOnlyStringWrapper("");
    private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
    private final BooleanProperty wished = new SimpleBooleanProperty();
    private volatile boolean cancelled;

    /**
     * @param background runs what takes long
     * @param uiThread   runs a task soon on the UI thread
     */
    public DeviceViewModel(DeviceDesk desk, Executor background, Executor uiThread) {
        this.desk = desk;
        this.background = background;
        this.uiThread = uiThread;
    }

    /** Finds out anew what there is; nothing while something is being done. */
    public void test() {
        if (phase.get() != Phase.IDLE) {
            return;
        }
        phase.set(Phase.TESTING);
        problem.set("");
        background.execute(this::look);
    }

    private void look() {
        DeviceReport found = desk.report();
        LOG.info("devices: {}", found.sentence());
        uiThread.execute(() -> {
            phase.set(Phase.IDLE);
            report.set(found);
        });
    }

    /** Downloads the pack, then tests. */
    public void install() {
        if (!canInstall()) {
            return;
        }
        long total = report.get().pack().bytes();
        phase.set(Phase.INSTALLING);
        problem.set("");
        cancelled = false;
        show(report.get().pack().presentBytes(), total);
        AtomicLong shown = new AtomicLong(System.nanoTime());
        background.execute(() -> {
            String failure = "";
            try {
                desk.install(present -> publish(present, total, shown), () -> !cancelled);
            } catch (PackException e) {
                failure = e.getMessage();
                LOG.warn("the GPU pack could not be installed: {}", failure);
            }
            lookAfter(failure);
        });
    }

    /** At most ten redraws a second; the last piece always. */
    private void publish(long present, long total, AtomicLong shown) {
        long now = System.nanoTime();
        if (present == total || now - shown.get() > REDRAW_NANOS) {
            shown.set(now);
            uiThread.execute(() -> show(present, total));
        }
    }

    private void show(long present, long total) {
        progress.set((double) present / total);
        progressText.set(Bytes.text(present) + " of " + Bytes.text(total));
    }

    private void lookAfter(String failure) {
        uiThread.execute(() -> phase.set(Phase.TESTING));
        look();
        uiThread.execute(() -> problem.set(failure));
    }

    /** Breaks the download off; what has arrived is kept. */
    public void cancel() {
        cancelled = true;
    }

    /** Deletes the pack, then tests. */
    public void remove() {
        if (phase.get() != Phase.IDLE) {
            return;
        }
        phase.set(Phase.TESTING);
        wished.set(false);
        background.execute(() -> {
            String failure = "";
            try {
                desk.remove();
            } catch (IOException | PackException e) {
                failure = "The GPU pack could not be deleted: " + e.getMessage();
            }
            lookAfter(failure);
        });
    }

    /** Whether a card here could use the pack and it is not there yet. */
    public boolean canInstall() {
        DeviceReport found = report.get();
        return phase.get() == Phase.IDLE
                && found != null
                && found.bestCard().isPresent()
                && found.pack() != null
                && !found.pack().complete();
    }

    /** The pack's terms and where it comes from. */
    public String packText() {
        return desk.licence() + "\nDownloaded from " + desk.source() + ".";
    }

    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    /** What was found out last; null before the first test. */
    public ReadOnlyObjectProperty<DeviceReport> reportProperty() {
        return report.getReadOnlyProperty();
    }

    /** What went wrong last; empty if nothing did. */
    public ReadOnlyStringProperty problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /** Share of the pack that is there while it is downloaded, 0 to 1. */
    public ReadOnlyDoubleProperty progressProperty() {
        return progress.getReadOnlyProperty();
    }

    /** The same as sizes. */
    public ReadOnlyStringProperty progressTextProperty() {
        return progressText.getReadOnlyProperty();
    }

    /** Whether the user wants the card for training. */
    public BooleanProperty wishedProperty() {
        return wished;
    }
}

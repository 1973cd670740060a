package org.oddlens.app.run;

import java.util.List;
import java.util.concurrent.Executor;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/**
 * The epochs of a run whose rows were kept, and the one of them that is looked at: the newest, until the user goes back to
 * an earlier one. UI thread only.
 */
public final class KeptEpochs {

    private final SnapshotSource source;
    private final Executor uiThread;
    private final ObservableList<Integer> epochs = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<SnapshotPicture> shown = new ReadOnlyObjectWrapper<>();
    private boolean followsTraining = true;

    /**
     * @param source   reads the run's folder away from the UI thread
     * @param uiThread runs a task later on the UI thread
     */
    KeptEpochs(SnapshotSource source, Executor uiThread) {
        this.source = source;
        this.uiThread = uiThread;
    }

    /** More epochs were kept, ascending. */
    void add(List<Integer> kept) {
        epochs.addAll(kept);
        if (followsTraining && !kept.isEmpty()) {
            load(kept.get(kept.size() - 1));
        }
    }

    /** The run has ended, and these are the epochs that lie in its folder; the last may be one that no event told of. */
    void replaceBy(List<Integer> inFolder) {
        if (inFolder.isEmpty() || inFolder.equals(epochs)) {
            return;
        }
        epochs.setAll(inFolder);
        if (followsTraining && (shown.get() == null || shown.get().epoch() != newest())) {
            load(newest());
        }
    }

    /** This epoch and later ones are trained again. */
    void forgetFrom(int epoch) {
        epochs.removeIf(kept -> kept >= epoch);
    }

    /** Shows the rows at an epoch; while it is not the newest, training no longer changes what is shown. */
    void show(int epoch) {
        followsTraining = epochs.isEmpty() || epoch == newest();
        load(epoch);
    }

    private void load(int epoch) {
        source.snapshot(epoch, loaded -> uiThread.execute(() -> shown.set(loaded)));
    }

    /** Shows the kept epoch before (−1) or after (1) the one shown. */
    void step(int direction) {
        if (epochs.isEmpty() || shown.get() == null) {
            return;
        }
        int at = epochs.indexOf(shown.get().epoch());
        show(epochs.get(Math.max(0, Math.min(epochs.size() - 1, at + direction))));
    }

    /** The newest kept epoch, 0 if there is none. */
    public int newest() {
        return epochs.isEmpty() ? 0 : epochs.get(epochs.size() - 1);
    }

    /** Epochs that can be looked at, ascending. */
    public ObservableList<Integer> epochs() {
        return epochs;
    }

    /** The tracked rows at the epoch shown; null before the first was read. */
    public ReadOnlyObjectProperty<SnapshotPicture> shownProperty() {
        return shown.getReadOnlyProperty();
    }
}

package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.List;

/**
 * Which snapshots a long run keeps: at most {@value #MOST}. When there are more, every second one goes and the distance at
 * which new ones stay doubles, so that those that remain lie evenly over the epochs. Epochs 0 and 1 and the newest always
 * stay.
 */
final class SnapshotThinning {

    static final int MOST = 500;

    private static final int FIRST_EPOCH = 1;

    private final List<Integer> kept = new ArrayList<>();
    private int distance;

    /** @param kept epochs whose snapshots lie in the folder already, ascending */
    SnapshotThinning(List<Integer> kept) {
        this.kept.addAll(kept);
    }

    /**
     * Takes a new snapshot.
     *
     * @return epochs whose snapshots are to be removed
     */
    List<Integer> add(int epoch) {
        kept.removeIf(later -> later >= epoch); // written again
        List<Integer> removed = new ArrayList<>();
        int last = kept.size() - 1;
        if (last > 0 && kept.get(last) > FIRST_EPOCH && kept.get(last) - kept.get(last - 1) < distance) {
            removed.add(kept.remove(last));
        }
        kept.add(epoch);
        if (kept.size() > MOST) {
            thinOut(removed);
        }
        return removed;
    }

    private void thinOut(List<Integer> removed) {
        List<Integer> fewer = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            boolean stays = kept.get(i) <= FIRST_EPOCH || i % 2 == 1 || i == kept.size() - 1;
            (stays ? fewer : removed).add(kept.get(i));
        }
        kept.clear();
        kept.addAll(fewer);
        distance = Math.max(2, (kept.get(kept.size() - 1) - kept.get(0)) / kept.size());
    }
}

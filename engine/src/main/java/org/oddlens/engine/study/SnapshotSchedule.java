package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.List;

/**
 * At which epochs a run is recorded, and which of the records stay.
 *
 * <p>Epochs 0, 1 and the last always. Between them every {@code stride}-th epoch: at first every one; where a look costs so
 * much that what is left would not last to the end, every second, every fourth, …, and the records between those go, so that
 * what stays lies evenly over the epochs. More than {@value #MOST} records are thinned likewise, so that a long run keeps at
 * least half as many. What recording has cost keeps step with the epochs done, but when the last record is older than
 * {@value #OLDEST_SECONDS} s there is another one. Knows no clock and no file.
 */
final class SnapshotSchedule {

    static final int MOST = 400;

    private static final double SHARE = 0.02;
    private static final double WATCHED_SECONDS = 1;
    private static final double OLDEST_SECONDS = 2;
    private static final int FIRST_LOOKS = 10;
    private static final double FIRST_LOOKS_SHARE = 0.1;
    private static final double NEWEST_WEIGHT = 0.3;
    private static final int FIRST_EPOCH = 1;

    private final Snapshots wanted;
    private final int epochs;
    private final List<Integer> kept = new ArrayList<>();
    private int stride = 1;
    private double spent;
    private double recent;
    private double lastSeconds = Double.NEGATIVE_INFINITY;

    /**
     * @param epochs epochs planned
     * @param kept   epochs whose records lie in the folder already, ascending
     */
    SnapshotSchedule(Snapshots wanted, int epochs, List<Integer> kept) {
        this.wanted = wanted;
        this.epochs = epochs;
        this.kept.addAll(kept);
        int last = kept.size() - 1;
        if (last > 2) {
            stride = Integer.highestOneBit(Math.max(1, kept.get(last - 1) - kept.get(last - 2)));
        }
    }

    /**
     * Whether this epoch is to be recorded.
     *
     * @param trainingSeconds time trained so far
     * @param now             seconds on any clock that goes on
     */
    boolean due(int epoch, double trainingSeconds, double now) {
        return switch (wanted) {
            case ALL -> true;
            case NONE -> false;
            case WATCHED, REGULAR -> epoch <= FIRST_EPOCH
                    || epoch == epochs
                    || now - lastSeconds >= OLDEST_SECONDS
                    || epoch % stride == 0 && spent <= soFar(epoch, trainingSeconds);
        };
    }

    /** What recording may cost in all, if the epochs to come take as long as those done. */
    private double inAll(int epoch, double trainingSeconds) {
        double projected = trainingSeconds / epoch * Math.max(epochs, epoch);
        return Math.max(wanted == Snapshots.WATCHED ? WATCHED_SECONDS : 0, SHARE * projected);
    }

    /** What it may have cost after this epoch: its share, and the first looks in advance, because they are slower. */
    private double soFar(int epoch, double trainingSeconds) {
        double inAll = inAll(epoch, trainingSeconds);
        return inAll * epoch / Math.max(epochs, epoch) + Math.min(FIRST_LOOKS * recent, FIRST_LOOKS_SHARE * inAll);
    }

    /**
     * An epoch was recorded.
     *
     * @param cost seconds that took
     * @return epochs whose records are to be removed
     */
    List<Integer> recorded(int epoch, double cost, double trainingSeconds, double now) {
        kept.removeIf(later -> later >= epoch); // written again
        kept.add(epoch);
        lastSeconds = now;
        if (epoch > 0) { // the first one is made before training begins
            spent += cost;
            recent = epoch <= FIRST_EPOCH ? cost : NEWEST_WEIGHT * cost + (1 - NEWEST_WEIGHT) * recent;
        }
        int before = stride;
        if (wanted != Snapshots.ALL) {
            stride *= kept.size() > MOST ? 2 : 1;
            while (tooDear(epoch, trainingSeconds)) {
                stride *= 2;
            }
        }
        if (stride == before) {
            return List.of();
        }
        List<Integer> removed = new ArrayList<>(kept);
        removed.removeIf(old -> old <= FIRST_EPOCH || old == epoch || old % stride == 0);
        kept.removeAll(removed);
        return removed;
    }

    /** Whether going on at this stride would cost more than is left. */
    private boolean tooDear(int epoch, double trainingSeconds) {
        if (kept.size() <= FIRST_LOOKS || epoch >= epochs || stride >= epochs) {
            return false;
        }
        double ahead = (double) (epochs - epoch) / stride * recent;
        return ahead > inAll(epoch, trainingSeconds) - spent;
    }
}

package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.List;

/**
 * At which epochs a run is recorded, and which of the records stay.
 *
 * <p>Epochs 0, 1 and the last always. Between them every {@code stride}-th epoch: at first every one; once recording has cost
 * half of what it may cost in all, or half a second, and what is left would not last to the end, every second, every fourth, …,
 * and the records between those go, so that what stays lies evenly over the epochs. More than {@value #MOST} records are
 * thinned likewise, so that a long run keeps at least half as many. {@value #FEW} records of a run that is watched may cost
 * {@value #FEW_SECONDS} s, if one costs no more than 60 ms, so that a hundred epochs are always seen. When the last record is older than
 * {@value #OLDEST_SECONDS} s there is another one, whatever it costs. Knows no clock and no file.
 */
final class SnapshotSchedule {

    static final int MOST = 400;

    private static final double SHARE = 0.02;
    private static final double WATCHED_SECONDS = 1;
    private static final int FEW = 100;
    private static final double FEW_SECONDS = 6;
    private static final double OLDEST_SECONDS = 2;
    private static final double PLAN_AFTER_SHARE = 0.5;
    private static final double PLAN_AFTER_SECONDS = 0.5;
    private static final double NEWEST_WEIGHT = 0.3;
    private static final int FIRST_EPOCH = 1;

    private final Snapshots wanted;
    private final int epochs;
    private final List<Integer> kept = new ArrayList<>();
    private int stride = 1;
    private double spent;
    private double recent;
    private double least = Double.POSITIVE_INFINITY;
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
                    || epoch % stride == 0 && spent <= inAll(epoch, trainingSeconds);
        };
    }

    /** What recording may cost in all, if the epochs to come take as long as those done. */
    private double inAll(int epoch, double trainingSeconds) {
        double projected = trainingSeconds / Math.max(1, epoch) * Math.max(epochs, epoch);
        return Math.max(wanted == Snapshots.WATCHED ? watchedSeconds() : 0, SHARE * projected);
    }

    /** A hundred records are what one needs to see a run move; they may cost more as long as none is felt. */
    private double watchedSeconds() {
        return fewAndCheap() ? FEW_SECONDS : WATCHED_SECONDS;
    }

    private boolean fewAndCheap() {
        return wanted == Snapshots.WATCHED && epochs <= (long) FEW * stride && least <= FEW_SECONDS / FEW;
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
            least = Math.min(least, cost);
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
        double inAll = inAll(epoch, trainingSeconds);
        boolean early = spent <= Math.min(PLAN_AFTER_SHARE * inAll, PLAN_AFTER_SECONDS);
        if (early || epoch < FIRST_EPOCH || epoch >= epochs || stride >= epochs) {
            return false;
        }
        double next =
                fewAndCheap() ? least : recent; // the first ones are slow, and a stride never becomes shorter again
        return (double) (epochs - epoch) / stride * next > inAll - spent;
    }
}

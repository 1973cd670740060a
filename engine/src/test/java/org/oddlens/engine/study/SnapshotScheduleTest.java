package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotScheduleTest {

    /** A run of the clock alone: what it recorded, and what that cost. */
    private record Played(List<Integer> kept, double spent, double trained, double longestGapSeconds) {}

    private static Played play(Snapshots wanted, int epochs, double epochSeconds, double cost) {
        SnapshotSchedule schedule = new SnapshotSchedule(wanted, epochs, List.of());
        TreeSet<Integer> kept = new TreeSet<>(List.of(0));
        double now = cost;
        double trained = 0;
        double spent = 0;
        double last = now;
        double gap = 0;
        schedule.recorded(0, cost, 0, now);
        for (int epoch = 1; epoch <= epochs; epoch++) {
            now += epochSeconds;
            trained += epochSeconds;
            if (schedule.due(epoch, trained, now)) {
                gap = Math.max(gap, now - last);
                // the first looks are slower than later ones
                double paid = epoch < 3 ? 5 * cost : cost;
                now += paid;
                spent += paid;
                last = now;
                kept.add(epoch);
                kept.removeAll(schedule.recorded(epoch, paid, trained, now));
            }
        }
        return new Played(new ArrayList<>(kept), spent, trained, gap);
    }

    private static int widest(List<Integer> kept) {
        int widest = 0;
        for (int i = 2; i < kept.size() - 1; i++) {
            widest = Math.max(widest, kept.get(i) - kept.get(i - 1));
        }
        return widest;
    }

    @Test
    void recordsEveryEpochOfAShortRunThatIsWatched() {
        Played run = play(Snapshots.WATCHED, 100, 0.0006, 0.005);
        assertThat(run.kept()).hasSize(101);
    }

    /** A wide network, looked at in 45 ms: more than a second in all, but no more than six. */
    @Test
    void recordsAHundredEpochsOfAWideNetworkThatIsWatched() {
        assertThat(play(Snapshots.WATCHED, 100, 0.03, 0.045).kept()).hasSize(101);
        assertThat(play(Snapshots.WATCHED, 800, 0.03, 0.045).kept()).hasSizeBetween(50, 103);
        assertThat(play(Snapshots.WATCHED, 100, 0.03, 0.07).kept())
                .as("too dear")
                .hasSizeLessThan(60);
    }

    @Test
    void leavesAShortRunOfTheCommandLineToTrain() {
        Played run = play(Snapshots.REGULAR, 100, 0.0006, 0.005);
        assertThat(run.kept()).startsWith(0, 1).endsWith(100).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @CsvSource({"250, .001, .002", "2000, .0005, .002", "10000, .0005, .001", "100000, .001, .003", "3000, .1, .01"})
    void keepsAtLeastTwoHundredOfLongRunsEvenly(int epochs, double epochSeconds, double cost) {
        Played run = play(Snapshots.WATCHED, epochs, epochSeconds, cost);
        assertThat(run.kept().size()).isBetween(200, SnapshotSchedule.MOST + 1);
        assertThat(widest(run.kept())).as("%s", run.kept()).isLessThanOrEqualTo(Math.max(2, epochs / 50));
        assertThat(run.spent()).isLessThanOrEqualTo(1.1 * Math.max(1, .02 * run.trained()) + 5 * cost);
    }

    @Test
    void spendsNoMoreThanItMayWhenEveryLookIsDear() {
        // 0.3 s a look, 400 epochs of 10 ms: three looks fit into a second, and one every 2 s keeps the view young
        Played run = play(Snapshots.WATCHED, 400, 0.01, 0.3);
        assertThat(run.kept()).startsWith(0, 1).endsWith(400).hasSizeLessThan(8);
    }

    @Test
    void isNeverOlderThanTwoSeconds() {
        Played run = play(Snapshots.REGULAR, 1000, 0.05, 0.4);
        assertThat(run.longestGapSeconds()).isLessThanOrEqualTo(2.1);
    }

    @Test
    void recordsAllWhateverItCostsAndNoneWhenNotWanted() {
        assertThat(play(Snapshots.ALL, 1000, 0.001, 0.5).kept()).hasSize(1001);
        SnapshotSchedule none = new SnapshotSchedule(Snapshots.NONE, 10, List.of());
        assertThat(none.due(1, 1, 1)).isFalse();
        assertThat(none.due(10, 1, 1)).isFalse();
    }

    @Test
    void goesOnWithTheSnapshotsOfARunThatIsResumed() {
        List<Integer> before = new ArrayList<>(List.of(0, 1));
        for (int epoch = 4; epoch <= 1600; epoch += 4) {
            before.add(epoch);
        }
        SnapshotSchedule schedule = new SnapshotSchedule(Snapshots.WATCHED, 4000, before);
        assertThat(schedule.due(1602, 1, 0.1)).as("overdue at once").isTrue();
        List<Integer> removed = schedule.recorded(1604, .001, 1, .1);
        assertThat(removed).isNotEmpty().allMatch(epoch -> epoch % 8 != 0);
    }

    /** Records at 0, 1, 4, 8, …, 40: the next ones are due at 44 and 48, and nothing between unless two seconds pass. */
    @Test
    void keepsItsStrideWhenItIsResumed() {
        List<Integer> before = new ArrayList<>(List.of(0, 1, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40));
        SnapshotSchedule schedule = new SnapshotSchedule(Snapshots.WATCHED, 100, before);
        assertThat(schedule.recorded(40, .001, 10, 0)).isEmpty();

        for (int epoch = 41; epoch < 48; epoch++) {
            assertThat(schedule.due(epoch, 10, 0.1)).as("epoch %d", epoch).isEqualTo(epoch == 44);
        }
        assertThat(schedule.due(45, 10, 2)).as("the last is 2 s old").isTrue();
        assertThat(schedule.due(100, 10, 0.1)).as("the last epoch").isTrue();
        assertThat(schedule.due(1, 10, 0.1)).as("the first epoch").isTrue();
    }

    /** Beyond 400 records every second one goes; 0, 1 and the newest stay. */
    @Test
    void thinsItsRecordsToEverySecondOne() {
        SnapshotSchedule schedule = new SnapshotSchedule(Snapshots.WATCHED, 10_000, List.of());
        List<Integer> removed = List.of();
        int epoch = -1;
        while (removed.isEmpty()) {
            epoch++;
            removed = schedule.recorded(epoch, 1e-9, epoch, 0);
        }
        assertThat(epoch).as("0 to 400 are 401").isEqualTo(400);
        assertThat(removed).hasSize(199).startsWith(3, 5, 7).endsWith(399);
    }
}

package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotThinningTest {

    @Test
    void keepsEverySnapshotOfAShortRun() {
        SnapshotThinning thinning = new SnapshotThinning(List.of());
        for (int epoch = 0; epoch < SnapshotThinning.MOST; epoch++) {
            assertThat(thinning.add(epoch)).isEmpty();
        }
    }

    /** Whatever the pace: never more than 500, the first two and the newest among them, and no hole over a fiftieth. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void keepsAtMostFiveHundredEvenly(int pace) {
        SplittableRandom random = new SplittableRandom(pace);
        SnapshotThinning thinning = new SnapshotThinning(List.of());
        TreeSet<Integer> kept = new TreeSet<>();
        for (int epoch = 0; epoch < 100_000; epoch += epoch < 1 ? 1 : random.nextInt(1, pace + 1)) {
            kept.add(epoch);
            kept.removeAll(thinning.add(epoch));
            assertThat(kept.size()).isLessThanOrEqualTo(SnapshotThinning.MOST);
            assertThat(kept.last()).isEqualTo(epoch);
        }
        List<Integer> epochs = new ArrayList<>(kept);

        assertThat(epochs).startsWith(0, 1).hasSizeGreaterThan(SnapshotThinning.MOST / 4);
        for (int i = 1; i < epochs.size(); i++) {
            assertThat(epochs.get(i) - epochs.get(i - 1)).isLessThan(100_000 / 50);
        }
    }

    @Test
    void goesOnWithTheSnapshotsOfARunThatIsResumed() {
        List<Integer> before = new ArrayList<>();
        for (int epoch = 0; epoch < SnapshotThinning.MOST; epoch++) {
            before.add(epoch);
        }
        SnapshotThinning thinning = new SnapshotThinning(before);

        assertThat(thinning.add(SnapshotThinning.MOST)).hasSize(SnapshotThinning.MOST / 2 - 1);
    }
}

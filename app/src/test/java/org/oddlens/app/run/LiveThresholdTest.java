package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.study.RunSnapshot;
import org.oddlens.engine.threshold.ThresholdSpec;

/** The threshold of an older run that did not record one, by its tracked rows. */
class LiveThresholdTest {

    /** The anomalies 30 and 40 are no training rows. */
    private static RunSnapshot snapshot(byte... labels) {
        return new RunSnapshot(
                1,
                new int[] {0, 1, 2, 3, 4},
                new String[] {"0", "1", "2", "3", "4"},
                labels,
                new double[] {1, 2, 3, 30, 40},
                List.of(),
                List.of(),
                null);
    }

    private static double of(String method, RunSnapshot snapshot, boolean... training) {
        return new LiveThreshold(ThresholdSpec.parse(method), training).of(snapshot);
    }

    @Test
    void isThatOfTheTrainingRowsAmongThem() {
        RunSnapshot rows = snapshot((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 1);

        assertThat(of("percentile:50", rows, true, true, true, false, false)).isEqualTo(2);
        assertThat(of("percentile:100", rows, true, true, true, false, false)).isEqualTo(3);
    }

    @Test
    void isNotKnownWhereNoneIsATrainingRow() {
        assertThat(of("percentile:95", snapshot(new byte[5]), new boolean[5])).isNaN();
    }

    /** F1 is 1 from 30 up. */
    @Test
    void takesTheEvaluatedRowsWhereTheMethodUsesLabels() {
        RunSnapshot rows = snapshot((byte) 0, (byte) 0, (byte) 0, (byte) 1, (byte) 1);

        assertThat(of("best-f1", rows, new boolean[5])).isEqualTo(30);
    }

    @Test
    void isNotKnownWhereAMethodWantsLabelsThatAreMissing() {
        RunSnapshot rows = snapshot((byte) -1, (byte) -1, (byte) -1, (byte) -1, (byte) -1);

        assertThat(of("best-f1", rows, true, true, true, true, true)).isNaN();
    }
}

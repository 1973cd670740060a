package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.study.RunSnapshot;

/** Which of the kept epochs is looked at; every picture is there at once. */
class KeptEpochsTest {

    private final KeptEpochs kept = new KeptEpochs(
            new SnapshotSource() {
                @Override
                public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {
                    taker.accept(picture(epoch));
                }

                @Override
                public void result(Consumer<Result> taker) {
                    throw new IllegalStateException("nobody asks for the result");
                }
            },
            Runnable::run);

    private static SnapshotPicture picture(int epoch) {
        return SnapshotPicture.of(
                new RunSnapshot(
                        epoch,
                        new int[] {4, 7},
                        new String[] {"a", "b"},
                        new byte[] {0, 1},
                        new double[] {.1, .9},
                        List.of(),
                        List.of(),
                        null),
                2,
                1,
                Double.NaN);
    }

    private int shown() {
        return kept.shownProperty().get().epoch();
    }

    @Test
    void showsTheNewestWhileItIsFollowed() {
        kept.add(List.of(0, 1));
        assertThat(shown()).isEqualTo(1);
        kept.add(List.of(2));
        assertThat(shown()).isEqualTo(2);
    }

    @Test
    void staysAtAnEarlierEpochUntilTheUserIsBackAtTheNewest() {
        kept.add(List.of(0, 1));
        kept.show(0);
        kept.add(List.of(2));
        assertThat(shown()).isZero();
        kept.show(2);
        kept.add(List.of(3));
        assertThat(shown()).isEqualTo(3);
    }

    @Test
    void stepsFromOneKeptEpochToTheNextAndNotBeyond() {
        kept.step(1);
        kept.add(List.of(0, 10, 20));
        kept.step(-1);
        assertThat(shown()).isEqualTo(10);
        kept.step(-1);
        kept.step(-1);
        assertThat(shown()).isZero();
        kept.step(1);
        kept.step(1);
        kept.step(1);
        assertThat(shown()).isEqualTo(20);
    }

    @Test
    void forgetsWhatIsTrainedAgain() {
        kept.add(List.of(0, 1, 2, 3));
        kept.forgetFrom(2);
        assertThat(kept.epochs()).containsExactly(0, 1);
        assertThat(kept.newest()).isEqualTo(1);
    }
}

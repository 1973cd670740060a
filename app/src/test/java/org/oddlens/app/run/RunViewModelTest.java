package org.oddlens.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import javafx.collections.ListChangeListener;
import org.junit.jupiter.api.Test;
import org.oddlens.app.chart.EpochMark;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.process.EngineGoneException;
import org.oddlens.engine.process.EngineRefusedException;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunService;
import org.oddlens.engine.study.RunMetrics;
import org.oddlens.engine.study.RunSnapshot;

/** State of a run, without a window: a queue stands for the UI thread. */
class RunViewModelTest {

    private static final String NOW = "2026-01-30T14:22:33Z";
    private static final DetectorDescriptor MEMAE =
            DetectorRegistry.installed().get("memae").descriptor();

    private final Queue<Runnable> uiThread = new ArrayDeque<>();
    private final List<Integer> pictures = new ArrayList<>();
    private final List<Integer> rowsAsked = new ArrayList<>();
    private final FakeHandle handle = new FakeHandle();
    private RunMetrics metrics;
    private List<Integer> inFolder = List.of();
    private final RunViewModel run = new RunViewModel(
            "r1",
            "MemAE on moons.mat, seed 42",
            new SnapshotSource() {
                @Override
                public void snapshot(int epoch, Consumer<SnapshotPicture> taker) {
                    pictures.add(epoch);
                    taker.accept(picture(epoch));
                }

                @Override
                public void result(Consumer<Result> taker) {
                    taker.accept(new Result(metrics, metrics == null ? null : picture(9), inFolder));
                }
            },
            row -> {
                rowsAsked.add(row);
                return new CompletableFuture<>();
            },
            uiThread::add);

    private static final class FakeHandle implements RunService.RunHandle {
        private final CompletableFuture<RunEvent.Ended> ended = new CompletableFuture<>();
        private final List<String> orders = new ArrayList<>();
        private final CompletableFuture<Object> answer = new CompletableFuture<>();

        @Override
        public Path folder() {
            return Path.of("r1");
        }

        @Override
        public void stop(RunControl.Stop stop) {
            orders.add("stop " + stop);
        }

        @Override
        public void pause() {
            orders.add("pause");
        }

        @Override
        public void proceed() {
            orders.add("proceed");
        }

        @Override
        public void stepEpoch() {
            orders.add("step");
        }

        @Override
        public CompletionStage<Object> change(String key, Object value) {
            orders.add("change " + key + " " + value);
            return answer;
        }

        @Override
        public CompletionStage<RunEvent.Ended> ended() {
            return ended;
        }
    }

    private static SnapshotPicture picture(int epoch) {
        return SnapshotPicture.of(
                new RunSnapshot(
                        epoch,
                        new int[] {4, 7, 9},
                        new String[] {"a", "b", "c"},
                        new byte[] {0, 1, 0},
                        new double[] {.1, .9, .5},
                        List.of(),
                        List.of(),
                        null),
                3,
                1,
                Double.NaN);
    }

    private static RunEvent.Epoch epoch(int number, boolean picture) {
        return new RunEvent.Epoch(
                NOW,
                number,
                number,
                number == 0 ? Map.of() : Map.of("reconstruction", 1.0 / number),
                null,
                1e-3,
                0.2,
                null,
                picture);
    }

    private static RunMetrics metrics() {
        return new RunMetrics(
                RunMetrics.FORMAT,
                "memae",
                "default",
                "normal-split",
                "min-max",
                42,
                "completed",
                9,
                12,
                Map.of(),
                new RunMetrics.ThresholdUsed("percentile:95", 0.5, false, "test"),
                Map.of("auroc", .98, "auprc", .5),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of("untrained", Map.of("auroc", .6)),
                Map.of(),
                null);
    }

    private void turn() {
        while (!uiThread.isEmpty()) {
            uiThread.remove().run();
        }
    }

    private void begin() {
        run.follow(handle);
        run.publish(new RunEvent.Phase(NOW, "training"));
        run.publish(new RunEvent.Started(
                NOW, Map.of("train", 1000), 12, "12 → 2 → 12", 738, 100, 3, List.of("reconstruction")));
        turn();
    }

    @Test
    void takesAHundredEpochsInOneGo() {
        begin();
        List<Integer> changes = new ArrayList<>();
        run.epochs().addListener((ListChangeListener<RunEvent.Epoch>) change -> changes.add(1));
        for (int i = 0; i < 100; i++) {
            run.publish(epoch(i, i % 10 == 0));
        }
        assertThat(uiThread).hasSize(1);
        turn();
        assertThat(changes).hasSize(1);
        assertThat(run.epochs()).hasSize(100);
        assertThat(pictures).as("only the newest picture is read").containsExactly(90);
        assertThat(new EpochCurves(run, MEMAE).curves()).singleElement().satisfies(curve -> assertThat(curve.value())
                .hasSize(99));
    }

    @Test
    void tellsPhaseEpochAndTimeLeft() {
        begin();
        run.publish(epoch(10, false));
        turn();
        assertThat(run.phaseProperty().get()).isEqualTo(RunViewModel.Phase.TRAINING);
        assertThat(run.status())
                .isEqualTo("Training MemAE on moons.mat, seed 42 – epoch 10/100 – 0.2 s per epoch – 0:18 left");
        run.publish(new RunEvent.Paused(NOW, true));
        turn();
        assertThat(run.phaseProperty().get()).isEqualTo(RunViewModel.Phase.PAUSED);
    }

    @Test
    void passesOrdersOnWhileItLives() {
        begin();
        run.pauseOrProceed();
        run.publish(new RunEvent.Paused(NOW, true));
        turn();
        run.stepEpoch();
        run.pauseOrProceed();
        run.stopAndKeep();
        assertThat(handle.orders).containsExactly("pause", "step", "proceed", "stop KEEP");
        assertThat(run.phaseProperty().get()).isEqualTo(RunViewModel.Phase.STOPPING);
        end(RunEnd.STOPPED);
        run.stepEpoch();
        assertThat(handle.orders).hasSize(4);
    }

    private void end(RunEnd how) {
        run.publish(new RunEvent.Ended(NOW, how, 9, "All done.", Map.of()));
        turn();
    }

    @Test
    void readsTheResultAtTheEnd() {
        metrics = metrics();
        List<RunViewModel.Phase> ends = new ArrayList<>();
        run.onEnd(ended -> ends.add(ended.phaseProperty().get()));
        begin();
        end(RunEnd.COMPLETED);
        assertThat(ends).containsExactly(RunViewModel.Phase.COMPLETED);
        assertThat(run.metricsProperty().get()).isSameAs(metrics);
        assertThat(run.scoredProperty().get().ranked()).extracting(RowItem::row).containsExactly(7, 9, 4);
        Verdict verdict = new Verdict(metrics, run.scoredProperty().get(), 0.5, false);
        assertThat(verdict.text()).startsWith("Finished after 9 epochs. 2 of 3 rows at or above 0.5.");
        assertThat(verdict.tiles()).extracting(Verdict.Tile::value).containsExactly("0.980", "0.500", "0.600");
    }

    @Test
    void isInterruptedWhenTheEngineDies() {
        List<RunViewModel> ends = new ArrayList<>();
        run.onEnd(ends::add);
        begin();
        run.publish(epoch(6, false));
        turn();
        handle.ended.completeExceptionally(new EngineGoneException("The engine process ended unexpectedly."));
        turn();
        assertThat(run.phaseProperty().get()).isEqualTo(RunViewModel.Phase.INTERRUPTED);
        assertThat(run.messageProperty().get())
                .isEqualTo("The engine process ended unexpectedly. The window is unaffected. "
                        + "The run is recorded up to epoch 6 of 100.");
        assertThat(ends).containsExactly(run);
        assertThat(run.controllable()).isFalse();
    }

    @Test
    void canBeAskedAboutRowsOnceItHasMetrics() {
        begin();
        run.explanation().ask(7);
        assertThat(run.explanation().problemProperty().get()).isEqualTo(RowExplanation.NOT_YET);
        metrics = metrics();
        end(RunEnd.COMPLETED);
        run.explanation().ask(9);
        assertThat(run.explanation().problemProperty().get()).isEmpty();
        assertThat(rowsAsked).containsExactly(9);
    }

    private static final Hyperparameter<Double> RATE = Hyperparameter.logReal(
                    "learning-rate", "Learning rate", 1e-7, 1, 1e-3)
            .changesLive();

    @Test
    void asksForAnotherValueAndTellsWhenItIsInForce() {
        run.changes().begin(Map.of("learning-rate", 2.0E-4));
        begin();
        assertThat(run.changes().inForce(RATE)).isEqualTo("2e-4");
        run.change(RATE, "0.0001");
        assertThat(handle.orders).containsExactly("change learning-rate 1e-4");
        assertThat(run.changes().noteProperty().get())
                .isEqualTo("Learning rate 1e-4 is asked for; it acts from the next epoch on.");
        handle.answer.complete(1e-4);
        run.publish(new RunEvent.Change(NOW, 11, 320, "learning-rate", 2e-4, 1e-4));
        turn();

        assertThat(run.changes().noteProperty().get()).isEqualTo("Learning rate is 1e-4 since epoch 11.");
        assertThat(run.changes().refusedProperty().get()).isFalse();
        assertThat(run.changes().inForce(RATE)).isEqualTo("1e-4");
        assertThat(new EpochCurves(run, MEMAE).marks()).containsExactly(new EpochMark(11, "learning-rate 1e-4"));
    }

    @Test
    void saysWhyAValueIsRefused() {
        begin();
        run.change(RATE, "7");
        assertThat(handle.orders).isEmpty();
        assertThat(run.changes().noteProperty().get())
                .isEqualTo("Learning rate must be a number from 1e-7 to 1, not '7'.");
        assertThat(run.changes().refusedProperty().get()).isTrue();

        run.change(RATE, "1e-3");
        assertThat(handle.orders).isEmpty();
        assertThat(run.changes().noteProperty().get()).isEqualTo("Learning rate is 0.001 already.");

        run.change(RATE, "0.01");
        handle.answer.completeExceptionally(new EngineRefusedException("The change comes too late."));
        turn();
        assertThat(run.changes().noteProperty().get()).isEqualTo("The change comes too late.");
        assertThat(run.changes().refusedProperty().get()).isTrue();
    }

    @Test
    void changesNothingOfARunThatDoesNotTrain() {
        begin();
        end(RunEnd.COMPLETED);
        run.change(RATE, "0.01");
        assertThat(handle.orders).isEmpty();
        assertThat(run.changeable()).isFalse();
        assertThat(run.resumable()).isFalse();
    }

    /** Batches of events: what is trained again takes the place of what was shown, also within one batch. */
    @Test
    void putsWhatIsTrainedAgainInPlaceOfWhatWasShown() {
        begin();
        for (int i = 0; i < 6; i++) {
            run.publish(epoch(i, true));
        }
        turn();
        run.publish(epoch(6, true));
        run.publish(new RunEvent.Resumed(NOW, 4, 1));
        run.publish(epoch(4, true));
        turn();

        assertThat(run.epochs()).extracting(RunEvent.Epoch::epoch).containsExactly(0, 1, 2, 3, 4);
        assertThat(run.kept().epochs()).containsExactly(0, 1, 2, 3, 4);
    }

    /** The answer to an earlier pause may come when the user has long asked to stop. */
    @Test
    void staysStoppingWhateverIsHeardOfAPauseAfterwards() {
        begin();
        run.stopAndKeep();

        run.publish(new RunEvent.Paused(NOW, true));
        turn();
        assertThat(run.phaseProperty().get()).isEqualTo(RunViewModel.Phase.STOPPING);
        run.publish(new RunEvent.Paused(NOW, false));
        turn();

        assertThat(run.phaseProperty().get()).isEqualTo(RunViewModel.Phase.STOPPING);
    }

    @Test
    void whoeverSeesTheScoresFindsTheMetrics() {
        metrics = metrics();
        List<RunMetrics> found = new ArrayList<>();
        run.scoredProperty()
                .addListener((property, before, now) ->
                        found.add(run.metricsProperty().get()));
        begin();

        end(RunEnd.COMPLETED);

        assertThat(found).containsExactly(metrics);
    }

    /** The first epochs are slow, because the code is not warm. */
    @Test
    void takesTheTimeOfAnEpochFromTheLastTen() {
        begin();
        for (int i = 1; i <= 30; i++) {
            run.publish(new RunEvent.Epoch(NOW, i, i, Map.of(), null, 1e-3, i <= 20 ? 3.0 : 0.5, null, false));
        }
        turn();

        assertThat(run.secondsPerEpochProperty().get()).isEqualTo(0.5);
    }

    @Test
    void isNotOfferedForResumingWhenItFailedBeforeTraining() {
        run.follow(handle);
        run.publish(new RunEvent.Phase(NOW, "loading"));
        end(RunEnd.FAILED);

        assertThat(run.resumable()).isFalse();
    }

    @Test
    void isOfferedForResumingWhenItFailedWhileTraining() {
        begin();
        end(RunEnd.FAILED);

        assertThat(run.resumable()).isTrue();
    }

    @Test
    void aRefusedWishIsNotToldLaterAsGranted() {
        begin();
        run.change(RATE, "0.01");
        run.publish(new RunEvent.Warning(NOW, 3, "change-refused", "The change comes too late."));
        turn();

        run.publish(new RunEvent.Change(NOW, 4, 90, "learning-rate", 1e-3, 1e-4));
        turn();

        assertThat(run.changes().noteProperty().get()).isEqualTo("The change comes too late.");
        assertThat(run.changes().refusedProperty().get()).isTrue();
    }

    @Test
    void tellsTheThresholdOfAnEpochWhereItsRecordDoes() {
        begin();
        run.publish(new RunEvent.Epoch(NOW, 1, 1, Map.of(), null, 1e-3, 0.2, null, true, 0.7));
        run.publish(epoch(2, true));
        turn();

        assertThat(run.thresholdAt(1)).isEqualTo(0.7);
        assertThat(run.thresholdAt(2)).isNaN();
    }

    /** A run that is stopped keeps a picture of its last epoch that no event told of. */
    @Test
    void showsTheLastPictureInTheFolderAtTheEnd() {
        begin();
        run.publish(epoch(0, true));
        run.publish(epoch(4, true));
        turn();
        inFolder = List.of(0, 4, 9);

        end(RunEnd.STOPPED);

        assertThat(run.kept().epochs()).containsExactly(0, 4, 9);
        assertThat(run.kept().shownProperty().get().epoch()).isEqualTo(9);
    }

    @Test
    void staysAtTheEpochTheUserChoseWhenTheRunEnds() {
        begin();
        run.publish(epoch(0, true));
        run.publish(epoch(4, true));
        turn();
        run.kept().show(0);
        turn();
        inFolder = List.of(0, 4, 9);

        end(RunEnd.STOPPED);

        assertThat(run.kept().shownProperty().get().epoch()).isZero();
    }

    @Test
    void saysWhyItWasInterruptedOnceAndNotInTheStatusBarToo() {
        begin();
        handle.ended.completeExceptionally(new EngineGoneException("The engine process ended unexpectedly."));
        turn();

        assertThat(run.status()).isEqualTo("Interrupted: MemAE on moons.mat, seed 42");
    }

    @Test
    void accusesNoLabelsOfRareAnomaliesThatAreHardToFind() {
        Verdict rare = new Verdict(worseThanChance(15, 300), null, 0.5, false);

        assertThat(rare.wrongWay()).isFalse();
        assertThat(rare.text()).contains("clearly below 0.5").doesNotContain("swapped");
    }

    @Test
    void suspectsLabelsThatCallMostRowsAnomalies() {
        Verdict most = new Verdict(worseThanChance(280, 300), null, 0.5, false);

        assertThat(most.wrongWay()).isTrue();
        assertThat(most.text()).contains("may be swapped");
    }

    private static RunMetrics worseThanChance(int anomalies, int evaluated) {
        RunMetrics usual = metrics();
        return new RunMetrics(
                usual.format(),
                usual.detector(),
                usual.preset(),
                usual.protocol(),
                usual.scaler(),
                usual.seed(),
                usual.end(),
                usual.epochs(),
                usual.features(),
                Map.of("test", evaluated, "anomalies", anomalies),
                usual.threshold(),
                Map.of("auroc", .3),
                Map.of(),
                List.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of());
    }

    @Test
    void comparesASolvedDetectorWithNothingUntrained() {
        assertThat(new Verdict(metrics(), null, 0.5, true).tiles())
                .extracting(Verdict.Tile::name)
                .containsExactly("AUROC ★", "AUPRC ★");
        assertThat(new Verdict(metrics(), null, 0.5, true).text()).startsWith("Solved");
    }
}

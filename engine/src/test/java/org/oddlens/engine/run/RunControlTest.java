package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A pretended training of 4 batches an epoch on a thread of its own, held and let go from the test's thread. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunControlTest {

    private static final int BATCHES = 4;

    private final RunControl control = new RunControl();
    private final List<Boolean> pauses = new CopyOnWriteArrayList<>();
    private final AtomicInteger batches = new AtomicInteger();
    private final AtomicInteger epochs = new AtomicInteger();
    private Thread training;

    @AfterEach
    void end() throws InterruptedException {
        control.stop(RunControl.Stop.KEEP);
        if (training != null) {
            training.join(TimeUnit.SECONDS.toMillis(5));
            assertThat(training.isAlive()).isFalse();
        }
    }

    @Test
    void goesOnUntilItIsStopped() throws InterruptedException {
        assertThat(control.mayContinue()).isTrue();
        control.stop(RunControl.Stop.KEEP);

        assertThat(control.mayContinue()).isFalse();
        assertThat(control.requestedStop()).contains(RunControl.Stop.KEEP);
    }

    @Test
    void holdsBetweenTwoBatchesAndTells() throws InterruptedException {
        control.pause();
        start();
        awaitWaiting();

        assertThat(batches).hasValue(0);
        assertThat(pauses).containsExactly(true);

        control.proceed();
        await(() -> batches.get() > 10);
        assertThat(pauses).containsExactly(true, false);
        assertThat(control.isWaiting()).isFalse();
    }

    @Test
    void trainsExactlyOneEpochPerStep() throws InterruptedException {
        control.pause();
        start();
        awaitWaiting();
        for (int step = 1; step <= 3; step++) {
            control.stepEpoch();
            int wanted = step;
            await(() -> epochs.get() == wanted && control.isWaiting());
            assertThat(batches).hasValue(step * BATCHES);
        }
    }

    @Test
    void countsStepsThatWereAskedForAtOnce() throws InterruptedException {
        control.pause();
        start();
        awaitWaiting();
        control.stepEpoch();
        control.stepEpoch();
        await(() -> epochs.get() == 2 && control.isWaiting());

        assertThat(batches).hasValue(2 * BATCHES);
    }

    @Test
    void endsAHeldRun() throws InterruptedException {
        control.pause();
        start();
        awaitWaiting();
        control.stop(RunControl.Stop.DISCARD);
        training.join(5_000);

        assertThat(training.isAlive()).isFalse();
        assertThat(batches).hasValue(0);
        assertThat(pauses).containsExactly(true, false);
    }

    @Test
    void letsADiscardOverrideAKeepButNotTheOtherWayRound() {
        control.stop(RunControl.Stop.KEEP);
        control.stop(RunControl.Stop.DISCARD);
        control.stop(RunControl.Stop.KEEP);

        assertThat(control.requestedStop()).contains(RunControl.Stop.DISCARD);
    }

    @Test
    void takesAnInterruptOfAHeldRunForAStop() throws InterruptedException {
        control.pause();
        start();
        awaitWaiting();
        training.interrupt();
        training.join(5_000);

        assertThat(control.requestedStop()).contains(RunControl.Stop.KEEP);
    }

    /** Whoever runs the training sees the interrupt too. */
    @Test
    void leavesTheInterruptOnItsThread() throws InterruptedException {
        control.pace(0.001);
        control.keepPace();
        for (Runnable wait : List.<Runnable>of(control::keepPace, () -> {
            control.pause();
            control.mayContinue();
        })) {
            AtomicBoolean seen = new AtomicBoolean();
            Thread waiting = new Thread(() -> {
                Thread.currentThread().interrupt();
                wait.run();
                seen.set(Thread.currentThread().isInterrupted());
            });
            waiting.start();
            waiting.join(5_000);
            assertThat(seen).isTrue();
            assertThat(control.requestedStop()).contains(RunControl.Stop.KEEP);
        }
    }

    /** Epochs that end while nobody asked for steps are not owed. */
    @Test
    void takesAStepAfterEpochsThatNobodyAskedFor() {
        control.epochDone();
        control.epochDone();
        control.stepEpoch();

        assertThat(control.mayContinue()).isTrue();
    }

    /** Orders from four threads at once: whatever their order, the stop ends it and nothing hangs. */
    @Test
    void survivesOrdersFromSeveralThreads() throws InterruptedException {
        start();
        List<Runnable> orders = List.of(control::pause, control::proceed, control::stepEpoch, control::isWaiting);
        List<Thread> hands = orders.stream()
                .map(order -> new Thread(() -> {
                    for (int i = 0; i < 2_000; i++) {
                        order.run();
                    }
                }))
                .toList();
        hands.forEach(Thread::start);
        for (Thread hand : hands) {
            hand.join();
        }
        control.stop(RunControl.Stop.KEEP);
        training.join(5_000);

        assertThat(training.isAlive()).isFalse();
        for (int i = 0; i + 1 < pauses.size(); i++) {
            assertThat(pauses.get(i)).as("pauses and continuations alternate").isNotEqualTo(pauses.get(i + 1));
        }
    }

    private void start() {
        control.onPause(pauses::add);
        training = new Thread(() -> {
            while (true) {
                for (int batch = 0; batch < BATCHES; batch++) {
                    if (!control.mayContinue()) {
                        return;
                    }
                    batches.incrementAndGet();
                }
                epochs.incrementAndGet();
                control.epochDone();
            }
        });
        training.start();
    }

    private void awaitWaiting() throws InterruptedException {
        await(control::isWaiting);
        await(() -> !pauses.isEmpty());
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    @Test
    void letsEpochsBeginAtThePaceThatIsWanted() {
        control.pace(50);
        control.keepPace();
        long start = System.nanoTime();
        for (int epoch = 0; epoch < 10; epoch++) {
            control.keepPace();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        assertThat(seconds).as("ten epochs at 50 a second").isGreaterThanOrEqualTo(0.195);
    }

    @Test
    void anotherPaceAPauseAndAStopEndTheWaitAtOnce() throws Exception {
        for (Runnable wish : List.<Runnable>of(
                () -> control.pace(Double.POSITIVE_INFINITY),
                control::pause,
                () -> control.stop(RunControl.Stop.KEEP))) {
            control.pace(Double.POSITIVE_INFINITY);
            control.proceed();
            control.keepPace();
            control.pace(0.001);
            Thread waiting = new Thread(control::keepPace);
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            wish.run();
            waiting.join(5_000);
            assertThat(waiting.isAlive()).isFalse();
        }
    }

    /** A run that trained slower than the pace has no time to make up for. */
    @Test
    void waitsFromTheBeginningOfTheEpochBefore() throws InterruptedException {
        control.pace(20);
        control.keepPace();
        Thread.sleep(120);
        control.keepPace();
        long start = System.nanoTime();
        control.keepPace();
        assertThat((System.nanoTime() - start) / 1e9).isGreaterThanOrEqualTo(0.045);
    }

    @Test
    void stopsAfterSoManyBatches() {
        control.stopAfter(3);
        for (int batch = 0; batch < 3; batch++) {
            assertThat(control.mayContinue()).isTrue();
        }
        assertThat(control.requestedStop()).isEmpty();
        assertThat(control.mayContinue()).isFalse();
        assertThat(control.requestedStop()).contains(RunControl.Stop.KEEP);
    }

    @Test
    void leavesADiscardADiscardWhenItsBatchesAreOver() {
        control.stopAfter(0);
        control.stop(RunControl.Stop.DISCARD);
        assertThat(control.mayContinue()).isFalse();
        assertThat(control.requestedStop()).contains(RunControl.Stop.DISCARD);
    }

    @Test
    void handsOverTheLastWishForEachKeyInTheOrderOfTheWishesAndOnlyOnce() {
        control.change("weight-decay", 0.1);
        control.change("learning-rate", 0.2);
        control.change("weight-decay", 0.3);

        assertThat(control.takeChanges())
                .containsExactly(Map.entry("learning-rate", 0.2), Map.entry("weight-decay", 0.3));
        assertThat(control.takeChanges()).isEmpty();
    }

    /** Steps that were asked for and not taken are forgotten by a pause and by going on. */
    @Test
    void forgetsItsStepsWhenPausedAnew() throws InterruptedException {
        for (Runnable anew : List.<Runnable>of(control::pause, () -> {
            control.proceed();
            control.pause();
        })) {
            control.stepEpoch();
            control.stepEpoch();
            anew.run();
            Thread held = new Thread(control::mayContinue);
            held.start();
            await(control::isWaiting);
            control.proceed();
            held.join(5_000);
            assertThat(held.isAlive()).isFalse();
        }
    }

    @Test
    void tellsBeforeEveryBatchAlsoBeforeTheOneThatIsRefused() {
        AtomicInteger told = new AtomicInteger();
        control.beforeBatch(told::incrementAndGet);
        control.mayContinue();
        control.stop(RunControl.Stop.KEEP);
        control.mayContinue();
        assertThat(told).hasValue(2);
    }

    @Test
    void refusesAPaceThatIsNone() {
        assertThatThrownBy(() -> control.pace(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> control.pace(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsTheTimeThatAPaceLeavesBetweenTwoEpochs() {
        assertThat(control.spareSeconds()).as("no pace, no rest").isZero();
        control.pace(0.1);
        control.keepPace();
        assertThat(control.spareSeconds()).isBetween(5.0, 10.0);
        control.pace(Double.POSITIVE_INFINITY);
        assertThat(control.spareSeconds()).isZero();
    }
}

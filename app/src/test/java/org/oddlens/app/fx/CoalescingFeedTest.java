package org.oddlens.app.fx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CoalescingFeedTest {

    private final ArrayDeque<Runnable> uiThread = new ArrayDeque<>();
    private final List<List<Integer>> delivered = new ArrayList<>();
    private final CoalescingFeed<Integer> feed = new CoalescingFeed<>(uiThread::add, delivered::add);

    @Test
    void asksForOneDeliveryHoweverManyItems() {
        for (int i = 0; i < 1000; i++) {
            feed.publish(i);
        }
        assertThat(uiThread).hasSize(1);
        uiThread.remove().run();
        assertThat(delivered).hasSize(1);
        assertThat(delivered.get(0)).hasSize(1000).isSorted();
    }

    @Test
    void asksAgainAfterADelivery() {
        feed.publish(1);
        uiThread.remove().run();
        feed.publish(2);
        assertThat(uiThread).hasSize(1);
        uiThread.remove().run();
        assertThat(delivered).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void losesNothingWhenPublishersRace() throws Exception {
        List<Integer> got = Collections.synchronizedList(new ArrayList<>());
        var ui = Executors.newSingleThreadExecutor();
        var publishers = Executors.newFixedThreadPool(4);
        CoalescingFeed<Integer> racing = new CoalescingFeed<>(ui, got::addAll);
        for (int p = 0; p < 4; p++) {
            publishers.execute(() -> {
                for (int i = 0; i < 20_000; i++) {
                    racing.publish(i);
                }
            });
        }
        publishers.shutdown();
        assertThat(publishers.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        ui.shutdown();
        assertThat(ui.awaitTermination(20, TimeUnit.SECONDS)).isTrue();
        assertThat(got).hasSize(80_000);
    }

    @Test
    void deliversAboutTwentyTimesASecondAtMost() throws Exception {
        FxScreen screen = new FxScreen();
        List<Long> times = Collections.synchronizedList(new ArrayList<>());
        CoalescingFeed<Integer> paced = new CoalescingFeed<>(UiThread.paced(), batch -> times.add(System.nanoTime()));
        long end = System.nanoTime() + 1_000_000_000L;
        for (int i = 0; System.nanoTime() < end; i++) {
            paced.publish(i);
            Thread.sleep(1);
        }
        screen.close();
        assertThat(times.size()).isBetween(5, 23);
    }
}

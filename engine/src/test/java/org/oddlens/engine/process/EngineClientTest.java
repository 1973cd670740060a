package org.oddlens.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.cli.OddlensCommand;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunEnd;
import org.oddlens.engine.run.RunEvent;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunService.RunHandle;

/** A real engine process, driven as the window drives it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EngineClientTest {

    private static final Map<String, Object> LONG = Map.of("epochs", 100_000);

    @TempDir
    static Path temp;

    private static Path data;
    private static EngineClient client;
    private static final List<EngineClient.State> STATES = new CopyOnWriteArrayList<>();

    private final List<RunEvent> heard = new CopyOnWriteArrayList<>();
    private static int runs;

    @BeforeAll
    static void start() throws Exception {
        data = TestRuns.data(temp);
        client = new EngineClient(
                EngineCommand.ofThisProgram(OddlensCommand.class.getName(), 1),
                temp.resolve("log/engine.log"),
                (state, detail) -> STATES.add(state));
        client.warmUp();
        await(() -> STATES.contains(EngineClient.State.READY));
    }

    @AfterAll
    static void close() {
        client.close();
    }

    @Test
    void trainsARunAndEndsItOnce() throws Exception {
        RunHandle handle = submit(Map.of());
        RunEvent.Ended ended = end(handle);

        assertThat(ended.end()).isEqualTo(RunEnd.COMPLETED);
        assertThat(epochs()).isEqualTo(3);
        assertThat(heard.stream().filter(RunEvent.Ended.class::isInstance)).hasSize(1);
        assertThat(heard).last().isEqualTo(ended);
        assertThat(new RunFolder(handle.folder()).readEvents()).isEqualTo(heard);
    }

    /** The widths are written with an arrow, which must survive the way through two processes. */
    @Test
    void carriesEveryCharacter() throws Exception {
        end(submit(Map.of("hidden", List.of(4))));

        assertThat(heard.stream().filter(RunEvent.Started.class::isInstance).map(RunEvent.Started.class::cast))
                .singleElement()
                .extracting(RunEvent.Started::shape)
                .isEqualTo("8 → 4 → 3 → 4 → 8");
    }

    @Test
    void pausesStepsAndContinues() throws Exception {
        RunHandle handle = submit(LONG);
        await(() -> epochs() >= 2);
        handle.pause();
        await(this::paused);
        int held = epochs();
        Thread.sleep(200);
        assertThat(epochs()).isEqualTo(held);

        handle.stepEpoch();
        await(() -> epochs() == held + 1 && paused());
        Thread.sleep(100);
        handle.stepEpoch();
        await(() -> epochs() == held + 2 && paused());
        Thread.sleep(100);
        assertThat(epochs()).isEqualTo(held + 2);

        handle.proceed();
        await(() -> epochs() > held + 5);
        handle.stop(RunControl.Stop.DISCARD);
        assertThat(end(handle).end()).isEqualTo(RunEnd.DISCARDED);
    }

    @Test
    void stopsWithinASecondAndKeepsTheModel() throws Exception {
        RunHandle handle = submit(LONG);
        await(() -> epochs() >= 2);
        long asked = System.nanoTime();
        handle.stop(RunControl.Stop.KEEP);
        RunEvent.Ended ended = end(handle);

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(1000);
        assertThat(ended.end()).isEqualTo(RunEnd.STOPPED);
        assertThat(handle.folder().resolve(RunFolder.MODEL)).exists();
    }

    @Test
    void endsAHeldRunToo() throws Exception {
        RunHandle handle = submit(LONG);
        await(() -> epochs() >= 1);
        handle.pause();
        await(this::paused);
        handle.stop(RunControl.Stop.DISCARD);

        assertThat(end(handle).end()).isEqualTo(RunEnd.DISCARDED);
        assertThat(handle.folder().resolve(RunFolder.MODEL)).doesNotExist();
    }

    @Test
    void refusesASecondRunWhileOneTrains() throws Exception {
        RunHandle first = submit(LONG);
        await(() -> epochs() >= 1);
        RunHandle second = client.submit(TestRuns.spec(data, "alternate", LONG), folder(), event -> {});

        Throwable refused = catchThrowable(() -> end(second));
        first.stop(RunControl.Stop.DISCARD);
        end(first);

        assertThat(refused).isInstanceOf(ExecutionException.class);
        assertThat(refused.getCause())
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("trains already");
    }

    @Test
    void takesTheNextRunAtOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(end(submit(Map.of("epochs", 1))).end()).isEqualTo(RunEnd.COMPLETED);
        }
    }

    @Test
    void outlivesAListenerThatFails() throws Exception {
        RunHandle handle = client.submit(TestRuns.spec(data, "alternate", Map.of()), folder(), event -> {
            throw new IllegalStateException("a mistake in the window");
        });

        assertThat(end(handle).end()).isEqualTo(RunEnd.COMPLETED);
        assertThat(end(submit(Map.of("epochs", 1))).end()).isEqualTo(RunEnd.COMPLETED);
    }

    @Test
    void answersQuestionsAlsoWhileItTrains() throws Exception {
        RunHandle handle = submit(LONG);
        await(() -> epochs() >= 1);
        var inspection = client.inspect(DataSpec.of(data.toString()))
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        var picture = client.picture(DataSpec.of(data.toString()), "pca", 1)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        Throwable refused = catchThrowable(() ->
                client.inspect(DataSpec.of("absent.npz")).toCompletableFuture().get(10, TimeUnit.SECONDS));
        handle.stop(RunControl.Stop.DISCARD);
        end(handle);

        assertThat(inspection.get("features").asInt()).isEqualTo(8);
        assertThat(picture.get("rows").size()).isEqualTo(TestRuns.NORMAL + TestRuns.ANOMALOUS);
        assertThat(refused.getCause())
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("absent.npz");
    }

    @Test
    void saysWithinThreeSecondsThatItsEngineWasKilledAndStartsAnother() throws Exception {
        RunHandle handle = submit(LONG);
        await(() -> epochs() >= 2);
        long killed = client.pid();
        long asked = System.nanoTime();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        Throwable gone = catchThrowable(() -> end(handle));

        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked)).isLessThan(3000);
        assertThat(gone.getCause())
                .isInstanceOf(EngineGoneException.class)
                .hasMessage("The engine process ended unexpectedly (signal 9, probably out of system memory).");
        assertThat(new RunFolder(handle.folder()).state()).isEqualTo(RunFolder.State.INTERRUPTED);
        assertThat(STATES).contains(EngineClient.State.GONE);

        heard.clear();
        assertThat(end(submit(Map.of("epochs", 1))).end()).isEqualTo(RunEnd.COMPLETED);
        assertThat(client.pid()).isNotEqualTo(killed);
    }

    /** The engine is gone before its last lines are read; they count all the same. */
    @Test
    void hearsTheLastWordsOfAnEngineThatHasEnded() throws Exception {
        Path script = Files.writeString(
                temp.resolve("engine.sh"),
                String.join(
                        "\n",
                        List.of(
                                "read train",
                                "echo '{\"msg\":\"ready\",\"protocol\":\"oddlens.engine/1\",\"pid\":1,\"device\":\"CPU\"}'",
                                "echo '{\"msg\":\"heartbeat\",\"uptimeMillis\":1}'",
                                "echo '{\"msg\":\"event\",\"id\":\"run-1\",\"event\":{\"type\":\"phase\",\"time\":\"t\",\"phase\":\"scoring\"}}'",
                                "echo '{\"msg\":\"event\",\"id\":\"run-1\",\"event\":{\"type\":\"ended\",\"time\":\"t\",\"end\":\"completed\","
                                        + "\"epoch\":3,\"message\":\"Done.\",\"seconds\":{}}}'")));
        EngineClient own = new EngineClient(
                new EngineCommand(List.of("sh", script.toString()), Map.of()),
                temp.resolve("log/script.log"),
                (state, detail) -> {});
        RunHandle handle = own.submit(TestRuns.spec(data, "alternate", Map.of()), folder(), event -> {
            if (event instanceof RunEvent.Phase) {
                sleep(2500); // five looks at the pulse of a process that is dead by now
            }
        });

        assertThat(end(handle).end()).isEqualTo(RunEnd.COMPLETED);
        own.close();
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void goesOnWithARunWhoseEngineWasKilled() throws Exception {
        Map<String, Object> values = Map.of("epochs", 1000, "batch-size", 16);
        RunHandle handle = client.submit(TestRuns.spec(data, "alternate", values), folder(), heard::add);
        await(() -> epochs() >= 2);
        handle.pause(); // brings a checkpoint
        await(() -> heard.stream().anyMatch(RunEvent.Checkpoint.class::isInstance));
        ProcessHandle.of(client.pid()).orElseThrow().destroyForcibly();
        catchThrowable(() -> end(handle));
        assertThat(new RunFolder(handle.folder()).state()).isEqualTo(RunFolder.State.INTERRUPTED);

        heard.clear();
        RunHandle again = client.resume(handle.folder(), heard::add);
        assertThat(end(again).end()).isEqualTo(RunEnd.COMPLETED);
        assertThat(heard.stream().filter(RunEvent.Resumed.class::isInstance).map(RunEvent.Resumed.class::cast))
                .singleElement()
                .satisfies(resumed -> assertThat(resumed.fromEpoch()).isPositive());
        assertThat(end(client.resume(handle.folder(), event -> {})).end()).isEqualTo(RunEnd.COMPLETED);
        assertThat(catchThrowable(() -> end(client.resume(temp.resolve("no-run"), event -> {})))
                        .getCause())
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("is no run folder");
    }

    @Test
    void takesChangesWhileItTrainsAndRefusesWhatCannotBe() throws Exception {
        RunHandle handle = submit(LONG);
        await(() -> epochs() >= 1);
        Object accepted =
                handle.change("learning-rate", "1e-4").toCompletableFuture().get(10, TimeUnit.SECONDS);
        await(() -> heard.stream().anyMatch(RunEvent.Change.class::isInstance));
        Throwable outOfRange = catchThrowable(
                () -> handle.change("learning-rate", "7").toCompletableFuture().get(10, TimeUnit.SECONDS));
        Throwable notLive = catchThrowable(
                () -> handle.change("hidden", "7").toCompletableFuture().get(10, TimeUnit.SECONDS));
        int before = epochs();
        await(() -> epochs() > before + 3);
        handle.stop(RunControl.Stop.DISCARD);
        end(handle);
        Throwable late = catchThrowable(() ->
                handle.change("learning-rate", "1e-3").toCompletableFuture().get(10, TimeUnit.SECONDS));

        assertThat(accepted).isEqualTo(1e-4);
        assertThat(heard.stream().filter(RunEvent.Change.class::isInstance).map(RunEvent.Change.class::cast))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.key()).isEqualTo("learning-rate");
                    assertThat(change.from()).isEqualTo(1e-3);
                    assertThat(change.to()).isEqualTo(1e-4);
                    RunEvent.Epoch first = heard.stream()
                            .filter(RunEvent.Epoch.class::isInstance)
                            .map(RunEvent.Epoch.class::cast)
                            .filter(epoch -> epoch.epoch() == change.epoch())
                            .findFirst()
                            .orElseThrow();
                    assertThat(first.learningRate()).isEqualTo(1e-4);
                });
        assertThat(outOfRange.getCause()).hasMessageContaining("must be a number from 1e-7 to 1");
        assertThat(notLive.getCause()).hasMessageContaining("cannot change while a run trains");
        assertThat(late.getCause()).hasMessageContaining("comes too late");
    }

    @Test
    void keepsARunWhoseEngineIsClosed() throws Exception {
        EngineClient own = new EngineClient(
                EngineCommand.ofThisProgram(OddlensCommand.class.getName(), 1),
                temp.resolve("log/own.log"),
                (state, detail) -> {});
        RunHandle handle = own.submit(TestRuns.spec(data, "alternate", LONG), folder(), heard::add);
        await(() -> epochs() >= 2);
        long pid = own.pid();
        own.close();

        assertThat(new RunFolder(handle.folder()).state()).isEqualTo(RunFolder.State.STOPPED);
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false))
                .isFalse();
    }

    /** The engine is told of a card; ND4J runs on the processor. */
    @Test
    void changesTheDeviceAndGoesBackToTheProcessorWhenThatEngineDies() throws Exception {
        EngineCommand processor = EngineCommand.ofThisProgram(OddlensCommand.class.getName(), 1);
        List<String> ready = new CopyOnWriteArrayList<>();
        try (EngineClient own = new EngineClient(processor, temp.resolve("log/device.log"), (state, detail) -> {
            if (state == EngineClient.State.READY) {
                ready.add(detail);
            }
        })) {
            own.warmUp();
            await(() -> ready.equals(List.of("CPU")));
            long first = own.pid();

            own.use(new DeviceChoice.Chosen(DeviceUse.card("cuda", "Card X"), Optional.of(processor)));
            await(() -> ready.equals(List.of("CPU", "Card X")));
            await(() -> ProcessHandle.of(first).isEmpty());

            ProcessHandle.of(own.pid()).orElseThrow().destroyForcibly();
            await(() -> ready.equals(List.of("CPU", "Card X", "CPU")));
            RunHandle handle = own.submit(TestRuns.spec(data, "alternate", Map.of()), folder(), heard::add);
            assertThat(end(handle).end()).isEqualTo(RunEnd.COMPLETED);
            assertThat(new RunFolder(handle.folder()).readRecord().device().reason())
                    .startsWith("The engine process ended unexpectedly (signal 9");
        }
    }

    private RunHandle submit(Map<String, Object> hyperparameters) {
        return client.submit(TestRuns.spec(data, "alternate", hyperparameters), folder(), heard::add);
    }

    private static Path folder() {
        return temp.resolve("run-" + ++runs);
    }

    private static RunEvent.Ended end(RunHandle handle) throws Exception {
        return handle.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    private int epochs() {
        return heard.stream()
                .filter(RunEvent.Epoch.class::isInstance)
                .mapToInt(event -> ((RunEvent.Epoch) event).epoch())
                .max()
                .orElse(0);
    }

    private boolean paused() {
        boolean paused = false;
        for (RunEvent event : heard) {
            paused = event instanceof RunEvent.Paused told ? told.paused() : paused;
        }
        return paused;
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    @Test
    void namesItsLogWhereThatWasAsked() {
        assertThat(Files.exists(temp.resolve("log/engine.log"))).isTrue();
    }
}

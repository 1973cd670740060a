package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.TestRuns;
import org.oddlens.engine.compute.LocalMachine;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.MachineKind;
import org.oddlens.engine.run.RunControl;
import org.oddlens.engine.run.RunFolder;

/** The tiny runs between {@code ready} and the first run: they happen, leave nothing, change nothing, give way. */
class WarmUpTest {

    @TempDir
    Path temp;

    private final AtomicInteger runs = new AtomicInteger();
    private final DetectorRegistry registry = DetectorRegistry.installed();
    private final RunExecution execution = new RunExecution(registry, this::machine, Clock.systemUTC());

    /** Asked once by every run that begins. */
    private MachineKind machine() {
        runs.incrementAndGet();
        return new LocalMachine("test").kind();
    }

    private byte[] scores(String name) throws IOException {
        Path folder = temp.resolve(name);
        execution.execute(
                TestRuns.spec(TestRuns.data(temp), "alternate", Map.of("epochs", 3)),
                folder,
                new RunControl(),
                event -> {});
        return Files.readAllBytes(new RunFolder(folder).file(RunFolder.FINAL_SCORES));
    }

    private static Set<Path> leftovers() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new TreeSet<>(
                    files.filter(file -> file.getFileName().toString().startsWith("oddlens-warm-up-"))
                            .toList());
        }
    }

    @Test
    void trainsLeavesNothingAndChangesNoLaterRun() throws IOException {
        Set<Path> others = leftovers(); // of other processes
        byte[] before = scores("before");
        runs.set(0);
        new WarmUp(execution, registry).run();
        assertThat(runs.get()).isBetween(1, registry.all().size());
        Set<Path> left = leftovers();
        left.removeAll(others);
        assertThat(left).isEmpty();
        assertThat(scores("after")).isEqualTo(before);
    }

    @Test
    void givesWayToARunThatCameFirst() {
        WarmUp warmUp = new WarmUp(execution, registry);
        warmUp.stop();
        warmUp.run();
        assertThat(runs).hasValue(0);
    }

    @Test
    void waitsWhileSomeoneWantsSomethingElseOfTheEngine() throws InterruptedException {
        WarmUp warmUp = new WarmUp(execution, registry);
        warmUp.pause();
        warmUp.pause();
        Thread thread = new Thread(warmUp::run);
        thread.start();
        warmUp.proceed();
        thread.join(300);
        assertThat(runs).hasValue(0);
        warmUp.proceed();
        while (runs.get() == 0 && thread.isAlive()) {
            Thread.onSpinWait();
        }
        warmUp.stop();
        thread.join();
        assertThat(runs).hasPositiveValue();
    }

    @Test
    void endsAtOnceWhenStoppedWhileItWaits() throws InterruptedException {
        WarmUp warmUp = new WarmUp(execution, registry);
        warmUp.pause();
        Thread thread = new Thread(warmUp::run);
        thread.start();
        warmUp.stop();
        thread.join();
        assertThat(runs).hasValue(0);
    }
}

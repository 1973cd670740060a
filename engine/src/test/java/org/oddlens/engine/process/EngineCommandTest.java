package org.oddlens.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineCommandTest {
    private static final Path JAVA_HOME = Path.of("j");

    @Test
    void packagedProgramStartsItsOwnLauncher() {
        assertThat(EngineCommand.words("/opt/oddlens/bin/oddlens", JAVA_HOME, 17, "cp", "org.Main"))
                .containsExactly("/opt/oddlens/bin/oddlens", "engine");
    }

    @Test
    void checkoutStartsTheSameJavaWithTheSameClassPath() {
        List<String> words = EngineCommand.words(null, JAVA_HOME, 17, "a b.jar:c.jar", "org.Main");

        assertThat(words).startsWith(Path.of("j", "bin", "java").toString());
        assertThat(words).endsWith("-cp", "a b.jar:c.jar", "org.Main", "engine");
        assertThat(words).doesNotContain("--enable-native-access=ALL-UNNAMED");
    }

    @Test
    void newJavaIsToldThatNativeCodeIsMeant() {
        assertThat(EngineCommand.words(null, JAVA_HOME, 25, "cp", "org.Main"))
                .contains("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void childGetsItsThreadCount() {
        EngineCommand command = new EngineCommand(List.of("x"), Map.of("OMP_NUM_THREADS", "1"));

        assertThat(command.process().environment()).containsEntry("OMP_NUM_THREADS", "1");
    }
}

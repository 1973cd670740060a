package org.oddlens.engine.detector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The window reads descriptors and must never load a native library; so they work where there is none. */
class DescriptorsWithoutNativesTest {

    @Test
    void listsEveryDetectorAndShapeWithoutTheNativeJars() throws Exception {
        // Surefire starts tests with a jar that only points at the class path; the property holds the path itself.
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> kept = Arrays.stream(classPath.split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().matches("(nd4j-native|openblas|javacpp).*"))
                .toList();
        assertThat(kept).hasSizeLessThan(classPath.split(File.pathSeparator).length - 4);

        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        String.join(File.pathSeparator, kept),
                        DescriptorListing.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(child.waitFor()).as(output).isZero();
        for (DetectorProvider provider : DetectorRegistry.installed().all()) {
            assertThat(output.lines())
                    .contains("detector " + provider.descriptor().id());
        }
        assertThat(output.lines().collect(Collectors.joining("\n"))).contains("shape memae saltos", " 1038");
    }
}

package org.oddlens.engine.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackManifestTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Windows 11, amd64, windows-x86_64",
        "Linux, aarch64, ",
        "Mac OS X, x86_64, "
    })
    void existsForThePlatformsOfTheLibraries(String system, String processor, String platform) {
        assertThat(PackManifest.of(system, processor)
                        .map(PackManifest::platform)
                        .orElse(null))
                .isEqualTo(platform);
    }

    /** Size of the library's jar as published on Maven Central. */
    @ParameterizedTest
    @CsvSource({"Linux, 600670741", "Windows 10, 372527675"})
    void listsWholeFilesWithChecksums(String system, long library) {
        PackManifest manifest = PackManifest.of(system, "amd64").orElseThrow();

        assertThat(manifest.format()).isEqualTo(PackManifest.FORMAT);
        assertThat(manifest.files()).hasSize(6).allSatisfy(file -> {
            assertThat(file.sha256()).matches("[0-9a-f]{64}");
            assertThat(file.path()).startsWith("org/").endsWith(".jar");
        });
        assertThat(manifest.files()).extracting(PackManifest.PackFile::bytes).contains(library);
        assertThat(manifest.files()).extracting(PackManifest.PackFile::name).doesNotHaveDuplicates();
        assertThat(manifest.unpackedBytes()).isGreaterThan(manifest.bytes());
    }

    @Test
    void comesFromThePublisherUnlessAnotherRepositoryIsNamed() {
        assertThat(PackSource.of(Map.of()).address()).hasToString(PackSource.PUBLISHER);
        PackSource named = PackSource.of(Map.of(PackSource.ADDRESS_VARIABLE, "https://mirror.example/maven/"));
        assertThat(named.file(new PackManifest.PackFile("org/x/y.jar", 1, "")))
                .hasToString("https://mirror.example/maven/org/x/y.jar");
        assertThatThrownBy(() -> PackSource.at("file:///etc")).hasMessageContaining("must begin with https://");
        assertThatThrownBy(() -> PackSource.at("no address")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "999, 999 bytes", "1000, 1 kB", "37400000, 37 MB", "2435839688, 2.4 GB"})
    void sizesAreReadable(long bytes, String text) {
        assertThat(Bytes.text(bytes)).isEqualTo(text);
    }
}

package org.oddlens.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OddlensHomeTest {

    @TempDir
    Path temp;

    private RunFolder run(String id) throws IOException {
        RunFolder run = RunFolder.create(temp.resolve("runs").resolve(id));
        Files.writeString(run.file("run.json"), "{}");
        return run;
    }

    @Test
    void isWhereTheEnvironmentSaysOrInTheUsersOwnFolder() {
        Path usual = Path.of(System.getProperty("user.home")).resolve("Oddlens");
        assertThat(OddlensHome.of(Map.of("ODDLENS_HOME", "/data/odd")).root()).isEqualTo(Path.of("/data/odd"));
        assertThat(OddlensHome.of(Map.of()).root()).isEqualTo(usual);
        assertThat(OddlensHome.of(Map.of("ODDLENS_HOME", "  ")).root()).isEqualTo(usual);
    }

    @Test
    void keepsEachKindOfFileInAFolderOfItsOwn() {
        OddlensHome home = new OddlensHome(Path.of("/o"));
        assertThat(home.runs()).hasToString("/o/runs");
        assertThat(home.samples()).hasToString("/o/samples");
        assertThat(home.settings()).hasToString("/o/settings");
        assertThat(home.packs()).hasToString("/o/packs");
        assertThat(home.log()).hasToString("/o/log");
    }

    @Test
    void namesNewRunsByTimeAndDetector() {
        Path run = new OddlensHome(temp).newRun("memae", LocalDateTime.of(2026, 1, 30, 14, 22, 33));

        assertThat(run.getParent()).isEqualTo(temp.resolve("runs"));
        assertThat(run.getFileName().toString()).matches("20260130-142233-memae-[0-9a-f]{4}");
    }

    @Test
    void namesComparisonsAsRunsButBesideThem() {
        Path folder = new OddlensHome(temp).newComparison("ocsvm", LocalDateTime.of(2026, 1, 30, 4, 5, 6));

        assertThat(folder.getParent()).isEqualTo(temp.resolve("comparisons"));
        assertThat(folder.getFileName().toString()).matches("20260130-040506-ocsvm-[0-9a-f]{4}");
        assertThat(folder).doesNotExist();
    }

    @Test
    void listsFoldersWithARecordAndNothingElse() throws IOException {
        assertThat(new OddlensHome(temp).list()).isEmpty();
        run("20260130-1-memae-0001");
        Files.createDirectories(temp.resolve("runs/20260130-2-memae-0002"));
        Files.writeString(temp.resolve("runs/notes.txt"), "mine");

        assertThat(new OddlensHome(temp).list()).extracting(RunFolder::id).containsExactly("20260130-1-memae-0001");
    }

    @Test
    void findsARunByFolderOrByAUniquePrefixOfItsId() throws IOException {
        OddlensHome home = new OddlensHome(temp);
        for (String id : List.of("20260130-142233-memae-1f3a", "20260130-150000-memae-0001")) {
            run(id);
        }

        assertThat(home.list().stream().map(RunFolder::id))
                .containsExactly("20260130-150000-memae-0001", "20260130-142233-memae-1f3a");
        assertThat(home.find("20260130-14").id()).isEqualTo("20260130-142233-memae-1f3a");
        assertThat(home.find(home.runs().resolve("20260130-150000-memae-0001").toString())
                        .id())
                .endsWith("0001");
        assertThatThrownBy(() -> home.find("20260130")).hasMessageContaining("fits 2 runs");
        assertThatThrownBy(() -> home.find("1999")).hasMessageContaining("There is no run '1999'");
    }

    @Test
    void findsAnyFolderByItsPath() throws IOException {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));

        assertThat(new OddlensHome(temp).find(elsewhere.toString()).path()).isEqualTo(elsewhere);
    }

    @Test
    void namesTheNewestFiveOfThoseThatFit() throws IOException {
        for (int i = 1; i <= 6; i++) {
            run("20260130-" + i + "-memae-000" + i);
        }
        assertThatThrownBy(() -> new OddlensHome(temp).find("20260130"))
                .isInstanceOf(RunFolderException.class)
                .hasMessage(
                        "'20260130' fits 6 runs: 20260130-6-memae-0006, 20260130-5-memae-0005, 20260130-4-memae-0004,"
                                + " 20260130-3-memae-0003, 20260130-2-memae-0002.");
    }

    @Test
    void saysThatATextCannotNameARun() {
        assertThatThrownBy(() -> new OddlensHome(temp).find("a\0b"))
                .isInstanceOf(RunFolderException.class)
                .hasMessageContaining("can be neither a folder nor the beginning of a run's id");
    }
}

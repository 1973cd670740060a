package org.oddlens.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.study.RowContributions;

/** Id, time and context on the command line: from the flag through run.json to rerun, evaluate and score. */
class RoleFlagsTest {

    @TempDir
    Path temp;

    private String out;
    private String err;
    private Path data;

    @BeforeEach
    void writePumps() throws IOException {
        data = write("pumps.csv", 80, true);
    }

    /** Rows k of flow and pressure, with an id p000, p001, …, a day, a site and a label on every tenth row. */
    private Path write(String name, int rows, boolean label) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("pump,day,flow,site,pressure" + (label ? ",y" : ""));
        for (int k = 0; k < rows; k++) {
            lines.add(String.format("p%03d,%d,%d.5,%s,%d", k, 100 + k, k % 7, k % 2 == 0 ? "north" : "south", k % 5)
                    + (label ? k % 10 == 9 ? ",1" : ",0" : ""));
        }
        return Files.write(temp.resolve(name), lines);
    }

    private int run(String... words) {
        Typed typed = Typed.in(temp, words);
        out = typed.out();
        err = typed.err();
        return typed.code();
    }

    private JsonNode document() throws IOException {
        return new ObjectMapper().readTree(out);
    }

    private Path train() {
        Path run = temp.resolve("run");
        int code = run(
                "train",
                "--data",
                data.toString(),
                "--detector",
                "autoencoder",
                "--epochs",
                "2",
                "--id",
                "pump",
                "--time",
                "day",
                "--context",
                "site",
                "--out",
                run.toString(),
                "--quiet");
        assertThat(code).as(err).isZero();
        return run;
    }

    @Test
    void recordsRolesAndRepeatsWithThem() throws IOException {
        Path run = train();
        JsonNode record = new ObjectMapper().readTree(run.resolve("run.json").toFile());
        JsonNode roles = record.at("/spec/data/roles");
        assertThat(roles.get("id").asText()).isEqualTo("pump");
        assertThat(roles.get("time").asText()).isEqualTo("day");
        assertThat(roles.get("context").toString()).isEqualTo("[\"site\"]");
        assertThat(new ObjectMapper()
                        .readTree(run.resolve("metrics.json").toFile())
                        .at("/features")
                        .asInt())
                .as("flow and pressure")
                .isEqualTo(2);
        assertThat(Files.readAllLines(run.resolve("ids.csv"))).hasSize(81).contains("3,p003");
        assertThat(run("rerun", run.toString(), "--out", temp.resolve("again").toString()))
                .isZero();
        assertThat(run("evaluate", "--run", run.toString())).isZero();
    }

    @Test
    void writesIdTimeAndContextBesideTheScores() throws IOException {
        Path run = train();
        Path unlabelled = write("new.csv", 5, false);
        Path csv = temp.resolve("scores.csv");
        assertThat(run("score", "--run", run.toString(), "--data", unlabelled.toString(), "--out", csv.toString()))
                .as(err)
                .isZero();
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines.get(0)).isEqualTo("row,score,anomaly,id,time,context_site");
        assertThat(lines.get(4)).startsWith("3,").endsWith(",p003,103,south");
        assertThat(run(
                        "score",
                        "--run",
                        run.toString(),
                        "--data",
                        data.toString(),
                        "--out",
                        csv.toString(),
                        "--overwrite"))
                .isZero();
        assertThat(Files.readAllLines(csv).get(10)).startsWith("9,").endsWith(",1,p009,109,south");
    }

    @Test
    void showsARowWithItsContext() throws IOException {
        RunFolder run = new RunFolder(train());
        RowContributions rows = new RowContributions(DetectorRegistry.installed());
        RowContributions.Row row = rows.of(run, 3);
        assertThat(row.id()).isEqualTo("p003");
        assertThat(row.beside())
                .containsExactly(
                        new RowContributions.Beside("id", "pump", "p003"),
                        new RowContributions.Beside("time", "day", "103"),
                        new RowContributions.Beside("context", "site", "south"));
        assertThat(row.names()).containsExactly("flow", "pressure");
        assertThat(row.shares()).hasSize(2);

        Files.delete(run.file(RunFolder.MODEL));
        RowContributions.Row unexplained = rows.of(run, 3);
        assertThat(unexplained.explained()).isFalse();
        assertThat(unexplained.beside()).isEqualTo(row.beside());
    }

    @Test
    void inspectsWithChosenRoles() throws IOException {
        assertThat(run("inspect", data.toString(), "--id", "pump", "--context", "site,day", "--json"))
                .isZero();
        JsonNode found = document();
        assertThat(found.get("features").asInt()).isEqualTo(2);
        assertThat(found.get("kept").findValuesAsText("name")).containsExactly("pump", "site", "day");
        assertThat(found.get("kept").get(0).get("values").get(2).asText()).isEqualTo("p002");
        assertThat(found.at("/classes/0/value").asText()).isEqualTo("0");
        assertThat(found.at("/classes/0/rows").asInt()).isEqualTo(72);
        assertThat(found.get("classCount").asInt()).isEqualTo(2);
        assertThat(found.get("sides").toString())
                .contains("pump", "day", "flow", "site")
                .doesNotContain("\"y\"");
        assertThat(found.get("roles").toString())
                .contains("'pump' names the rows")
                .contains("'site' and 'day' are context");
    }

    @Test
    void takesAGuessAwayAndRefusesTwoRoles() throws IOException {
        Path guessed =
                Files.writeString(temp.resolve("g.csv"), Files.readString(data).replace("pump,day", "id,time"));
        assertThat(run("inspect", guessed.toString(), "--json")).isZero();
        assertThat(document().get("features").asInt()).isEqualTo(2);
        assertThat(run("inspect", guessed.toString(), "--json", "--time", "none"))
                .isZero();
        assertThat(document().get("features").asInt())
                .as("time is a feature again")
                .isEqualTo(3);
        assertThat(run("inspect", guessed.toString(), "--json", "--context", "time"))
                .isZero();
        assertThat(document().at("/data/roles/time").isNull()).isTrue();
        assertThat(run("inspect", data.toString(), "--id", "pump", "--time", "pump"))
                .isEqualTo(2);
        assertThat(err).contains("'pump' cannot have two roles, id and time");
    }
}

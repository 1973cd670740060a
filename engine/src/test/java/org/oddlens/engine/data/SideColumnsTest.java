package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns with the roles id, time and context: kept with the rows, never a feature. */
class SideColumnsTest {

    private static final String PUMPS =
            "id,timestamp,flow,site,pressure,y\n007,2026-01-01,1,north,2,0\n008,2026-01-02,3,south,4,0\n"
                    + "009,2026-01-03,?,north,6,0\n010,2026-01-04,7,south,8,1\n";

    @TempDir
    Path folder;

    private Path text(String content) throws IOException {
        return Files.writeString(folder.resolve("t.csv"), content);
    }

    private static List<String> values(Dataset dataset, SideColumn.Role role) {
        return dataset.sideColumns().stream()
                .filter(column -> column.role() == role)
                .flatMap(column -> List.of(column.values()).stream())
                .toList();
    }

    @Test
    void guessesIdAndTimeByNameAndSaysSo() throws IOException {
        try (DataFile file = DataFiles.open(text(PUMPS))) {
            RoleGuess guess = RoleGuess.of(file);
            assertThat(guess.roles().id()).isEqualTo("id");
            assertThat(guess.roles().time()).isEqualTo("timestamp");
            assertThat(guess.roles().label()).isEqualTo("y");
            assertThat(guess.sentences())
                    .contains("Column 'id' names the rows and is no feature.")
                    .contains("Column 'timestamp' tells the time of the rows and is no feature.");
        }
    }

    @Test
    void leavesNamesThatBelongToFeatures() throws IOException {
        String repeated = "index,time,a\n1.5,3,1\n1.5,1,2\n1.6,2,3\n";
        try (DataFile file = DataFiles.open(text(repeated))) {
            RoleGuess guess = RoleGuess.of(file);
            assertThat(guess.roles().id()).as("an index that repeats").isNull();
            assertThat(guess.roles().time()).as("a time that goes back").isNull();
        }
    }

    @Test
    void keepsSideColumnsOutOfTheFeaturesAndWithTheirRows() throws IOException {
        DataSpec spec = DataSpec.of(text(PUMPS).toString()).withMissing(MissingPolicy.DROP);
        Dataset guessed = DataImport.load(spec).dataset();
        assertThat(guessed.featureNames()).containsExactly("flow", "pressure");
        assertThat(guessed.values().toDoubles()).containsExactly(1, 2, 3, 4, 7, 8);
        assertThat(guessed.rowId(2))
                .as("leading zeros are kept, the third row is gone")
                .isEqualTo("010");
        assertThat(guessed.rowNumber(2)).isEqualTo(3);

        Roles roles = Roles.labelled("table", "y", List.of("1"), List.of("0"))
                .withSide("timestamp", null, List.of("site", "flow", "id"));
        Dataset chosen = DataImport.load(spec.withRoles(roles)).dataset();
        assertThat(chosen.featureNames()).containsExactly("pressure");
        assertThat(chosen.rows()).as("a gap in context drops no row").isEqualTo(4);
        assertThat(chosen.rowId(0)).isEqualTo("2026-01-01");
        assertThat(values(chosen, SideColumn.Role.CONTEXT))
                .containsExactly("north", "south", "north", "south", "1", "3", "", "7", "007", "008", "009", "010");
        assertThat(chosen.select(new int[] {3, 0}).rowId(0)).isEqualTo("2026-01-04");
    }

    @Test
    void takesArraysWithOneValuePerRow() throws IOException {
        Path file = folder.resolve("t.npz");
        try (NpzWriter writer = new NpzWriter(file)) {
            writer.add("X", new float[] {1, 2, 3, 4, 5, 6}, 3, 2)
                    .add("y", new int[] {0, 0, 1}, 3)
                    .add("row_id", new int[] {30, 10, 20}, 3);
        }
        Dataset guessed = DataImport.load(file).dataset();
        assertThat(guessed.rowId(1)).isEqualTo("10");
        assertThat(guessed.features()).isEqualTo(2);

        Roles columns = Roles.labelled("X", "y", List.of("1"), List.of("0")).withSide(null, "row_id", List.of("x1"));
        Dataset chosen =
                DataImport.load(DataSpec.of(file.toString()).withRoles(columns)).dataset();
        assertThat(chosen.featureNames()).containsExactly("x2");
        assertThat(chosen.values().toDoubles()).containsExactly(2, 4, 6);
        assertThat(values(chosen, SideColumn.Role.CONTEXT)).containsExactly("1", "3", "5");
        assertThat(values(chosen, SideColumn.Role.TIME)).containsExactly("30", "10", "20");
    }

    @Test
    void takesASplitColumnOutOfTheFeatures() throws IOException {
        Roles roles = Roles.labelled("table", "y", List.of("1"), List.of("0")).withSplit("part");
        Dataset dataset = DataImport.load(DataSpec.of(text("part,a,b,y\n0.0,1,2,0\n0,3,4,0\n2,5,6,1\n")
                                .toString())
                        .withRoles(roles))
                .dataset();
        assertThat(dataset.featureNames()).containsExactly("a", "b");
        assertThat(dataset.ownSplit().orElseThrow()).containsExactly(Part.TRAIN, Part.TRAIN, Part.TEST);
        assertThat(dataset.sideColumns()).isEmpty();
    }

    @Test
    void joinsTheColumnsOfASecondFile() throws IOException {
        Path first = text(PUMPS.replace("?", "5"));
        Path second = Files.writeString(
                folder.resolve("2.csv"), "id,timestamp,flow,site,pressure,y\n100,2026-02-01,1,east,2,1\n");
        Path longer = Files.writeString(second, Files.readString(second) + "101,2026-02-02,1,east,2,0\n");
        Dataset dataset = DataImport.load(DataSpec.of(first.toString()).withSecondFile(longer.toString()))
                .dataset();
        assertThat(dataset.rows()).isEqualTo(6);
        assertThat(dataset.rowId(4)).isEqualTo("100");
    }

    @Test
    void refusesRolesThatDoNotFit() throws IOException {
        assertThatThrownBy(() -> Roles.unlabelled("table").withSide("a", "a", List.of()))
                .hasMessage("'a' cannot have two roles, id and time. Choose one.");
        assertThatThrownBy(() -> Roles.labelled("X", "y", List.of(), List.of()).withSide(null, null, List.of("y")))
                .hasMessageContaining("label and context");
        DataSpec spec = DataSpec.of(text("a,b\n1,2\n3,4\n").toString());
        assertThatThrownBy(() ->
                        DataImport.load(spec.withRoles(Roles.unlabelled("table").withSide("a", null, List.of("b")))))
                .hasMessageContaining("none is left to train on");
        assertThatThrownBy(() ->
                        DataImport.load(spec.withRoles(Roles.unlabelled("table").withSide("c", null, List.of()))))
                .hasMessageContaining("no column 'c'");
    }

    @Test
    void readsRolesOfOlderRecords() throws IOException {
        Roles old = new com.fasterxml.jackson.databind.ObjectMapper()
                .readValue(
                        "{\"features\":\"X\",\"label\":\"y\",\"labelColumn\":false,\"transpose\":false}", Roles.class);
        assertThat(old.context()).isEmpty();
        assertThat(old.id()).isNull();
    }
}

package org.oddlens.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.sample.Samples;

/** State of the data page, without a window: a queue stands for the UI thread, the test answers for the engine. */
class DataViewModelTest {

    @TempDir
    Path folder;

    private final Queue<Runnable> uiThread = new ArrayDeque<>();
    private final List<CompletableFuture<JsonNode>> inspections = new ArrayList<>();
    private final List<Roles> rolesAsked = new ArrayList<>();
    private final List<String> picturesAsked = new ArrayList<>();
    private final DataViewModel data = new DataViewModel(
            new DataViewModel.Questions() {
                @Override
                public CompletionStage<JsonNode> inspect(DataSpec asked) {
                    inspections.add(new CompletableFuture<>());
                    rolesAsked.add(asked.roles());
                    return inspections.get(inspections.size() - 1);
                }

                @Override
                public CompletionStage<JsonNode> picture(DataSpec asked, String method, long seed) {
                    picturesAsked.add(method);
                    return new CompletableFuture<>();
                }
            },
            uiThread::add);
    private JsonNode moons;

    @BeforeEach
    void inspectASample() throws Exception {
        Path file = Samples.install("two-moons-12d", folder);
        moons = new ObjectMapper().valueToTree(DataInspection.of(DataSpec.of(file.toString())));
    }

    private void turn() {
        while (!uiThread.isEmpty()) {
            uiThread.remove().run();
        }
    }

    @Test
    void showsWhatTheEngineFound() {
        List<Path> opened = new ArrayList<>();
        data.onOpened(opened::add);
        data.open(Path.of("moons.mat"));
        assertThat(data.phaseProperty().get()).isEqualTo(DataViewModel.Phase.READING);
        inspections.get(0).complete(moons);
        turn();
        assertThat(data.phaseProperty().get()).isEqualTo(DataViewModel.Phase.SHOWN);
        assertThat(data.inspectionProperty().get().rows()).isEqualTo(2010);
        assertThat(data.usable()).isTrue();
        assertThat(opened).hasSize(1);
        assertThat(picturesAsked).containsExactly("pca");
    }

    @Test
    void forgetsTheAnswerToAnOlderQuestion() {
        data.open(Path.of("first.mat"));
        data.open(Path.of("second.mat"));
        inspections.get(1).complete(moons);
        inspections.get(0).completeExceptionally(new IllegalStateException("too late"));
        turn();
        assertThat(data.phaseProperty().get()).isEqualTo(DataViewModel.Phase.SHOWN);
        assertThat(data.problemProperty().get()).isEmpty();
    }

    @Test
    void keepsTheSentenceOfAFileThatCannotBeRead() {
        data.open(Path.of("bad.mat"));
        inspections.get(0).completeExceptionally(new IllegalStateException("bad.mat was cut off."));
        turn();
        assertThat(data.phaseProperty().get()).isEqualTo(DataViewModel.Phase.FAILED);
        assertThat(data.problemProperty().get()).isEqualTo("bad.mat was cut off.");
        assertThat(data.usable()).isFalse();
    }

    @Test
    void swapsNormalAndAnomaly() {
        data.open(Path.of("moons.mat"));
        inspections.get(0).complete(moons);
        turn();
        data.swapLabels();
        assertThat(inspections).hasSize(2);
        assertThat(data.phaseProperty().get()).isEqualTo(DataViewModel.Phase.READING);
    }

    /** Opens a table with an id, a time, a text column and a label that the file's text decides. */
    private void openTable(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("pumps.csv"), text);
        data.open(file);
        inspections
                .get(inspections.size() - 1)
                .complete(new ObjectMapper().valueToTree(DataInspection.of(DataSpec.of(file.toString()))));
        turn();
    }

    private static String pumps(String... labels) {
        StringBuilder text = new StringBuilder("id,time,site,flow,pressure,y\n");
        for (int i = 0; i < labels.length; i++) {
            text.append("p%d,%d,s%d,%d,%d.5,%s%n".formatted(i, i, i % 2, i * 3 % 5, i % 4, labels[i]));
        }
        return text.toString();
    }

    private Roles lastAsked() {
        return rolesAsked.get(rolesAsked.size() - 1);
    }

    @Test
    void changesWhatStandsBesideTheFeatures() throws Exception {
        openTable(pumps("0", "0", "0", "1", "0"));
        DataInspection found = data.inspectionProperty().get();
        assertThat(found.data().roles().id()).isEqualTo("id");
        assertThat(found.sides()).contains("id", "time", "site", "flow").doesNotContain("y", "table");
        data.useSide("id", "time", List.of("site"));
        assertThat(lastAsked().context()).containsExactly("site");
        data.useSide("time", "time", List.of());
        assertThat(lastAsked().id()).as("the new id").isEqualTo("time");
        assertThat(lastAsked().time()).as("gives way").isNull();
        data.useMain(Roles.unlabelled("table"));
        assertThat(lastAsked().hasLabel()).isFalse();
        assertThat(lastAsked().id()).as("stays").isEqualTo("id");
        int asked = rolesAsked.size();
        data.useSide("id", "time", List.of());
        assertThat(rolesAsked).as("nothing changed").hasSize(asked);
    }

    @Test
    void offersNoSwapForClassesThatMeanNeitherNormalNorAnomaly() throws Exception {
        openTable(pumps("0", "0", "0", "1", "0"));
        assertThat(data.canSwap()).isTrue();
        openTable(pumps("0", "1", "2", "3", "0", "1", "2", "3"));
        DataInspection found = data.inspectionProperty().get();
        assertThat(found.classCount()).isEqualTo(4);
        assertThat(data.canSwap()).isFalse();
    }

    /** A column without a single value: nothing to fill it with, and no row would be left. */
    @Test
    void leavesAnEmptyColumnOutInsteadOfAllRows() {
        ObjectNode gap = moons.deepCopy();
        gap.put("problem", "moons.mat has 2,010 missing values.");
        ((ObjectNode) gap.get("columns").get(2)).put("missing", 2010);
        data.open(Path.of("moons.mat"));
        inspections.get(0).complete(gap);
        turn();

        assertThat(data.emptyColumns()).containsExactly("x3");
        assertThat(data.canMendMissing()).isFalse();
        assertThat(data.problemProperty().get())
                .isEqualTo("Column x3 is empty: all 2,010 values are missing. Leave it out of the features.");
        assertThat(data.canLeaveOut()).isTrue();

        data.leaveOutEmpty();

        assertThat(lastAsked().context()).containsExactly("x3");
    }

    @Test
    void offersToFillGapsWhereAColumnHasValues() throws Exception {
        openTable("a,b,x3,y\n1,2,7,0\n2,3,,0\n3,1,5,1\n4,4,2,0\n5,5,3,0\n");

        assertThat(data.emptyColumns()).isEmpty();
        assertThat(data.canMendMissing()).isTrue();
    }

    @Test
    void offersNothingAgainstAFileThatCannotBeReadEvenAfterOneWithGaps() throws Exception {
        openTable("a,b,x3,y\n1,2,7,0\n2,3,,0\n3,1,5,1\n4,4,2,0\n5,5,3,0\n");
        List<Boolean> offered = new ArrayList<>();
        data.problemProperty().addListener((property, before, now) -> {
            if (!now.isEmpty()) {
                offered.add(data.canMendMissing());
            }
        });

        data.open(Path.of("not_a_mat.mat"));
        inspections.get(inspections.size() - 1).completeExceptionally(new IllegalStateException("It is no MAT file."));
        turn();

        assertThat(offered).containsExactly(false);
    }

    @Test
    void namesTheFileThatIsReadAndGoesBackWhenItIsCancelled() {
        data.open(Path.of("moons.mat"));
        inspections.get(0).complete(moons);
        turn();
        String before = data.inspectionProperty().get().file();

        data.open(Path.of("/wide/windows_3d.npy"));
        assertThat(data.fileProperty().get()).isEqualTo("/wide/windows_3d.npy");
        data.cancel();

        assertThat(data.phaseProperty().get()).isEqualTo(DataViewModel.Phase.SHOWN);
        assertThat(data.fileProperty().get()).isEqualTo(before);
        inspections.get(1).completeExceptionally(new IllegalStateException("too late"));
        turn();
        assertThat(data.problemProperty().get()).isEmpty();
        assertThat(data.phaseProperty().get()).isEqualTo(DataViewModel.Phase.SHOWN);
    }

    @Test
    void opensAnotherFileWhileOneIsRead() {
        data.open(Path.of("wide.npy"));
        data.open(Path.of("moons.mat"));
        assertThat(data.fileProperty().get()).isEqualTo("moons.mat");

        inspections.get(1).complete(moons);
        turn();

        assertThat(data.inspectionProperty().get().rows()).isEqualTo(2010);
    }

    @Test
    void readsTheFileOnceMoreAfterTheEngineDied() {
        data.open(Path.of("moons.mat"));
        inspections.get(0).completeExceptionally(new IllegalStateException("The engine process ended unexpectedly."));
        turn();

        data.again();
        inspections.get(1).complete(moons);
        turn();

        assertThat(data.usable()).isTrue();
    }
}

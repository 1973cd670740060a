package org.oddlens.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.text.Text;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.app.chart.LatentScatter;
import org.oddlens.app.fx.FxScreen;
import org.oddlens.app.fx.Theme;
import org.oddlens.app.fx.UiThread;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.study.DataInspection;

/** The data page, with an engine that answers when the test says so. */
class DataPageTest {

    private static final String ADVICE =
            "Convert it in Python: d = dict(np.load('f.npz')); np.savez('converted.npz', **d)";

    private static final int WIDE = 20_000;

    @TempDir
    Path folder;

    private final FxScreen screen = new FxScreen();
    private CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    private DataViewModel model;
    private DataPage page;

    @BeforeEach
    void show() {
        model = screen.call(() -> new DataViewModel(
                new DataViewModel.Questions() {
                    @Override
                    public CompletionStage<JsonNode> inspect(DataSpec asked) {
                        answer = new CompletableFuture<>();
                        return answer;
                    }

                    @Override
                    public CompletionStage<JsonNode> picture(DataSpec asked, String method, long seed) {
                        return new CompletableFuture<>();
                    }
                },
                UiThread.soon()));
        page = screen.show(
                Theme.LIGHT, 900, 560, () -> new DataPage(model, new LatentScatter(Runnable::run, UiThread.soon())));
    }

    @AfterEach
    void close() {
        screen.close();
        assertThat(screen.cssWarnings()).isEmpty();
    }

    private void open(String name, String text) throws Exception {
        open(name, text, found -> {});
    }

    private void open(String name, String text, Consumer<ObjectNode> change) throws Exception {
        Path file = Files.writeString(folder.resolve(name), text);
        screen.run(() -> model.open(file));
        ObjectNode found = new ObjectMapper().valueToTree(DataInspection.of(DataSpec.of(file.toString())));
        change.accept(found);
        answer.complete(found);
        screen.until("shown", () -> model.phaseProperty().get() != DataViewModel.Phase.READING);
        screen.settle();
    }

    private String words() {
        return screen.call(() -> page.lookupAll(".label").stream()
                .filter(DataPageTest::seen)
                .map(node -> ((Labeled) node).getText())
                .collect(Collectors.joining("\n")));
    }

    private boolean offered(String id) {
        return screen.call(() -> seen(page.lookup(id)));
    }

    private static boolean seen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node != null;
    }

    @Test
    void showsPythonAsItIsWritten() {
        screen.run(() -> model.open(Path.of("pickled.npz")));
        answer.completeExceptionally(new IllegalStateException(ADVICE));
        screen.until("failed", () -> model.phaseProperty().get() == DataViewModel.Phase.FAILED);

        assertThat(words()).contains("**d)");
        assertThat(offered("#drop-missing")).isFalse();
        assertThat(offered("#read-again")).isTrue();
    }

    @Test
    void namesTheFileBeingReadWithAWayBack() throws Exception {
        open("pumps.csv", "flow,pressure,y\n1,2,0\n2,3,0\n3,1,1\n4,4,0\n5,5,0\n");

        screen.run(() -> model.open(Path.of("/wide/windows_3d.npy")));
        assertThat(words()).contains("windows_3d.npy").contains("Reading…").doesNotContain("pumps.csv");
        assertThat(((TableView<?>) page.lookup("#columns-table")).getItems())
                .as("columns of the file before")
                .isEmpty();
        assertThat(offered("#cancel-reading")).isTrue();
        screen.run(() -> model.cancel());

        assertThat(((TableView<?>) page.lookup("#columns-table")).getItems()).hasSize(2);
        assertThat(words()).contains("pumps.csv").doesNotContain("Reading…");
        assertThat(offered("#cancel-reading")).isFalse();
    }

    @Test
    void writesEveryNumberOfAColumnWhole() throws Exception {
        open("pumps.csv", "flow,pressure\n-0.08146,0.00001234\n-0.08146,0.00001234\n-0.08147,-1234567\n");
        screen.run(() -> page.getScene().getWindow().setWidth(1600)); // all columns in sight
        screen.settle();

        List<String> seen = screen.call(() -> page.lookup("#columns-table").lookupAll(".table-cell .text").stream()
                .map(text -> ((Text) text).getText())
                .filter(text -> !text.isEmpty())
                .toList());
        assertThat(seen).contains("−0.08146", "1.234e−5", "−1.235e6").noneMatch(text -> text.contains("…"));
    }

    /** Boxes that offer each column as id, time and context must not measure each. */
    @Test
    void showsThousandsOfColumnsAtOnce() throws Exception {
        String names = IntStream.rangeClosed(1, WIDE).mapToObj(j -> "c" + j).collect(Collectors.joining(","));
        String row = IntStream.rangeClosed(1, WIDE).mapToObj(j -> j % 7 + ".5").collect(Collectors.joining(","));
        long before = uiThreadNanos();

        open("wide.csv", names + "\n" + row + "\n" + row.replace('3', '2') + "\n");

        assertThat(words()).contains("2 rows × 20,000 features");
        assertThat(Duration.ofNanos(uiThreadNanos() - before)).isLessThan(Duration.ofSeconds(2));
    }

    private long uiThreadNanos() {
        return screen.call(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }

    @Test
    void offersToLeaveAnEmptyColumnOut() throws Exception {
        open("pumps.csv", "flow,pressure,x3,y\n1,2,3,0\n2,3,4,0\n3,1,4,1\n4,4,4,0\n5,5,4,0\n", found -> {
            found.put("problem", "pumps.csv has 5 missing values.");
            ((ObjectNode) found.get("columns").get(2)).put("missing", 5);
        });

        assertThat(words()).contains("Column x3 is empty");
        assertThat(offered("#leave-out")).isTrue();
        assertThat(offered("#drop-missing")).isFalse();
        assertThat(offered("#impute-missing")).isFalse();
    }

    @Test
    void makesRoomForTheNamesOfColumns() throws Exception {
        open("pumps.csv", "temperature_of_the_bearing,pressure,y\n1,2.25,0\n2,3.5,0\n3,1,1\n4,4,0\n12.96,5,0\n");
        TableView<?> columns = screen.call(() -> (TableView<?>) page.lookup("#columns-table"));

        assertThat(screen.call(() -> columns.getColumns().get(0).getWidth())).isGreaterThan(150);
    }

    @Test
    void writesTheNumbersOfAStatisticAlike() throws Exception {
        open("pumps.csv", "flow,pressure,y\n12,2.25,0\n12,3.5,0\n12.96,1,1\n4,4,0\n5,5,0\n");
        TableView<?> columns = screen.call(() -> (TableView<?>) page.lookup("#columns-table"));

        List<Object> largest = screen.call(() -> List.<Object>of(
                columns.getColumns().get(5).getCellData(0),
                columns.getColumns().get(5).getCellData(1)));

        assertThat(largest).containsExactly("12.96", "5.000");
    }

    @Test
    void saysHowFeaturesWithASingleValueInTrainingAreScaled() throws Exception {
        open("pumps.csv", "flow,pressure,y\n1,2,0\n2,3,0\n3,1,1\n4,4,0\n5,5,0\n");

        assertThat(words()).contains("Features with a single value in the training rows are scaled to");
    }
}

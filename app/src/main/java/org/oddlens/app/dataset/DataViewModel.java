package org.oddlens.app.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.oddlens.app.chart.NumberText;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.MissingPolicy;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.engine.study.DataPicture;

/** State of the data page. Knows no control. UI thread only; the engine looks into the file. */
public final class DataViewModel {

    /** Where the page stands. */
    public enum Phase {
        EMPTY,
        READING,
        SHOWN,
        FAILED
    }

    /** The questions this page asks the engine; answers come on any thread. */
    public interface Questions {
        /** What a file holds; the answer is a {@code DataInspection} as JSON. */
        CompletionStage<JsonNode> inspect(DataSpec data);

        /** A data set in two dimensions; the answer is a {@code DataPicture} as JSON. */
        CompletionStage<JsonNode> picture(DataSpec data, String method, long seed);
    }

    private static final long PICTURE_SEED = 42;
    private static final int NAMED = 5;

    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.EMPTY);
    private final ReadOnlyObjectWrapper<DataInspection> inspection = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<DataPicture> picture = new ReadOnlyObjectWrapper<>();
    private final StringProperty problem = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper file = new ReadOnlyStringWrapper("");
    private final StringProperty pictureMethod = new SimpleStringProperty("pca");
    private final Questions engine;
    private final Executor uiThread;
    private final ObjectMapper mapper = new ObjectMapper();
    private Consumer<Path> onOpened = file -> {};
    private DataSpec asked;
    private long question;

    /**
     * @param uiThread runs a task later on the UI thread
     */
    public DataViewModel(Questions engine, Executor uiThread) {
        this.engine = engine;
        this.uiThread = uiThread;
        pictureMethod.addListener((property, before, now) -> askForPicture());
    }

    /** Told of each file that could be opened. */
    public void onOpened(Consumer<Path> listener) {
        onOpened = listener;
    }

    /** Opens a file with the guessed roles. */
    public void open(Path file) {
        ask(DataSpec.of(file.toString()));
    }

    /** Reads the same file with other features or another label; what stands beside them stays where it can. */
    public void useMain(Roles main) {
        Roles now = roles();
        boolean sameRows = now.features().equals(main.features());
        ask(asked.withRoles(
                sameRows
                        ? main.withSide(
                                free(main, now.id()),
                                free(main, now.time()),
                                now.context().stream()
                                        .filter(name -> !main.names(name))
                                        .toList())
                        : main));
    }

    private static String free(Roles main, String name) {
        return name == null || main.names(name) ? null : name;
    }

    /** Reads the same file with other columns beside the features; a column that gets a role loses the one it had. */
    public void useSide(String id, String time, List<String> context) {
        Roles now = roles();
        String keptId =
                Objects.equals(id, now.id()) && id != null && (id.equals(time) || context.contains(id)) ? null : id;
        String keptTime =
                Objects.equals(time, now.time()) && time != null && (time.equals(keptId) || context.contains(time))
                        ? null
                        : time;
        List<String> keptContext = context.stream()
                .filter(name -> !name.equals(keptId) && !name.equals(keptTime))
                .toList();
        Roles wished = now.withSide(keptId, keptTime, keptContext);
        if (!wished.equals(now)) {
            ask(asked.withRoles(wished));
        }
    }

    private Roles roles() {
        DataInspection shown = inspection.get();
        if (shown != null && shown.data() != null) {
            return shown.data().roles();
        }
        return asked.roles() == null ? shown.guessed() : asked.roles();
    }

    /** Whether normal and anomaly can be turned round: the label's values are mapped to them, not classes only. */
    public boolean canSwap() {
        DataInspection shown = inspection.get();
        return shown != null
                && shown.data() != null
                && shown.data().roles().hasLabel()
                && !(shown.data().roles().anomalyValues().isEmpty()
                        && shown.data().roles().normalValues().isEmpty());
    }

    /** Decides about missing values. */
    public void useMissing(MissingPolicy policy) {
        ask(inspection.get().data().withMissing(policy));
    }

    /** Opens data as a run had them. */
    public void openAs(DataSpec data) {
        ask(data);
    }

    /** Opens data as a run had them, with the label map turned round. */
    public void openSwapped(DataSpec data) {
        Roles roles = data.roles();
        ask(data.withRoles(roles.withValues(roles.normalValues(), roles.anomalyValues())));
    }

    /** Turns the label map round. */
    public void swapLabels() {
        Roles roles = inspection.get().data().roles();
        ask(asked.withRoles(roles.withValues(roles.normalValues(), roles.anomalyValues())));
    }

    private void ask(DataSpec data) {
        long mine = ++question;
        asked = data;
        file.set(data.file());
        phase.set(Phase.READING);
        problem.set("");
        picture.set(null);
        engine.inspect(data)
                .whenComplete((answer, failure) -> uiThread.execute(() -> {
                    if (mine == question) {
                        if (failure == null) {
                            show(read(answer, DataInspection.class));
                        } else {
                            fail(failure.getMessage());
                        }
                    }
                }));
    }

    /** Thinks better of the file that is being read: what was open before is shown again, if anything was. */
    public void cancel() {
        if (phase.get() != Phase.READING) {
            return;
        }
        question++;
        DataInspection before = inspection.get();
        if (before == null) {
            file.set("");
            phase.set(Phase.EMPTY);
        } else {
            file.set(before.file());
            show(before);
        }
    }

    /** Reads the same file once more, after a failure. */
    public void again() {
        if (asked != null) {
            ask(asked);
        }
    }

    private void show(DataInspection found) {
        inspection.set(found);
        problem.set(problem(found));
        if (found.data() == null) {
            phase.set(Phase.FAILED);
            return;
        }
        asked = found.data();
        phase.set(Phase.SHOWN);
        onOpened.accept(Path.of(found.file()));
        askForPicture();
    }

    private String problem(DataInspection found) {
        if (found.problem() == null || emptyColumns().isEmpty()) {
            return found.problem() == null ? "" : found.problem();
        }
        List<String> empty = emptyColumns();
        String named = String.join(", ", empty.subList(0, Math.min(NAMED, empty.size())))
                + (empty.size() > NAMED ? " and " + (empty.size() - NAMED) + " more" : "");
        return (empty.size() == 1 ? "Column " + named + " is empty" : "The columns " + named + " are empty")
                + ": all " + NumberText.count(found.rows()) + " values are missing. "
                + (canLeaveOut() ? "Leave it out of the features." : "Take it out of the file, then open it again.");
    }

    private void fail(String sentence) {
        inspection.set(null); // first: what is offered against a problem depends on what was found
        problem.set(sentence);
        phase.set(Phase.FAILED);
    }

    private void askForPicture() {
        DataInspection shown = inspection.get();
        if (shown == null || shown.data() == null) {
            return;
        }
        long mine = question;
        // A picture of a file with gaps is worth more than none; the run itself still asks what to do with them.
        DataSpec data = shown.problem() == null ? shown.data() : shown.data().withMissing(MissingPolicy.IMPUTE);
        engine.picture(data, pictureMethod.get(), PICTURE_SEED)
                .whenComplete((answer, failure) -> uiThread.execute(() -> {
                    if (mine == question && failure == null) {
                        picture.set(read(answer, DataPicture.class));
                    }
                }));
    }

    private <T> T read(JsonNode answer, Class<T> type) {
        return mapper.convertValue(answer, type);
    }

    public ReadOnlyObjectProperty<Phase> phaseProperty() {
        return phase.getReadOnlyProperty();
    }

    /** What was found; null while nothing is open. */
    public ReadOnlyObjectProperty<DataInspection> inspectionProperty() {
        return inspection.getReadOnlyProperty();
    }

    /** The data in two dimensions; null until the engine has computed it. */
    public ReadOnlyObjectProperty<DataPicture> pictureProperty() {
        return picture.getReadOnlyProperty();
    }

    /** Path of the file that is shown, or being read; empty before the first. */
    public ReadOnlyStringProperty fileProperty() {
        return file.getReadOnlyProperty();
    }

    /** Whether rows with missing values can be dropped, or their gaps filled, so that a run can start. */
    public boolean canMendMissing() {
        DataInspection shown = inspection.get();
        return phase.get() != Phase.READING
                && shown != null
                && shown.data() != null
                && shown.problem() != null
                && emptyColumns().isEmpty();
    }

    /** Columns in which every value is missing: no row would be left, and there is nothing to fill them with. */
    public List<String> emptyColumns() {
        DataInspection shown = inspection.get();
        if (shown == null || shown.data() == null || shown.problem() == null) {
            return List.of();
        }
        return shown.columns().stream()
                .filter(column -> column.missing() >= shown.rows())
                .map(DataInspection.Column::name)
                .toList();
    }

    /** Whether the empty columns can be taken out of the features here. */
    public boolean canLeaveOut() {
        List<String> empty = emptyColumns();
        return !empty.isEmpty() && inspection.get().sides().containsAll(empty);
    }

    /** Makes the empty columns context, which is no feature. */
    public void leaveOutEmpty() {
        List<String> context = new ArrayList<>(roles().context());
        context.addAll(emptyColumns());
        useSide(roles().id(), roles().time(), context);
    }

    /** Sentence that says what stands in the way, or empty. */
    public StringProperty problemProperty() {
        return problem;
    }

    /** {@code pca} or {@code mds}. */
    public StringProperty pictureMethodProperty() {
        return pictureMethod;
    }

    /** Whether a run can start on these data. */
    public boolean usable() {
        return phase.get() == Phase.SHOWN && problem.get().isEmpty();
    }

    /** Arrays that could hold the label. */
    public List<String> labelCandidates() {
        DataInspection shown = inspection.get();
        if (shown == null) {
            return List.of();
        }
        return shown.arrays().stream()
                .filter(array -> array.reason() == null || array.reason().isEmpty())
                .map(DataInspection.Array::name)
                .filter(name -> shown.data() == null
                        || !name.equals(shown.data().roles().features()))
                .toList();
    }
}

package org.oddlens.app.setup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.ValueCount;
import org.oddlens.engine.detector.DataShape;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.NetworkShape;
import org.oddlens.engine.detector.SharedHyperparameters;
import org.oddlens.engine.param.InvalidValuesException;
import org.oddlens.engine.param.Preset;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.engine.study.RunEstimate;
import org.oddlens.engine.study.RunPlan;
import org.oddlens.engine.threshold.ThresholdException;
import org.oddlens.engine.threshold.ThresholdSpec;

/** What the next run will be. Knows no control; computes the network's shape without training anything. */
public final class SetupViewModel {

    /** Choice of a scaler that leaves it to the preset. */
    public static final String PRESET_SCALER = "as the preset says";

    private static final String FALLBACK_SCALER = "min-max";

    private final DetectorRegistry registry;
    private final ObjectProperty<DetectorProvider> detector = new SimpleObjectProperty<>();
    private final ObjectProperty<Preset> preset = new SimpleObjectProperty<>();
    private final ObjectProperty<Values> values = new SimpleObjectProperty<>();
    private final StringProperty protocol = new SimpleStringProperty();
    private final StringProperty scaler = new SimpleStringProperty(PRESET_SCALER);
    private final StringProperty threshold = new SimpleStringProperty(ThresholdSpec.DEFAULT.format());
    private final StringProperty chosenClass = new SimpleStringProperty("");
    private final StringProperty seed = new SimpleStringProperty("42");
    private final ObjectProperty<DataInspection> data = new SimpleObjectProperty<>();
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final BooleanProperty reading = new SimpleBooleanProperty();
    private final ReadOnlyStringWrapper shape = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Map<String, String>> problems = new ReadOnlyObjectWrapper<>(Map.of());
    private final ReadOnlyStringWrapper obstacle = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper command = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Loaded> loaded = new ReadOnlyObjectWrapper<>();
    private RunSpec wanted;

    public SetupViewModel(DetectorRegistry registry) {
        this.registry = registry;
        detector.addListener((p, before, now) -> forgetValues());
        for (ObjectProperty<?> property : List.of(detector, preset, values, data)) {
            property.addListener((p, before, now) -> refresh());
        }
        reading.addListener((p, before, now) -> refresh());
        for (StringProperty property : List.of(protocol, scaler, threshold, seed, chosenClass)) {
            property.addListener((p, before, now) -> refresh());
        }
        data.addListener((p, before, now) -> {
            protocol.set(now == null ? null : now.protocol());
            takeWhatDependsOnData();
        });
        refresh();
    }

    /** Whether the chosen protocol asks for a label value. */
    public boolean needsClass() {
        return ProtocolSpec.ONE_CLASS.equals(protocol.get()) || ProtocolSpec.ONE_ANOMALOUS.equals(protocol.get());
    }

    /** Label values of the data, as far as they are listed. */
    public List<String> classes() {
        return data.get() == null
                ? List.of()
                : data.get().classes().stream().map(ValueCount::value).toList();
    }

    /** Rows with a label value. */
    public int rowsOf(String value) {
        return data.get() == null
                ? 0
                : data.get().classes().stream()
                        .filter(known -> known.value().equals(value))
                        .mapToInt(ValueCount::rows)
                        .findFirst()
                        .orElse(0);
    }

    private List<String> chosenClasses() {
        String text = chosenClass.get().strip();
        return ProtocolSpec.ONE_CLASS.equals(protocol.get()) ? List.of(text.split("\\s*,\\s*")) : List.of(text);
    }

    /** A class that no row has would fail the run only after it has begun. */
    private String unknownClass() {
        boolean allListed = data.get().classCount() == data.get().classes().size();
        for (String value : chosenClasses()) {
            if (allListed && rowsOf(value) == 0) {
                return "No row has the class '" + value + "'. Choose one under Evaluation: "
                        + String.join(
                                ", ",
                                classes().subList(0, Math.min(12, classes().size())))
                        + (classes().size() > 12 ? ", …" : "") + ".";
            }
        }
        return "";
    }

    private ProtocolSpec protocolSpec() {
        ProtocolSpec plain = ProtocolSpec.of(protocol.get());
        return switch (protocol.get()) {
            case ProtocolSpec.ONE_CLASS -> plain.withNormalClasses(chosenClasses());
            case ProtocolSpec.ONE_ANOMALOUS -> plain.withAnomalousClass(
                    chosenClasses().get(0));
            default -> plain;
        };
    }

    /** Values of another detector mean nothing to this one; the form of the new one brings its own. */
    private void forgetValues() {
        values.unbind();
        preset.unbind();
        values.set(null);
        preset.set(null);
    }

    private void refresh() {
        Map<String, String> found = new LinkedHashMap<>();
        String text = "";
        DataInspection shown = data.get();
        if (detector.get() != null && values.get() != null && shown != null && shown.data() != null) {
            try {
                NetworkShape network = detector.get()
                        .shape(values.get(), new DataShape(shown.rowShape(), effectiveScaler(), trainRows()));
                text = new NetworkWords(network, shown.features())
                        .text(estimate(network, shown).sentences());
            } catch (InvalidValuesException e) {
                found.putAll(e.problems());
            }
        }
        shape.set(text);
        problems.set(found);
        obstacle.set(whatIsMissing(found));
        command.set(prefix());
    }

    /** What the run will take; the engine may use as much memory as this process. */
    private RunEstimate estimate(NetworkShape network, DataInspection shown) {
        boolean trained = values.get().texts().containsKey(SharedHyperparameters.EPOCHS.key());
        return RunEstimate.of(
                network,
                shown.features(),
                trainRows(),
                shown.rows(),
                trained ? values.get().get(SharedHyperparameters.EPOCHS) : 0,
                Runtime.getRuntime().maxMemory());
    }

    private String whatIsMissing(Map<String, String> found) {
        if (reading.get()) {
            return "The data file is being read…";
        }
        if (data.get() == null) {
            return "Open a data file first.";
        }
        if (data.get().data() == null) {
            return "These data cannot be used as they are; see the data page.";
        }
        if (data.get().problem() != null) {
            return "Decide about the missing values first.";
        }
        if (detector.get() == null) {
            return "Choose a detector.";
        }
        if (!found.isEmpty()) {
            return "Fix the marked hyperparameters.";
        }
        if (needsClass() && chosenClass.get().isBlank()) {
            return "The protocol " + protocol.get() + " needs a class: choose the label value that is "
                    + (ProtocolSpec.ONE_CLASS.equals(protocol.get()) ? "normal" : "anomalous") + " under Evaluation.";
        }
        if (needsClass() && !unknownClass().isEmpty()) {
            return unknownClass();
        }
        if (!seed.get().strip().matches("-?\\d{1,18}")) {
            return "The seed must be a whole number, not '" + seed.get() + "'.";
        }
        try {
            ThresholdSpec.parse(threshold.get());
        } catch (ThresholdException e) {
            return e.getMessage();
        }
        return "";
    }

    private String effectiveScaler() {
        if (!PRESET_SCALER.equals(scaler.get())) {
            return scaler.get();
        }
        return preset.get() == null ? FALLBACK_SCALER : preset.get().scaler().orElse(FALLBACK_SCALER);
    }

    private int trainRows() {
        return data.get().protocols().stream()
                .filter(known -> known.id().equals(protocol.get()))
                .mapToInt(DataInspection.Protocol::train)
                .findFirst()
                .orElse(0);
    }

    private String prefix() {
        if (detector.get() == null) {
            return "./oddlens train";
        }
        StringBuilder line = new StringBuilder("./oddlens train");
        if (data.get() != null) {
            line.append(" --data ").append(quoted(data.get().file()));
            line.append(new RoleWords(data.get()).flags());
            if (data.get().data() != null && !data.get().data().leftOut().isEmpty()) {
                line.append(" --leave-out ")
                        .append(quoted(String.join(",", data.get().data().leftOut())));
            }
        }
        line.append(" --detector ").append(detector.get().descriptor().id());
        if (preset.get() != null && !preset.get().id().equals("default")) {
            line.append(" --preset ").append(preset.get().id());
        }
        if (data.get() != null
                && protocol.get() != null
                && !protocol.get().equals(data.get().protocol())) {
            line.append(" --protocol ").append(protocol.get());
        }
        if (data.get() != null && needsClass() && !chosenClass.get().isBlank()) {
            line.append(ProtocolSpec.ONE_CLASS.equals(protocol.get()) ? " --normal-classes " : " --anomalous-class ")
                    .append(quoted(chosenClass.get().strip()));
        }
        if (!PRESET_SCALER.equals(scaler.get())) {
            line.append(" --scaler ").append(scaler.get());
        }
        if (!threshold.get().equals(ThresholdSpec.DEFAULT.format())) {
            line.append(" --threshold ").append(threshold.get());
        }
        if (!seed.get().strip().equals("42")) {
            line.append(" --seed ").append(seed.get().strip());
        }
        return line.toString();
    }

    static String quoted(String file) {
        return file.matches("[\\w./:+-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
    }

    /** Values for the form, as a run had them. */
    public record Loaded(String preset, Map<String, String> texts) {}

    /**
     * Sets everything up as a run was; what depends on the data waits until they are open.
     *
     * @return what the form cannot hold, as a sentence after a space; empty if it holds all
     */
    public String load(RunSpec run) {
        detector.set(registry.get(run.detector()));
        Map<String, String> texts = new LinkedHashMap<>();
        run.hyperparameters().forEach((key, value) -> texts.put(key, RunPlan.text(value)));
        loaded.set(new Loaded(run.preset(), texts));
        scaler.set(run.scaler());
        threshold.set(run.threshold());
        seed.set(Long.toString(run.seed()));
        wanted = run;
        takeWhatDependsOnData();
        return new UnheldSettings(run).sentence();
    }

    private void takeWhatDependsOnData() {
        if (wanted != null
                && data.get() != null
                && wanted.data().file().equals(data.get().file())) {
            ProtocolSpec split = wanted.protocol();
            wanted = null;
            protocol.set(split.id());
            chosenClass.set(
                    split.anomalousClass() != null ? split.anomalousClass() : String.join(", ", split.normalClasses()));
        }
    }

    /** Values that the form is to show; null before the first. */
    public ReadOnlyObjectProperty<Loaded> loadedProperty() {
        return loaded.getReadOnlyProperty();
    }

    /** The specification of the next run; only valid while {@link #obstacleProperty} is empty. */
    public RunSpec spec() {
        long number = Long.parseLong(seed.get().strip());
        return new RunSpec(
                data.get().data(),
                protocolSpec().withSplitSeed(number),
                effectiveScaler(),
                detector.get().descriptor().id(),
                preset.get() == null ? "default" : preset.get().id(),
                values.get().json(),
                ThresholdSpec.parse(threshold.get()).format(),
                number,
                "cpu",
                RunPlan.DEFAULT_EXECUTOR,
                1);
    }

    /** Whether a run trains, so that no other can start. */
    public BooleanProperty busyProperty() {
        return busy;
    }

    /** Whether a data file is being read. */
    public BooleanProperty readingProperty() {
        return reading;
    }

    public List<DetectorProvider> detectors() {
        return registry.all();
    }

    public ObjectProperty<DetectorProvider> detectorProperty() {
        return detector;
    }

    public ObjectProperty<Preset> presetProperty() {
        return preset;
    }

    public ObjectProperty<Values> valuesProperty() {
        return values;
    }

    public ObjectProperty<DataInspection> dataProperty() {
        return data;
    }

    public StringProperty protocolProperty() {
        return protocol;
    }

    public StringProperty scalerProperty() {
        return scaler;
    }

    public StringProperty thresholdProperty() {
        return threshold;
    }

    /** Label value that a protocol with a chosen class asks for; several normal ones are separated by commas. */
    public StringProperty chosenClassProperty() {
        return chosenClass;
    }

    public StringProperty seedProperty() {
        return seed;
    }

    /** Widths and parameter count, and what is out of the ordinary about the run in sentences; or empty. */
    public ReadOnlyStringProperty shapeProperty() {
        return shape.getReadOnlyProperty();
    }

    /** Sentences by hyperparameter that only the data reveal. */
    public ReadOnlyObjectProperty<Map<String, String>> problemsProperty() {
        return problems.getReadOnlyProperty();
    }

    /** Why no run can start, empty if one can. */
    public ReadOnlyStringProperty obstacleProperty() {
        return obstacle.getReadOnlyProperty();
    }

    /** Beginning of the command line that does the same run. */
    public ReadOnlyStringProperty commandProperty() {
        return command.getReadOnlyProperty();
    }
}

package org.oddlens.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.ProtocolSpec;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Values;
import org.oddlens.engine.run.RunSpec;
import org.oddlens.engine.study.DataInspection;
import org.oddlens.sample.Samples;

/** What the next run will be, without a window. */
class SetupViewModelTest {

    @TempDir
    Path folder;

    private final DetectorRegistry registry = DetectorRegistry.installed();
    private final SetupViewModel setup = new SetupViewModel(registry);
    private final DetectorProvider memae = registry.get("memae");
    private Path file;

    @BeforeEach
    void installASample() throws Exception {
        file = Samples.install("two-moons-12d", folder);
    }

    private void choose(DetectorProvider detector, Map<String, String> changed) {
        setup.detectorProperty().set(detector);
        setup.presetProperty().set(detector.descriptor().presets().get(0));
        Map<String, String> texts = new LinkedHashMap<>();
        for (Hyperparameter<?> declared : detector.descriptor().hyperparameters()) {
            texts.put(declared.key(), declared.defaultText());
        }
        texts.putAll(changed);
        setup.valuesProperty().set(Values.parse(detector.descriptor().hyperparameters(), texts));
    }

    private void open() {
        setup.dataProperty().set(DataInspection.of(DataSpec.of(file.toString())));
    }

    @Test
    void asksForDataFirst() {
        choose(memae, Map.of());
        assertThat(setup.obstacleProperty().get()).isEqualTo("Open a data file first.");
        open();
        assertThat(setup.obstacleProperty().get()).isEmpty();
    }

    @Test
    void tellsTheShapeOfTheNetwork() {
        choose(memae, Map.of());
        open();
        assertThat(setup.shapeProperty().get())
                .startsWith("12 → ")
                .contains("parameters")
                .contains("of them memory");
    }

    /** Rows of 22,000 numbers: the first layer has 512 times as many parameters, and its mirror likewise. */
    @Test
    void tellsBeforeTrainingWhatAWideRunWillTake() throws IOException {
        String line = IntStream.range(0, 22_000).mapToObj(i -> i % 7 + ".5").collect(Collectors.joining(","));
        file = Files.writeString(folder.resolve("wide.csv"), (line + "\n" + line.replace("5", "6") + "\n").repeat(4));
        choose(registry.get("autoencoder"), Map.of());
        open();
        assertThat(setup.shapeProperty().get())
                .contains("⚠ The network has ")
                .contains(", because a row has 21,999 numbers")
                .contains("Leave out columns");
        assertThat(setup.obstacleProperty().get()).isEmpty();
    }

    @Test
    void isSilentAboutAnOrdinaryRun() {
        choose(registry.get("autoencoder"), Map.of());
        open();
        assertThat(setup.shapeProperty().get()).doesNotContain("⚠");
    }

    @Test
    void spellsTheCommandThatMakesTheSameRun() {
        choose(memae, Map.of());
        open();
        setup.protocolProperty().set("transductive");
        setup.scalerProperty().set("z-score");
        setup.seedProperty().set("7");
        assertThat(setup.commandProperty().get())
                .startsWith("./oddlens train --data ")
                .contains(" --detector memae")
                .contains(" --protocol transductive")
                .contains(" --scaler z-score")
                .endsWith(" --seed 7");
    }

    @Test
    void spellsTheFeaturesThatAreLeftOut() {
        choose(memae, Map.of());
        setup.dataProperty().set(DataInspection.of(DataSpec.of(file.toString()).withLeftOut(List.of("x3", "x5"))));

        assertThat(setup.commandProperty().get()).contains(" --leave-out 'x3,x5' --detector memae");
    }

    @Test
    void refusesASeedAndAThresholdThatMeanNothing() {
        choose(memae, Map.of());
        open();
        setup.seedProperty().set("lucky");
        assertThat(setup.obstacleProperty().get()).isEqualTo("The seed must be a whole number, not 'lucky'.");
        setup.seedProperty().set("1");
        setup.thresholdProperty().set("percentile:1000");
        assertThat(setup.obstacleProperty().get()).isNotBlank();
    }

    @Test
    void forgetsTheValuesOfAnotherDetector() {
        choose(memae, Map.of());
        open();
        setup.detectorProperty().set(registry.get("autoencoder"));
        assertThat(setup.valuesProperty().get()).isNull();
        assertThat(setup.shapeProperty().get()).isEmpty();
    }

    @Test
    void writesEveryDefaultIntoTheSpecification() {
        choose(memae, Map.of("epochs", "3"));
        open();
        RunSpec spec = setup.spec();
        assertThat(spec.detector()).isEqualTo("memae");
        assertThat(spec.seed()).isEqualTo(42);
        assertThat(spec.data().file()).isEqualTo(file.toString());
        assertThat(spec.hyperparameters())
                .hasSize(memae.descriptor().hyperparameters().size())
                .containsEntry("epochs", 3);
    }

    private DataInspection digits(Roles roles) throws IOException {
        StringBuilder text = new StringBuilder("id,site,a,b,y\n");
        for (int i = 0; i < 40; i++) {
            text.append("r%d,s%d,%d,%d,%d%n".formatted(i, i % 2, i * 7 % 11, i * 5 % 13, i % 4));
        }
        Path table = Files.writeString(folder.resolve("digits.csv"), text);
        return DataInspection.of(DataSpec.of(table.toString()).withRoles(roles));
    }

    @Test
    void offersTheClassesOfTheLabel() throws IOException {
        choose(memae, Map.of());
        setup.dataProperty().set(digits(null));
        assertThat(setup.protocolProperty().get()).isEqualTo("one-class");
        assertThat(setup.classes()).containsExactly("0", "1", "2", "3");
        assertThat(setup.rowsOf("3")).isEqualTo(10);
        assertThat(setup.obstacleProperty().get()).contains("choose the label value that is normal");
        setup.chosenClassProperty().set("7");
        assertThat(setup.obstacleProperty().get())
                .isEqualTo("No row has the class '7'. Choose one under Evaluation: 0, 1, 2, 3.");
        setup.chosenClassProperty().set("0, 3");
        assertThat(setup.obstacleProperty().get()).isEmpty();
        assertThat(setup.spec().protocol().normalClasses()).containsExactly("0", "3");
        assertThat(setup.dataProperty().get().protocols())
                .extracting(DataInspection.Protocol::id)
                .contains("one-class", "one-anomalous");
    }

    @Test
    void spellsTheRolesThatWereChosenByHand() throws IOException {
        choose(memae, Map.of());
        setup.dataProperty().set(digits(null));
        assertThat(setup.commandProperty().get()).doesNotContain("--id").doesNotContain("--label");
        Roles guess = setup.dataProperty().get().guessed();
        setup.dataProperty().set(digits(guess.withSide(null, null, List.of("site", "a"))));
        assertThat(setup.commandProperty().get()).contains(" --id none --context 'site,a'");
        setup.dataProperty().set(digits(Roles.unlabelled("table").withSideOf(guess)));
        assertThat(setup.commandProperty().get()).contains(" --label none").doesNotContain("--id");
    }

    /** 60 rows, 12 of them anomalies: 24 normal ones train by default, all rows in the transductive protocol. */
    private void openSixtyRows() throws IOException {
        StringBuilder text = new StringBuilder("a,b,y\n");
        for (int i = 0; i < 60; i++) {
            text.append("%d,%d,%d%n".formatted(i * 7 % 11, i * 5 % 13, i % 5 == 0 ? 1 : 0));
        }
        Path table = Files.writeString(folder.resolve("sixty.csv"), text);
        setup.dataProperty().set(DataInspection.of(DataSpec.of(table.toString())));
    }

    /** LOF says how many rows it has to compare, where its neighbours are more. */
    @Test
    void countsTheTrainingRowsOfTheProtocolChosen() throws IOException {
        choose(registry.get("lof"), Map.of("neighbours", "58"));
        openSixtyRows();
        assertThat(setup.protocolProperty().get()).isEqualTo("normal-split");
        assertThat(setup.shapeProperty().get()).contains("There are 24 training rows");

        setup.protocolProperty().set("transductive");

        assertThat(setup.shapeProperty().get()).doesNotContain("training rows");
    }

    @Test
    void callsTheWidthOfRowsNoNetwork() {
        choose(registry.get("lof"), Map.of());
        open();

        assertThat(setup.shapeProperty().get()).isEqualTo("12 features, no network");
    }

    @Test
    void waitsForTheFileThatIsReadInPlaceOfTheOneThatWasOpen() {
        choose(memae, Map.of());
        open();
        setup.readingProperty().set(true);

        assertThat(setup.obstacleProperty().get()).isEqualTo("The data file is being read…");
    }

    @Test
    void takesTheProtocolOfARunWhenItsDataAreThere() {
        choose(memae, Map.of());
        open();
        setup.protocolProperty().set("transductive");
        RunSpec run = setup.spec();
        setup.protocolProperty().set("normal-split");

        assertThat(setup.load(run)).isEmpty();

        assertThat(setup.protocolProperty().get()).isEqualTo("transductive");
    }

    @Test
    void keepsTheProtocolOfARunUntilItsDataAreOpened() {
        choose(memae, Map.of());
        open();
        setup.protocolProperty().set("transductive");
        RunSpec run = setup.spec();
        setup.dataProperty().set(null);

        setup.load(run);
        open();

        assertThat(setup.protocolProperty().get()).isEqualTo("transductive");
    }

    @Test
    void saysWhatTheFormCannotHold() {
        choose(memae, Map.of());
        open();
        RunSpec run = setup.spec();
        ProtocolSpec split = run.protocol();
        RunSpec with = run.seeded(
                run.seed(),
                new ProtocolSpec(
                        split.id(), 0.2, 0, 0, split.keep(), split.normalShare(), split.splitSeed(), List.of(), null));

        assertThat(setup.load(with)).contains("options of its split");
        assertThat(setup.load(with.withConstantFeatures("raw")))
                .contains("options of its split and its rule for constant features");
        assertThat(setup.load(with.withData(with.data().withLeftOut(List.of("x3")))))
                .contains("the features it left out");
    }
}

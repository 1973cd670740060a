package org.oddlens.app.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.data.DataSpec;
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
}

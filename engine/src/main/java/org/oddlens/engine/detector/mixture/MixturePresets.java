package org.oddlens.engine.detector.mixture;

import java.util.ArrayList;
import java.util.List;
import org.oddlens.engine.param.Preset;

/** Named values of DAGMM and SOM-DAGMM. */
final class MixturePresets {

    private static final String PAPER =
            "epochs=200 batch-size=1024 learning-rate=1e-4 mixtures=4 hidden=60,30,10 latent-size=1 activation=tanh output=linear reconstruction=sum energy-weight=0.1 penalty-weight=0.005";

    /** Its ridge of 1e-12 is below what single precision holds; 1e-6 is what the detector makes of it. */
    private static final String PROGRAM =
            "epochs=200 batch-size=128 learning-rate=1e-4 latent-size=1 layers=4 activation=relu output=linear initialisation=torch reconstruction=mean energy-weight=0.1 penalty-weight=0.005 covariance-ridge=1e-12";

    /** The program moves only the unit that wins. */
    private static final String MAPPED = PROGRAM + " map-radius=1";

    private MixturePresets() {}

    static List<Preset> dagmm() {
        List<Preset> presets = new ArrayList<>(List.of(
                Preset.defaults(
                        "The paper's loss with widths by the number of features, a learning rate for 200 epochs, and an"
                                + " energy that leaves the reconstruction alone; min-max scaling."),
                Preset.of("paper", "Zong et al. 2018, the network for KDD.", "min-max", PAPER),
                Preset.of(
                        "paper/thyroid",
                        "Zong et al. 2018, the network for Thyroid; 20,000 epochs.",
                        "min-max",
                        PAPER,
                        "epochs=20000 hidden=12,4 mixtures=2"),
                Preset.of(
                        "paper/arrhythmia",
                        "Zong et al. 2018, the network for Arrhythmia; 10,000 epochs.",
                        "min-max",
                        PAPER,
                        "epochs=10000 batch-size=128 hidden=10 latent-size=2 mixtures=2")));
        presets.addAll(program(PROGRAM));
        presets.add(Preset.of(
                "robeval/kdd10",
                "The robustness study's network for KDD.",
                null,
                PROGRAM,
                "hidden=60,30,10 activation=tanh batch-size=1024"));
        presets.addAll(successor(PROGRAM, "mixtures=4", ""));
        return presets;
    }

    static List<Preset> somDagmm() {
        List<Preset> presets = new ArrayList<>(List.of(
                Preset.defaults("DAGMM's default with one map; a neighbourhood of half the map that shrinks.")));
        presets.addAll(program(MAPPED));
        presets.addAll(successor(MAPPED, "mixtures=2", "weight-decay=1e-4"));
        return presets;
    }

    private static List<Preset> program(String values) {
        return List.of(
                Preset.of(
                        "nrcan", "The 13-model program's defaults; energies, mixture and widths mended.", null, values),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's suggestion for Arrhythmia.",
                        null,
                        values,
                        "mixtures=2"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's suggestion for Thyroid, with the widths 12-4 of the papers.",
                        null,
                        values,
                        "hidden=12,4 activation=tanh mixtures=4"));
    }

    /**
     * @param program values of the program
     * @param wide    mixtures for the network data sets; the small ones have 2
     * @param thyroid what differs on Thyroid
     */
    private static List<Preset> successor(String program, String wide, String thyroid) {
        String values = program + " activation=tanh mixtures=2";
        String onThyroid = ("hidden=12,4 batch-size=1024 " + thyroid).strip();
        return List.of(
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "min-max",
                        values,
                        "hidden=10 latent-size=2"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "min-max",
                        values,
                        onThyroid),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        values,
                        "hidden=60,30,10 weight-decay=1e-4 batch-size=1024 epochs=100 " + wide),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        values,
                        "hidden=32 latent-size=2 weight-decay=1e-6 batch-size=1024 epochs=100 " + wide));
    }
}

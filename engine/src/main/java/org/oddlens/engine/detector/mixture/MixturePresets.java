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

    private static final String SUCCESSOR = PROGRAM + " activation=tanh";

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
        presets.addAll(program());
        presets.add(Preset.of(
                "robeval/kdd10",
                "The robustness study's network for KDD.",
                null,
                PROGRAM,
                "hidden=60,30,10 activation=tanh batch-size=1024"));
        presets.addAll(successor("mixtures=4", "mixtures=2", ""));
        return presets;
    }

    static List<Preset> somDagmm() {
        List<Preset> presets = new ArrayList<>(List.of(
                Preset.defaults("DAGMM's default with one map; a neighbourhood of half the map that shrinks.")));
        presets.addAll(program());
        presets.addAll(successor("mixtures=2", "mixtures=2", "weight-decay=1e-4"));
        return presets;
    }

    private static List<Preset> program() {
        return List.of(
                Preset.of(
                        "nrcan",
                        "The 13-model program's defaults; energies, mixture and widths mended.",
                        null,
                        PROGRAM),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's suggestion for Arrhythmia.",
                        null,
                        PROGRAM,
                        "mixtures=2"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's suggestion for Thyroid, with the widths 12-4 of the papers.",
                        null,
                        PROGRAM,
                        "hidden=12,4 activation=tanh mixtures=4"));
    }

    /**
     * @param wide    mixtures for the network data sets
     * @param narrow  mixtures for the two small ones
     * @param thyroid what differs on Thyroid
     */
    private static List<Preset> successor(String wide, String narrow, String thyroid) {
        String onThyroid = ("hidden=12,4 batch-size=1024 " + narrow + " " + thyroid).strip();
        return List.of(
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "min-max",
                        SUCCESSOR,
                        "hidden=10 latent-size=2 " + narrow),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "min-max",
                        SUCCESSOR,
                        onThyroid),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        SUCCESSOR,
                        "hidden=60,30,10 weight-decay=1e-4 batch-size=1024 epochs=100 " + wide),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        SUCCESSOR,
                        "hidden=32 latent-size=2 weight-decay=1e-6 batch-size=1024 epochs=100 " + wide));
    }
}

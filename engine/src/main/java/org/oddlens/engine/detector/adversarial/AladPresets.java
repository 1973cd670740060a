package org.oddlens.engine.detector.adversarial;

import java.util.List;
import org.oddlens.engine.param.Preset;

/** Published settings of ALAD. */
final class AladPresets {

    private static final String PROGRAM =
            "epochs=200 batch-size=128 learning-rate=1e-4 initialisation=normal spectral-norm=false weight-average=0";

    private AladPresets() {}

    static List<Preset> all() {
        return List.of(
                Preset.of(
                        "default",
                        "The paper's spectral norms and averaged weights with the successor program's form for small sets:"
                                + " z-score scaling, which suits a normal prior and a linear output, a code of 32, batch 32,"
                                + " Adam 1e-4, 200 epochs.",
                        "z-score"),
                Preset.of(
                        "paper",
                        "Zenati et al. 2018, the authors' settings for KDD.",
                        "min-max",
                        "epochs=100 batch-size=50 learning-rate=1e-5 hidden=64 latent-size=32 generator-hidden=64,128"
                                + " code-discriminator-width=32 initialisation=glorot spectral-norm=true"
                                + " weight-average=0.999"),
                Preset.of(
                        "paper/arrhythmia",
                        "Zenati et al. 2018, the authors' settings for Arrhythmia.",
                        "min-max",
                        "epochs=1000 batch-size=32 learning-rate=1e-5 hidden=256,128 latent-size=64"
                                + " generator-hidden=128,256 pair-hidden=256,128 code-discriminator-width=64,32"
                                + " initialisation=glorot spectral-norm=true weight-average=0.999"),
                Preset.of(
                        "nrcan",
                        "The 13-model program's defaults, half the features wide in its code; the players step by turns.",
                        null,
                        PROGRAM,
                        "latent-size=half"),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's suggestion for Arrhythmia.",
                        null,
                        PROGRAM,
                        "latent-size=64"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's network for Thyroid, half the features wide in its code.",
                        null,
                        PROGRAM,
                        "latent-size=3"),
                Preset.of("nrcan/kdd10", "The 13-model program's network for KDD.", null, PROGRAM, "latent-size=1"),
                Preset.of(
                        "robeval/thyroid",
                        "The robustness study's network for Thyroid.",
                        null,
                        PROGRAM,
                        "latent-size=32"),
                Preset.of(
                        "robeval/kdd10",
                        "The robustness study's network for KDD and NSL-KDD.",
                        null,
                        PROGRAM,
                        "latent-size=32 batch-size=1024"),
                Preset.of(
                        "robeval/arrhythmia",
                        "The robustness study's network for Arrhythmia.",
                        null,
                        PROGRAM,
                        "latent-size=64"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "z-score",
                        PROGRAM,
                        "latent-size=64 batch-size=32 weight-decay=1e-6"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid.",
                        "z-score",
                        PROGRAM,
                        "latent-size=32 batch-size=32 weight-decay=1e-4"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD.",
                        "min-max",
                        PROGRAM,
                        "latent-size=64 batch-size=1024 epochs=100 weight-decay=1e-6"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        PROGRAM,
                        "latent-size=32 batch-size=1024 weight-decay=1e-6"));
    }
}

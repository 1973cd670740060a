package org.oddlens.engine.detector.contrastive;

import java.util.List;
import org.oddlens.engine.param.Preset;

/** Published settings of NeuTraL AD. */
final class NeutralAdPresets {

    private static final String PAPER = "epochs=200 batch-size=128 temperature=0.1 transformations=11";

    private static final String PROGRAM =
            "epochs=200 batch-size=128 learning-rate=1e-4 first-width=90 width-step=20 layers=4 latent-size=32"
                    + " encoder-bias=true temperature=0.07 transform-hidden=200 view=res transform-sigmoid=on";

    private NeutralAdPresets() {}

    static List<Preset> all() {
        return List.of(
                Preset.of(
                        "default",
                        "The paper's bias-free encoder, eleven added views, temperature 0.1; widths by the number of"
                                + " features; Adam 1e-3, batch 128, 100 epochs.",
                        "min-max"),
                Preset.of(
                        "paper",
                        "Qiu et al. 2021, the network for Arrhythmia.",
                        "min-max",
                        PAPER,
                        "hidden=64,64,64,64 latent-size=32 transform-hidden=200 learning-rate=5e-4 weight-decay=1e-5"),
                Preset.of(
                        "paper/thyroid",
                        "Qiu et al. 2021, the authors' settings for Thyroid, which they do not scale.",
                        "none",
                        PAPER,
                        "hidden=24,24,24,24 latent-size=24 transform-hidden=24 learning-rate=1e-3 weight-decay=1e-5"),
                Preset.of(
                        "paper/kdd10",
                        "Qiu et al. 2021, the authors' settings for KDD.",
                        "min-max",
                        PAPER,
                        "hidden=64,64,64,64 latent-size=32 transform-hidden=200 view=mul learning-rate=5e-4"
                                + " batch-size=1000 epochs=10"),
                Preset.of("nrcan", "The 13-model program's defaults; transformations saved and reset.", null, PROGRAM),
                Preset.of(
                        "nrcan/arrhythmia",
                        "The 13-model program's table for Arrhythmia.",
                        null,
                        PROGRAM,
                        "hidden=64,64,64,64 latent-size=32 transform-hidden=200 first-width=auto layers=auto"),
                Preset.of(
                        "nrcan/thyroid",
                        "The 13-model program's table for Thyroid.",
                        null,
                        PROGRAM,
                        "hidden=24,24,24,24 latent-size=24 transform-hidden=24 first-width=auto layers=auto"),
                Preset.of(
                        "pyad/arrhythmia",
                        "The successor program's configuration for Arrhythmia.",
                        "min-max",
                        PAPER,
                        "hidden=64,64,64,64,64 latent-size=32 transform-hidden=200 learning-rate=1e-4 weight-decay=1e-5"
                                + " encoder-bias=true"),
                Preset.of(
                        "pyad/thyroid",
                        "The successor program's configuration for Thyroid, with batch norm; it does not scale.",
                        "none",
                        PAPER,
                        "hidden=24,24,24,24 latent-size=24 transform-hidden=24 view=res learning-rate=1e-3"
                                + " weight-decay=1e-5 encoder-batch-norm=true"),
                Preset.of(
                        "pyad/kdd10",
                        "The successor program's configuration for KDD and NSL-KDD: one epoch.",
                        "min-max",
                        PAPER,
                        "hidden=64,64,64,64 latent-size=32 transform-hidden=100 view=mul learning-rate=5e-4"
                                + " batch-size=1000 epochs=1 encoder-bias=true"),
                Preset.of(
                        "pyad/ids2018",
                        "The successor program's configuration for CSE-CIC-IDS2018.",
                        "min-max",
                        PAPER,
                        "hidden=32,32,32,32 latent-size=16 transform-hidden=200 view=mul learning-rate=1e-4"
                                + " batch-size=1024 encoder-bias=true"));
    }
}

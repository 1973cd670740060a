package org.oddlens.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.oddlens.app.run.FolderSnapshots;
import org.oddlens.app.run.RowExplainer;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.app.run.ShownRun;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;

/** Makes the state of a run, new or recorded: its title, and where its pictures and explanations come from. */
final class RunModels {

    private final DetectorRegistry registry;
    private final EngineDesk engine;
    private final Threads threads;

    RunModels(DetectorRegistry registry, EngineDesk engine, Threads threads) {
        this.registry = registry;
        this.engine = engine;
        this.threads = threads;
    }

    ShownRun of(RunFolder folder, RunSpec spec) {
        DetectorDescriptor detector = registry.get(spec.detector()).descriptor();
        String title = detector.name() + " on " + Path.of(spec.data().file()).getFileName() + ", seed " + spec.seed();
        RunViewModel model = new RunViewModel(
                folder.id(),
                title,
                new FolderSnapshots(folder, detector, threads.snapshots()),
                new EngineExplainer(engine, folder, spec.data().roles()),
                threads.paced());
        model.changes().begin(spec.hyperparameters());
        return new ShownRun(model, detector, spec, folder.path());
    }

    private record EngineExplainer(EngineDesk engine, RunFolder folder, Roles roles) implements RowExplainer {
        @Override
        public CompletionStage<JsonNode> contributions(int row) {
            return engine.contributions(folder.path(), row);
        }

        @Override
        public boolean besideFeatures() {
            return roles != null && roles.besideFeatures();
        }
    }
}

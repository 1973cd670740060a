package org.oddlens.app.shell;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.oddlens.app.run.FolderSnapshots;
import org.oddlens.app.run.RowExplainer;
import org.oddlens.app.run.RunViewModel;
import org.oddlens.engine.data.Roles;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.run.RunFolder;
import org.oddlens.engine.run.RunSpec;

/** Makes the state of a run, new or recorded: its title, and where its pictures and explanations come from. */
final class RunModels {

    private final DetectorRegistry registry;
    private final EngineDesk engine;
    private final Executor worker;
    private final Executor paced;

    /**
     * @param worker reads files, one task at a time
     * @param paced  runs a task soon on the UI thread, at most 20 times a second
     */
    RunModels(DetectorRegistry registry, EngineDesk engine, Executor worker, Executor paced) {
        this.registry = registry;
        this.engine = engine;
        this.worker = worker;
        this.paced = paced;
    }

    RunViewModel of(RunFolder folder, RunSpec spec) {
        DetectorDescriptor detector = registry.get(spec.detector()).descriptor();
        String title = detector.name() + " on " + Path.of(spec.data().file()).getFileName() + ", seed " + spec.seed();
        RunViewModel model = new RunViewModel(
                folder.id(),
                title,
                new FolderSnapshots(folder, detector, worker),
                new EngineExplainer(engine, folder, spec.data().roles()),
                paced);
        model.changes().begin(spec.hyperparameters());
        return model;
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

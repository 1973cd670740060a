package org.oddlens.app.shell;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.FileChooser;
import javafx.stage.Window;

/** The system's own file dialogue; opens where the last file was. */
public final class FileDialogue implements FileQuestion {

    /** Endings that the dialogue offers; the reader looks at the content. */
    private static final List<String> ENDINGS = List.of("*.mat", "*.npz", "*.npy", "*.csv", "*.tsv", "*.txt");

    private File lastFolder;

    @Override
    public Optional<Path> ask(Window owner) {
        FileChooser chooser = new FileChooser();
        chooser.setTitle("Import data");
        chooser.getExtensionFilters()
                .addAll(
                        new FileChooser.ExtensionFilter("Data files", ENDINGS),
                        new FileChooser.ExtensionFilter("All files", "*.*"));
        if (lastFolder != null && lastFolder.isDirectory()) {
            chooser.setInitialDirectory(lastFolder);
        }
        File file = chooser.showOpenDialog(owner);
        if (file == null) {
            return Optional.empty();
        }
        lastFolder = file.getParentFile();
        return Optional.of(file.toPath());
    }
}

package org.oddlens.engine.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** How the raw files of one public data set become rows. */
public interface Recipe {

    /** All there are, in the order of the help. */
    List<Recipe> ALL = List.of(
            new KddRecipe(false),
            new KddRecipe(true),
            new FlowRecipe(FlowRecipe.Kind.IDS2018),
            new FlowRecipe(FlowRecipe.Kind.USB_IDS),
            new ArrhythmiaRecipe(),
            new ThyroidRecipe());

    /** Its word on the command line. */
    String id();

    /** Which files it takes, for the help. */
    String files();

    /**
     * Reads the files.
     *
     * @param keep share of the rows that is kept, by a draw for each row that depends on its number only
     * @throws org.oddlens.engine.data.DataFormatException naming file, line and column
     */
    PreparedTable read(List<Path> files, double keep) throws IOException;

    /**
     * A recipe by its word.
     *
     * @throws IllegalArgumentException naming those there are
     */
    static Recipe of(String id) {
        return ALL.stream()
                .filter(recipe -> recipe.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no recipe '" + id + "'. There are: "
                        + ALL.stream().map(Recipe::id).collect(Collectors.joining(", ")) + "."));
    }
}

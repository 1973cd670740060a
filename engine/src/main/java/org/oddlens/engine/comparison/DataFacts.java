package org.oddlens.engine.comparison;

import java.nio.file.Path;
import org.oddlens.engine.data.DataImport;
import org.oddlens.engine.data.DataSpec;
import org.oddlens.engine.data.Dataset;
import org.oddlens.engine.data.ImportedData;

/**
 * What a comparison knows of a data set before it trains on it.
 *
 * @param spec      file and roles, complete
 * @param name      name of the file without its ending
 * @param rows      rows in the file
 * @param features  numbers per row
 * @param anomalies rows labelled anomalous
 */
public record DataFacts(DataSpec spec, String name, int rows, int features, int anomalies) {

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException if it has no labels of both kinds, without which nothing can be compared
     */
    static DataFacts of(DataSpec request) {
        ImportedData imported = DataImport.load(request);
        Dataset data = imported.dataset();
        int anomalies = data.labels().isPresent() ? data.anomalies() : 0;
        if (anomalies == 0 || anomalies == data.rows()) {
            throw new IllegalArgumentException(request.file() + " has " + anomalies + " labelled anomalies in "
                    + data.rows()
                    + " rows; to compare detectors both kinds are needed. Say which array holds the labels"
                    + " with --label.");
        }
        String file = Path.of(request.file()).getFileName().toString();
        int dot = file.lastIndexOf('.');
        return new DataFacts(
                imported.spec(), dot > 0 ? file.substring(0, dot) : file, data.rows(), data.features(), anomalies);
    }

    /** Share of each class that leaves at most so many rows; 1 if that is all. */
    double share(int mostRows) {
        return mostRows <= 0 || rows <= mostRows ? 1 : (double) mostRows / rows;
    }
}

package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that import changed or noticed.
 *
 * @param sentences        all of it in words, most important first
 * @param droppedRows      rows left out because of missing values
 * @param missing          NaN features (before dropping)
 * @param infinite         infinite features (before dropping)
 * @param duplicates       rows equal to an earlier row; they are kept
 * @param constantFeatures names of features with a single value
 */
public record ImportReport(
        List<String> sentences,
        int droppedRows,
        long missing,
        long infinite,
        int duplicates,
        List<String> constantFeatures) {

    public ImportReport {
        sentences = List.copyOf(sentences);
        constantFeatures = List.copyOf(constantFeatures);
    }

    ImportReport with(List<String> more) {
        List<String> all = new ArrayList<>(sentences);
        all.addAll(more);
        return new ImportReport(all, droppedRows, missing, infinite, duplicates, constantFeatures);
    }
}

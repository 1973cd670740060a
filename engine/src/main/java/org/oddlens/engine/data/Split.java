package org.oddlens.engine.data;

import java.util.List;
import java.util.Optional;

/**
 * Row indices of a {@link Dataset} by role.
 *
 * <p>Training and validation rows are disjoint, and both are disjoint from the test rows, except under
 * {@code transductive}, where all rows are test rows. Every row is in exactly one role or in {@code leftOut} (again
 * except {@code transductive}).
 *
 * @param train      rows the detector learns from, in the order drawn
 * @param validation rows taken out of the training rows
 * @param test       rows that are scored and evaluated
 * @param leftOut    rows in no role
 * @param rowLabels  true = anomaly for every row of the data set under this protocol, or null without labels
 * @param notes      what is worth saying, as sentences
 */
public record Split(int[] train, int[] validation, int[] test, int[] leftOut, boolean[] rowLabels, List<String> notes) {

    public Split {
        notes = List.copyOf(notes);
    }

    /** Labels of all rows of the data set under this protocol. */
    public Optional<boolean[]> labels() {
        return Optional.ofNullable(rowLabels);
    }

    /** Labels of the given rows, in their order. */
    public Optional<boolean[]> labels(int[] rows) {
        if (rowLabels == null) {
            return Optional.empty();
        }
        boolean[] picked = new boolean[rows.length];
        for (int i = 0; i < rows.length; i++) {
            picked[i] = rowLabels[rows[i]];
        }
        return Optional.of(picked);
    }
}

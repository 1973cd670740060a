package org.oddlens.app.run;

import org.oddlens.engine.run.RunFolder;

/**
 * A line of the run list.
 *
 * @param detector display name
 * @param data     file name of the data
 * @param state    state as the interface says it
 * @param auroc    AUROC, NaN if it has none
 */
public record RunItem(
        String id, RunFolder folder, String detector, String data, RunViewModel.Phase state, double auroc) {}

package org.oddlens.app.run;

import java.util.Objects;
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
        String id, RunFolder folder, String detector, String data, RunViewModel.Phase state, double auroc) {

    /** Two items are the same when they say the same of the same run; each look at the folder makes its own. */
    @Override
    public boolean equals(Object other) {
        return other instanceof RunItem item
                && id.equals(item.id)
                && detector.equals(item.detector)
                && data.equals(item.data)
                && state == item.state
                && Double.compare(auroc, item.auroc) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, state);
    }
}

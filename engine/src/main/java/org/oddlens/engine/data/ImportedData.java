package org.oddlens.engine.data;

import java.util.List;

/**
 * A loaded data set with the record of how it was loaded.
 *
 * @param dataset the rows
 * @param spec    complete: roles filled in, digests computed
 * @param report  what was changed or noticed
 */
public record ImportedData(Dataset dataset, DataSpec spec, ImportReport report) {

    /** The same with more to say. */
    public ImportedData noting(List<String> more) {
        return new ImportedData(dataset, spec, report.with(more));
    }
}

package org.oddlens.engine.cli;

import picocli.CommandLine.Option;

/** The flags that say which column is what, for commands that read a file. */
final class RoleFlags {

    static final String FEATURES = "Array that holds the rows, if the guess is not right.";
    static final String LABEL = "Array that holds the label, or 'none' or 'last-column'.";
    static final String ANOMALY_VALUES = "Label values that mean anomaly.";
    static final String ID = "Column that names the rows, or 'none'; no feature.";
    static final String TIME = "Column that tells the time of the rows, or 'none'; no feature.";
    static final String CONTEXT = "Columns kept to judge rows by, or 'none'; no features.";

    @Option(names = "--features", paramLabel = "ARRAY", description = FEATURES)
    private String features;

    @Option(names = "--label", paramLabel = "ARRAY", description = LABEL)
    private String label;

    @Option(names = "--anomaly-values", paramLabel = "A,B", description = ANOMALY_VALUES)
    private String anomalyValues;

    @Option(names = "--id", paramLabel = "COLUMN", description = ID)
    private String id;

    @Option(names = "--time", paramLabel = "COLUMN", description = TIME)
    private String time;

    @Option(names = "--context", paramLabel = "A,B", description = CONTEXT)
    private String context;

    RolesByHand roles() {
        return new RolesByHand(features, label, anomalyValues, id, time, context);
    }
}

package org.oddlens.engine.run;

/**
 * {@code run.json}: the specification, complete, and where it ran. Format: docs/formats/run.md.
 *
 * @param format  {@value #FORMAT}
 * @param id      name of the run
 * @param created moment, ISO-8601 in UTC
 */
public record RunRecord(String format, String id, String created, RunSpec spec, MachineKind machine) {

    /** Version of the format; the number after the slash grows when an old reader would misread it. */
    public static final String FORMAT = "oddlens.run/1";
}

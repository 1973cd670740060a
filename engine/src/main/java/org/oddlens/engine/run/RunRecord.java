package org.oddlens.engine.run;

/**
 * {@code run.json}: the specification, complete, and where it ran. Format: docs/formats/run.md.
 *
 * @param format  {@value #FORMAT}
 * @param id      name of the run
 * @param created moment, ISO-8601 in UTC
 * @param device  what trained and why; null in records of earlier versions
 */
public record RunRecord(String format, String id, String created, RunSpec spec, MachineKind machine, DeviceUse device) {

    /** Version of the format; the number after the slash grows when an old reader would misread it. */
    public static final String FORMAT = "oddlens.run/1";
}

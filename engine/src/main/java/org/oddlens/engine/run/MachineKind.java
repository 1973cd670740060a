package org.oddlens.engine.run;

import java.util.Map;

/**
 * The kind of machine a run was made on. Two runs of one specification give the same bits where {@link #repeatsBitsOf} says so.
 *
 * @param processor model name of the processor
 * @param system    operating system and architecture
 * @param java      version of the Java virtual machine
 * @param blas      core type that the linear algebra library chose
 * @param versions  versions of Oddlens and of the libraries that compute
 */
public record MachineKind(String processor, String system, String java, String blas, Map<String, String> versions) {

    /** Whether bits can be expected to repeat on the other machine. */
    public boolean repeatsBitsOf(MachineKind other) {
        return other != null
                && processor.equals(other.processor)
                && system.equals(other.system)
                && java.equals(other.java)
                && blas.equals(other.blas)
                && versions.equals(other.versions);
    }
}

package org.oddlens.engine.compute.plan;

/** An op that has no instruction of ours in the form met; it then runs through ND4J. */
final class UnsupportedPlanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedPlanException(String message) {
        super(message);
    }
}

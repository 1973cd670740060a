package org.oddlens.engine.compute;

/** A graph that the compiler has no instruction for; another executor runs it. */
final class UnsupportedPlanException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnsupportedPlanException(String what) {
        super(what);
    }
}

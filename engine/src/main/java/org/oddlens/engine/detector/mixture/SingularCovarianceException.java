package org.oddlens.engine.detector.mixture;

/** The covariance of a component is not positive definite. */
public final class SingularCovarianceException extends ArithmeticException {

    private static final long serialVersionUID = 1L;

    private final int component;

    SingularCovarianceException(int component) {
        super("The covariance of component " + (component + 1)
                + " is not positive definite: its rows lie in fewer dimensions than there are. Use fewer components or a"
                + " larger ridge.");
        this.component = component;
    }

    /** Counted from 0. */
    public int component() {
        return component;
    }
}

package org.oddlens.engine.prepare;

import org.oddlens.engine.run.RandomStreams;

/** Which rows are kept: the same ones every time, whatever lies in the rows. */
final class RowChoice {

    private final double keep;
    private final RandomStreams streams = new RandomStreams(0);
    private long row;

    RowChoice(double keep) {
        this.keep = keep;
    }

    boolean next() {
        return keep >= 1 || streams.stream("kept rows", row++, 0).nextDouble() < keep;
    }
}

package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.ParameterLayout;

/**
 * Which parameters an optimiser moves, and how fast: ranges of the flat array, each with a factor on the learning rate.
 * What lies in no range is frozen; neither gradient nor decay nor moments touch it.
 */
public final class ParameterGroups {

    private record Range(int from, int to, double factor) {}

    private final List<Range> ranges;
    private final int parameters;

    private ParameterGroups(List<Range> ranges, int parameters) {
        this.ranges = List.copyOf(ranges);
        this.parameters = parameters;
    }

    /** Every parameter at the learning rate itself. */
    public static ParameterGroups all(int parameters) {
        return new ParameterGroups(List.of(new Range(0, parameters, 1)), parameters);
    }

    /**
     * Groups by name.
     *
     * @param factor factor on the learning rate for a parameter's name, 0 to freeze it
     */
    public static ParameterGroups of(ParameterLayout layout, ToDoubleFunction<String> factor) {
        List<Range> ranges = new ArrayList<>();
        for (ParameterLayout.Entry entry : layout.entries()) {
            double own = factor.applyAsDouble(entry.name());
            if (!(own >= 0) || Double.isInfinite(own)) {
                throw new IllegalArgumentException("the factor of " + entry.name() + " must be 0 or more, not " + own);
            }
            int to = entry.offset() + entry.length();
            Range before = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (own > 0 && before != null && before.to == entry.offset() && before.factor == own) {
                ranges.set(ranges.size() - 1, new Range(before.from, to, own));
            } else if (own > 0) {
                ranges.add(new Range(entry.offset(), to, own));
            }
        }
        return new ParameterGroups(ranges, layout.length());
    }

    /** What an objective trains, at the learning rate itself. */
    public static ParameterGroups of(ParameterLayout layout, Network.Objective objective) {
        return of(layout, name -> objective.parameters().contains(name) ? 1 : 0);
    }

    /** Length of the flat array, frozen parameters included. */
    int parameters() {
        return parameters;
    }

    int count() {
        return ranges.size();
    }

    /** First index of a group. */
    int from(int group) {
        return ranges.get(group).from;
    }

    /** Index after the last one of a group. */
    int to(int group) {
        return ranges.get(group).to;
    }

    /** Factor on the learning rate, above 0. */
    double factor(int group) {
        return ranges.get(group).factor;
    }
}

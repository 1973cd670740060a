package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Says of the arrays that a guess of roles left over why they are not used. */
final class Leftovers {

    private static final Set<String> LABELS = Set.of("y", "label", "labels", "target", "class", "outlier", "anomaly");
    private static final int SHOWN = 6;

    private final DataFile file;
    private final Roles roles;
    private final long rows;

    Leftovers(DataFile file, Roles roles) {
        this.file = file;
        this.roles = roles;
        List<Integer> shape = file.find(roles.features()).map(ArrayInfo::shape).orElse(List.of());
        int axis = roles.transpose() ? 1 : 0;
        rows = axis < shape.size() ? shape.get(axis) : 0;
    }

    /** One sentence for each usable array without a role, the likeliest labels first; a summary where there are many. */
    List<String> sentences() {
        List<ArrayInfo> left = new ArrayList<>();
        if (file.columnNames(roles.features()).isEmpty()) { // the columns of a table are its features
            Predicate<ArrayInfo> free = array -> array.usable() && !roles.names(array.name());
            file.arrays().stream().filter(free.and(Leftovers::isLabel)).forEach(left::add);
            file.arrays().stream().filter(free.and(array -> !isLabel(array))).forEach(left::add);
        }
        List<String> sentences = new ArrayList<>(alsoNamedLabel());
        left.stream().limit(SHOWN).forEach(array -> sentences.add(sentence(array)));
        if (left.size() > SHOWN) {
            sentences.add(Sentences.count(left.size() - SHOWN, "more array") + " not used: "
                    + Sentences.list(
                            left.stream().skip(SHOWN).map(ArrayInfo::name).toList(), 10)
                    + ".");
        }
        return sentences;
    }

    /** Columns of the table, which are features, whose names say that they are labels. */
    private List<String> alsoNamedLabel() {
        if (!roles.hasLabel() || roles.labelColumn()) {
            return List.of();
        }
        return file.columnNames(roles.features()).stream()
                .filter(name -> !roles.names(name) && LABELS.contains(name.toLowerCase(Locale.ROOT)))
                .map(name -> "Column '" + name + "' is named like a label, too; '" + roles.label()
                        + "' is the label, and it is a feature. Choose it as label, or leave it out.")
                .toList();
    }

    private static boolean isLabel(ArrayInfo array) {
        String name = array.name().toLowerCase(Locale.ROOT);
        return LABELS.stream()
                .anyMatch(label -> name.equals(label)
                        || name.endsWith("_" + label)
                        || name.endsWith("." + label)
                        || name.startsWith(label + "_"));
    }

    private String labelUsed() {
        return roles.labelColumn() ? "the last column" : "'" + roles.label() + "'";
    }

    private String sentence(ArrayInfo array) {
        String start = "'" + array.name() + "' (" + array.shapeText() + ") is not used";
        boolean label = isLabel(array);
        if (array.shape().isEmpty() || array.size() == 1) {
            return start + ": it is a single value" + (label ? ", and a label needs one per row" : "") + ".";
        }
        if (label && array.shape().size() == 2 && array.shape().get(0) == rows && !array.isVector()) {
            return start + ": it has " + array.shape().get(1) + " columns, and a label needs one value per row. If each"
                    + " row holds a single 1 (one-hot), save its position: "
                    + array.name() + ".argmax(axis=1) in Python.";
        }
        if (array.isVector()) {
            boolean fits = array.size() == rows;
            return start
                    + (fits && label && roles.hasLabel()
                            ? ": its name says label too, but only one can be it, and " + labelUsed()
                                    + " is. Choose this one if it is the right one."
                            : fits
                                    ? ": it has one value per row, but nothing says what for. Choose a role for it if it has one."
                                    : ": it has " + Sentences.count(array.size(), "value") + ", and '"
                                            + roles.features() + "' has " + Sentences.count(rows, "row") + ".")
                    + (label && !fits ? " Labels of other rows belong to a file with these rows." : "");
        }
        return start + ": only one array can hold the rows, and that is '" + roles.features()
                + "'. Rows to test on can come from a second file, or be named x_test beside x_train.";
    }
}

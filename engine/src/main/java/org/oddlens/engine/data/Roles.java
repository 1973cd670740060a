package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Which array of a file plays which role, and what the label's values mean.
 *
 * <p>Label values are text as {@link LabelText} writes them: whole numbers without a decimal point. With both value
 * lists empty a label array gives classes only; {@code one-class} and {@code one-anomalous} choose among them.
 *
 * @param features      array holding the rows
 * @param label         array (or CSV column) holding one value per row, or null
 * @param labelColumn   the last column of {@code features} is the label; then {@code label} is null
 * @param transpose     the columns of {@code features} are the rows
 * @param anomalyValues label values that mean anomaly; if empty, all that are not in {@code normalValues}
 * @param normalValues  label values that mean normal; if empty, all that are not in {@code anomalyValues}
 * @param split         array saying each row's part (train, validation, test or 0, 1, 2), or null
 * @param testFeatures  array holding the test rows of a file that brings its own split, or null
 * @param testLabel     array holding their labels, or null
 * @param id            column or array that names each row, or null; no feature
 * @param time          column or array that says when each row was measured, or null; no feature
 * @param context       columns or arrays that people judge a row by; no features
 */
public record Roles(
        String features,
        String label,
        boolean labelColumn,
        boolean transpose,
        List<String> anomalyValues,
        List<String> normalValues,
        String split,
        String testFeatures,
        String testLabel,
        String id,
        String time,
        List<String> context) {

    public Roles {
        context = context == null ? List.of() : List.copyOf(context);
        anomalyValues = anomalyValues == null ? List.of() : List.copyOf(anomalyValues);
        normalValues = normalValues == null ? List.of() : List.copyOf(normalValues);
        if (label != null && labelColumn) {
            throw new IllegalArgumentException("The label is either the array '" + label + "' or the last column.");
        }
        requireDisjoint(features, label, split, testFeatures, testLabel, id, time, context);
    }

    private static void requireDisjoint(
            String features,
            String label,
            String split,
            String testFeatures,
            String testLabel,
            String id,
            String time,
            List<String> context) {
        Map<String, String> taken = new HashMap<>();
        List<String[]> named = new ArrayList<>(List.of(
                new String[] {"features", features},
                new String[] {"label", label},
                new String[] {"split", split},
                new String[] {"features", testFeatures},
                new String[] {"label", testLabel},
                new String[] {"id", id},
                new String[] {"time", time}));
        context.forEach(name -> named.add(new String[] {"context", name}));
        for (String[] role : named) {
            String before = role[1] == null ? null : taken.put(role[1], role[0]);
            if (before != null) {
                throw new DataFormatException(
                        null,
                        before.equals(role[0])
                                ? "'" + role[1] + "' is named twice for the role " + before + ". Name it once."
                                : "'" + role[1] + "' cannot have two roles, " + before + " and " + role[0]
                                        + ". Choose one.");
            }
        }
    }

    /** Rows without labels. */
    public static Roles unlabelled(String features) {
        return plain(features, null, false, List.of(), List.of());
    }

    /** Rows with a label array and what its values mean. */
    public static Roles labelled(String features, String label, List<String> anomalyValues, List<String> normalValues) {
        return plain(features, label, false, anomalyValues, normalValues);
    }

    /** Rows whose last column is the label. */
    public static Roles lastColumn(String features, List<String> anomalyValues, List<String> normalValues) {
        return plain(features, null, true, anomalyValues, normalValues);
    }

    private static Roles plain(String features, String label, boolean last, List<String> anomaly, List<String> normal) {
        return new Roles(features, label, last, false, anomaly, normal, null, null, null, null, null, List.of());
    }

    /** True if a label is named, whether or not its values are mapped to anomaly and normal. */
    public boolean hasLabel() {
        return label != null || labelColumn;
    }

    /** True if a column has the role id, time or context. */
    public boolean besideFeatures() {
        return id != null || time != null || !context.isEmpty();
    }

    /** True if an array or column of this name has a role. */
    public boolean names(String name) {
        return context.contains(name)
                || Stream.of(features, label, split, testFeatures, testLabel, id, time)
                        .anyMatch(name::equals);
    }

    public Roles withValues(List<String> anomaly, List<String> normal) {
        return new Roles(
                features,
                label,
                labelColumn,
                transpose,
                anomaly,
                normal,
                split,
                testFeatures,
                testLabel,
                id,
                time,
                context);
    }

    public Roles withTranspose(boolean value) {
        return new Roles(
                features,
                label,
                labelColumn,
                value,
                anomalyValues,
                normalValues,
                split,
                testFeatures,
                testLabel,
                id,
                time,
                context);
    }

    public Roles withSplit(String array) {
        return new Roles(
                features,
                label,
                labelColumn,
                transpose,
                anomalyValues,
                normalValues,
                array,
                testFeatures,
                testLabel,
                id,
                time,
                context);
    }

    public Roles withTest(String testRows, String testLabels) {
        return new Roles(
                features,
                label,
                labelColumn,
                transpose,
                anomalyValues,
                normalValues,
                split,
                testRows,
                testLabels,
                id,
                time,
                context);
    }

    /** The same with these columns beside the features; null and an empty list take them away. */
    public Roles withSide(String ids, String times, List<String> contexts) {
        return new Roles(
                features,
                label,
                labelColumn,
                transpose,
                anomalyValues,
                normalValues,
                split,
                testFeatures,
                testLabel,
                ids,
                times,
                contexts);
    }

    /** The id, time and context of other roles with these features and label. */
    public Roles withSideOf(Roles other) {
        return withSide(other.id, other.time, other.context);
    }
}

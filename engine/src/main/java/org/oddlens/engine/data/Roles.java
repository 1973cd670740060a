package org.oddlens.engine.data;

import java.util.List;

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
        String testLabel) {

    public Roles {
        anomalyValues = anomalyValues == null ? List.of() : List.copyOf(anomalyValues);
        normalValues = normalValues == null ? List.of() : List.copyOf(normalValues);
        if (label != null && labelColumn) {
            throw new IllegalArgumentException("The label is either the array '" + label + "' or the last column.");
        }
    }

    /** Rows without labels. */
    public static Roles unlabelled(String features) {
        return new Roles(features, null, false, false, List.of(), List.of(), null, null, null);
    }

    /** Rows with a label array and what its values mean. */
    public static Roles labelled(String features, String label, List<String> anomalyValues, List<String> normalValues) {
        return new Roles(features, label, false, false, anomalyValues, normalValues, null, null, null);
    }

    /** Rows whose last column is the label. */
    public static Roles lastColumn(String features, List<String> anomalyValues, List<String> normalValues) {
        return new Roles(features, null, true, false, anomalyValues, normalValues, null, null, null);
    }

    /** True if a label is named, whether or not its values are mapped to anomaly and normal. */
    public boolean hasLabel() {
        return label != null || labelColumn;
    }

    public Roles withValues(List<String> anomaly, List<String> normal) {
        return new Roles(features, label, labelColumn, transpose, anomaly, normal, split, testFeatures, testLabel);
    }

    public Roles withTranspose(boolean value) {
        return new Roles(
                features, label, labelColumn, value, anomalyValues, normalValues, split, testFeatures, testLabel);
    }

    public Roles withSplit(String array) {
        return new Roles(
                features, label, labelColumn, transpose, anomalyValues, normalValues, array, testFeatures, testLabel);
    }

    public Roles withTest(String testRows, String testLabels) {
        return new Roles(
                features, label, labelColumn, transpose, anomalyValues, normalValues, split, testRows, testLabels);
    }
}

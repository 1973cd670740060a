package org.oddlens.engine.detector.recforest;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.detector.solved.Solution;
import org.oddlens.engine.run.Tensor;

/**
 * Trees and the training range. A row is rebuilt as the centre of the box that all its leaves have in common:
 *
 * <pre>
 * lower = least, upper = greatest value of each feature in training
 * at each split (f, t) on the row's way:  x_f ≤ t: upper_f = min(upper_f, t)   else: lower_f = max(lower_f, t)
 * score = Σ (x_j − (lower_j + upper_j) / 2)²
 * </pre>
 *
 * @param trees   at least one
 * @param least   smallest training value of each feature
 * @param greatest largest training value of each feature
 * @param mean    mean score of the training rows
 */
record Forest(List<RandomTree> trees, float[] least, float[] greatest, double mean) implements Solution {

    private static final String LEAST = "least";
    private static final String GREATEST = "greatest";
    private static final String NODES = "nodes";
    private static final String FEATURE = "feature";
    private static final String THRESHOLD = "threshold";
    private static final String LEFT = "left";

    /** Whole numbers up to here are exact in single precision. */
    static final int MOST_NODES = 1 << 24;

    Forest {
        trees = List.copyOf(trees);
    }

    /** Range of the training rows, without trees yet. */
    static Forest of(List<RandomTree> trees, float[] rows, int features, double mean) {
        float[] least = Arrays.copyOf(rows, features);
        float[] greatest = least.clone();
        for (int i = 0; i < rows.length; i++) {
            least[i % features] = Math.min(least[i % features], rows[i]);
            greatest[i % features] = Math.max(greatest[i % features], rows[i]);
        }
        return new Forest(trees, least, greatest, mean);
    }

    Forest withMean(double other) {
        return new Forest(trees, least, greatest, other);
    }

    /** The common box of a row's leaves: lower corner, upper corner. */
    double[][] box(double[] row) {
        double[] lower = new double[row.length];
        double[] upper = new double[row.length];
        for (int j = 0; j < row.length; j++) {
            lower[j] = least[j];
            upper[j] = greatest[j];
        }
        for (RandomTree tree : trees) {
            tree.narrow(row, lower, upper);
        }
        return new double[][] {lower, upper};
    }

    @Override
    public double score(double[] row) {
        double[][] box = box(row);
        double sum = 0;
        for (int j = 0; j < row.length; j++) {
            sum += error(row, box, j);
        }
        return sum;
    }

    private static double error(double[] row, double[][] box, int feature) {
        double difference = row[feature] - (box[0][feature] + box[1][feature]) / 2;
        return difference * difference;
    }

    @Override
    public float[] contributions(double[] row) {
        double[][] box = box(row);
        float[] errors = new float[row.length];
        for (int j = 0; j < row.length; j++) {
            errors[j] = (float) error(row, box, j);
        }
        return errors;
    }

    @Override
    public Map<String, Double> loss() {
        return Map.of(RecForest.RECONSTRUCTION, mean);
    }

    /** The trees' nodes one after another; {@code nodes} says how many each has. */
    @Override
    public Map<String, Tensor> weights() {
        int all = trees.stream().mapToInt(RandomTree::nodes).sum();
        float[] nodes = new float[trees.size()];
        float[] feature = new float[all];
        float[] threshold = new float[all];
        float[] left = new float[all];
        int at = 0;
        for (int t = 0; t < nodes.length; t++) {
            RandomTree tree = trees.get(t);
            nodes[t] = tree.nodes();
            for (int i = 0; i < tree.nodes(); i++, at++) {
                feature[at] = tree.feature()[i];
                threshold[at] = tree.threshold()[i];
                left[at] = tree.left()[i];
            }
        }
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put(LEAST, Tensor.of(least.clone(), least.length));
        weights.put(GREATEST, Tensor.of(greatest.clone(), greatest.length));
        weights.put(NODES, Tensor.of(nodes, nodes.length));
        weights.put(FEATURE, Tensor.of(feature, all));
        weights.put(THRESHOLD, Tensor.of(threshold, all));
        weights.put(LEFT, Tensor.of(left, all));
        return weights;
    }

    /**
     * Reads {@link #weights()} back.
     *
     * @throws IllegalArgumentException if something is missing, or a node points out of its tree or back
     */
    static Forest of(Map<String, Tensor> weights, int features) {
        float[] nodes = array(weights, NODES);
        float[] feature = array(weights, FEATURE);
        float[] threshold = array(weights, THRESHOLD);
        float[] left = array(weights, LEFT);
        RandomTree[] trees = new RandomTree[nodes.length];
        int at = 0;
        for (int t = 0; t < trees.length; t++) {
            int end = at + (int) nodes[t];
            if (nodes[t] < 1 || end > Math.min(feature.length, Math.min(threshold.length, left.length))) {
                throw new IllegalArgumentException("The model's tree " + t + " has " + (int) nodes[t]
                        + " nodes, which its arrays do not hold. The file is damaged.");
            }
            trees[t] = new RandomTree(
                    whole(feature, at, end), Arrays.copyOfRange(threshold, at, end), whole(left, at, end));
            check(trees[t], features, t);
            at = end;
        }
        return new Forest(List.of(trees), array(weights, LEAST), array(weights, GREATEST), Double.NaN);
    }

    /** A child always lies behind its parent, so no way through a tree is endless. */
    private static void check(RandomTree tree, int features, int number) {
        for (int i = 0; i < tree.nodes(); i++) {
            boolean leaf = tree.feature()[i] < 0;
            if (!leaf && (tree.feature()[i] >= features || tree.left()[i] <= i || tree.left()[i] + 1 >= tree.nodes())) {
                throw new IllegalArgumentException(
                        "The model's tree " + number + " has a node that leads nowhere. The file is damaged.");
            }
        }
    }

    private static float[] array(Map<String, Tensor> weights, String name) {
        Tensor tensor = weights.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("The model has no '" + name + "'; it was made by another detector.");
        }
        return tensor.values();
    }

    private static int[] whole(float[] values, int from, int to) {
        int[] numbers = new int[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (int) values[from + i];
        }
        return numbers;
    }
}

package org.oddlens.engine.compute;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Does what a plan's text says, number by number, in double precision, without any of the classes that run plans: the proof
 * that the text is complete and that nothing in a plan depends on the machine it was compiled for.
 */
final class PlanText {

    private static final Pattern OPERAND = Pattern.compile("([^\\[(,]+)\\[(\\d+),(\\d+)\\]([↓→·]?)(ᵀ?)");
    private static final Pattern LINE =
            Pattern.compile("(\\S+)\\[(\\d+),(\\d+)\\] = (\\w+)(?:\\{([^}]*)\\})?\\((.*)\\)");

    /** A matrix as the text refers to it. */
    private record Operand(double[] numbers, int rows, int columns, String repeated, boolean turned) {

        double at(int row, int column) {
            return switch (repeated) {
                case "↓" -> numbers[column];
                case "→" -> numbers[row];
                case "·" -> numbers[0];
                default -> numbers[row * columns + column];
            };
        }
    }

    private final Map<String, double[]> values = new HashMap<>();
    private final Map<String, double[]> results = new LinkedHashMap<>();

    /** @param given numbers of the parameters and inputs by name */
    static Map<String, double[]> run(String text, Map<String, float[]> given) {
        PlanText plan = new PlanText();
        given.forEach((name, array) -> plan.values.put(name, doubles(array)));
        text.lines().forEach(plan::line);
        return plan.results;
    }

    private static double[] doubles(float[] array) {
        double[] copy = new double[array.length];
        for (int i = 0; i < copy.length; i++) {
            copy[i] = array[i];
        }
        return copy;
    }

    private void line(String line) {
        if (line.startsWith("constant ")) {
            String[] parts = line.substring("constant ".length()).split(" = ");
            String[] numbers = parts[1].substring(1, parts[1].length() - 1).split(", ");
            double[] array = new double[numbers.length];
            for (int i = 0; i < array.length; i++) {
                array[i] = Float.parseFloat(numbers[i]);
            }
            values.put(parts[0], array);
        } else if (line.startsWith("result ")) {
            String[] parts = line.substring("result ".length()).split(" = ");
            results.put(parts[0], operands(parts[1]).get(0).numbers());
        } else if (!line.startsWith("parameter ") && !line.startsWith("input ") && !line.startsWith("fused ")) {
            instruction(line.strip());
        }
    }

    private List<Operand> operands(String text) {
        List<Operand> operands = new ArrayList<>();
        Matcher matcher = OPERAND.matcher(text);
        while (matcher.find()) {
            operands.add(new Operand(
                    values.get(matcher.group(1).strip()),
                    Integer.parseInt(matcher.group(2)),
                    Integer.parseInt(matcher.group(3)),
                    matcher.group(4),
                    !matcher.group(5).isEmpty()));
        }
        return operands;
    }

    private void instruction(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of a plan: " + line);
        }
        int rows = Integer.parseInt(matcher.group(2));
        int columns = Integer.parseInt(matcher.group(3));
        String name = matcher.group(4);
        String settings = matcher.group(5) == null ? "" : matcher.group(5);
        List<Operand> in = operands(matcher.group(6));
        double[] out = new double[rows * columns];
        values.put(matcher.group(1), out);
        if (name.startsWith("patch_")) {
            patches(name, numbers(settings), in.get(0).numbers(), in.get(1).numbers(), out);
            return;
        }
        if (name.endsWith("_rows")) {
            move(name.equals("add_rows"), numbers(settings), in.get(0), out);
            return;
        }
        double k = settings.isEmpty() ? 0 : Float.parseFloat(settings);
        switch (name) {
            case "product" -> product(in.get(0), in.get(1), rows, columns, out);
            case "grouped_product" -> groupedProduct((int) k, in.get(0), in.get(1), out);
            case "swapped" -> swap((int) k, in.get(0), out);
            case "row_sum", "column_sum", "total", "row_max" -> reduce(name, k, in.get(0), out);
            default -> each(name, k, in, rows, columns, out);
        }
    }

    private static int[] numbers(String settings) {
        return Arrays.stream(settings.split("[^0-9-]+"))
                .filter(part -> !part.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    /** Image height, width, channels; grid height, width; window height, width; strides; pads; dilations; depth. */
    private static void patches(String name, int[] g, double[] first, double[] second, double[] out) {
        int imageLength = g[0] * g[1] * g[2];
        int places = g[3] * g[4];
        int depth = g[13];
        int images = (name.equals("patch_scatter") ? out : first).length / imageLength;
        for (int n = 0; n < images * places; n++) {
            int image = n / places;
            for (int window = 0; window < g[5] * g[6] * g[2]; window++) {
                int channel = window % g[2];
                int y = n % places / g[4] * g[7] - g[9] + window / g[2] / g[6] * g[11];
                int x = n % places % g[4] * g[8] - g[10] + window / g[2] % g[6] * g[12];
                if (y < 0 || y >= g[0] || x < 0 || x >= g[1]) {
                    continue;
                }
                int pixel = image * imageLength + (y * g[1] + x) * g[2] + channel;
                for (int d = 0; d < depth; d++) {
                    switch (name) {
                        case "patch_forward" -> out[n * depth + d] += first[pixel] * second[window * depth + d];
                        case "patch_scatter" -> out[pixel] += first[n * depth + d] * second[window * depth + d];
                        default -> out[window * depth + d] += first[pixel] * second[n * depth + d];
                    }
                }
            }
        }
    }

    private static void move(boolean back, int[] settings, Operand in, double[] out) {
        int[] source = Arrays.copyOfRange(settings, 1, settings.length);
        int columns = in.columns();
        int groups = in.rows() / (back ? source.length : settings[0]);
        for (int i = 0; i < groups * source.length * columns; i++) {
            int group = i / columns / source.length;
            int from = source[i / columns % source.length];
            if (from >= 0) {
                int there = (group * settings[0] + from) * columns + i % columns;
                if (back) {
                    out[there] += in.numbers()[i];
                } else {
                    out[i] = in.numbers()[there];
                }
            }
        }
    }

    private static void product(Operand a, Operand b, int rows, int columns, double[] out) {
        int inner = a.turned() ? a.rows() : a.columns();
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                for (int k = 0; k < inner; k++) {
                    out[i * columns + j] +=
                            (a.turned() ? a.at(k, i) : a.at(i, k)) * (b.turned() ? b.at(j, k) : b.at(k, j));
                }
            }
        }
    }

    private static void groupedProduct(int groups, Operand a, Operand b, double[] out) {
        for (int g = 0; g < groups; g++) {
            Operand left = group(a, g, groups);
            Operand right = group(b, g, groups);
            int rows = left.turned() ? left.columns() : left.rows();
            double[] part = new double[out.length / groups];
            product(left, right, rows, part.length / rows, part);
            System.arraycopy(part, 0, out, g * part.length, part.length);
        }
    }

    private static Operand group(Operand all, int g, int groups) {
        int length = all.numbers().length / groups;
        double[] part = Arrays.copyOfRange(all.numbers(), g * length, (g + 1) * length);
        return new Operand(part, all.rows() / groups, all.columns(), all.repeated(), all.turned());
    }

    private static void swap(int outer, Operand in, double[] out) {
        int inner = in.rows() / outer;
        for (int i = 0; i < in.rows(); i++) {
            int to = i % inner * outer + i / inner;
            System.arraycopy(in.numbers(), i * in.columns(), out, to * in.columns(), in.columns());
        }
    }

    private static void reduce(String name, double k, Operand in, double[] out) {
        if (name.equals("row_max")) {
            Arrays.fill(out, Double.NEGATIVE_INFINITY);
        }
        for (int i = 0; i < in.rows(); i++) {
            for (int j = 0; j < in.columns(); j++) {
                switch (name) {
                    case "row_sum" -> out[i] += k * in.at(i, j);
                    case "column_sum" -> out[j] += k * in.at(i, j);
                    case "total" -> out[0] += k * in.at(i, j);
                    default -> out[i] = Math.max(out[i], in.at(i, j));
                }
            }
        }
    }

    private static void each(String name, double k, List<Operand> in, int rows, int columns, double[] out) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double a = in.get(0).at(i, j);
                double b = in.size() > 1 ? in.get(1).at(i, j) : 0;
                double c = in.size() > 2 ? in.get(2).at(i, j) : 0;
                out[i * columns + j] = function(name, a, b, c, k);
            }
        }
    }

    private static double function(String name, double a, double b, double c, double k) {
        DoubleUnaryOperator sigmoid = x -> 1 / (1 + Math.exp(-x));
        DoubleBinaryOperator where = (condition, value) -> condition > 0 ? value : 0;
        return switch (name) {
            case "copy" -> a;
            case "add" -> a + b;
            case "sub" -> a - b;
            case "mul" -> a * b;
            case "div" -> a / b;
            case "squared_difference" -> (a - b) * (a - b);
            case "difference_k" -> k * (a - b);
            case "pow" -> Math.pow(a, b);
            case "pow_k" -> Math.pow(a, k);
            case "add_k" -> a + k;
            case "mul_k" -> a * k;
            case "div_k" -> a / k;
            case "k_sub" -> k - a;
            case "k_div" -> k / a;
            case "greater_k" -> where.applyAsDouble(a - k, 1);
            case "neg" -> -a;
            case "abs" -> Math.abs(a);
            case "sqrt" -> Math.sqrt(a);
            case "log" -> Math.log(a);
            case "exp" -> Math.exp(a);
            case "relu" -> Math.max(0, a);
            case "leaky_relu" -> a > 0 ? a : k * a;
            case "tanh" -> Math.tanh(a);
            case "sigmoid" -> sigmoid.applyAsDouble(a);
            case "relu_back" -> where.applyAsDouble(a, b);
            case "leaky_relu_back" -> a < 0 ? k * b : b;
            case "tanh_back" -> (1 - a * a) * b;
            case "sigmoid_back" -> a * (1 - a) * b;
            case "squared_difference_back" -> 2 * (a - b) * c;
            case "div_back_b" -> -c * a / (b * b);
            default -> throw new IllegalArgumentException("no such function: " + name);
        };
    }
}

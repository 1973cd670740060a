package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the values of a label are taken to mean, and the sentence that says so.
 *
 * @param anomaly   values that mean anomaly
 * @param normal    values that mean normal; both lists empty if the label only gives classes
 * @param certainty how far to trust it
 * @param sentence  in words
 */
record LabelMap(List<String> anomaly, List<String> normal, RoleGuess.Certainty certainty, String sentence) {

    private static final Set<String> NORMAL_WORDS =
            Set.of("normal", "normal.", "benign", "no", "false", "n", "inlier", "good", "ok", "negative", "healthy");
    private static final Set<String> ANOMALY_WORDS = Set.of(
            "anomaly", "anomalous", "abnormal", "outlier", "attack", "yes", "true", "o", "bad", "positive", "fraud");

    /** A class so many times rarer than the next is taken for the anomalies. Of three or more it is at most an eleventh. */
    private static final long TIMES_RARER = 5;

    /**
     * Interprets the distinct values of the label called {@code name}.
     *
     * @param seed the arrays are named as in the MemAE sets ({@code Data}, {@code y}), where 2 of 0, 1, 2 is anomalous
     */
    static LabelMap of(String name, List<ValueCount> values, boolean seed) {
        if (values.isEmpty()) {
            return classesOnly("The label '" + name + "' has more than " + ArrayInfo.MAX_DISTINCT
                    + " values, so it cannot be mapped to anomaly and normal by itself.");
        }
        if (values.size() == 1) {
            String only = values.get(0).value();
            return new LabelMap(
                    List.of(),
                    List.of(only),
                    RoleGuess.Certainty.UNSURE,
                    (values.get(0).rows() == 1
                                    ? "The only row has"
                                    : "All " + Sentences.count(values.get(0).rows()) + " rows have")
                            + " the label value " + only
                            + ", taken as normal; without anomalies nothing can be evaluated.");
        }
        if (texts(values, Set.of("0", "1"))) {
            return map(values, v -> v.value().equals("1"), RoleGuess.Certainty.SURE);
        }
        if (texts(values, Set.of("-1", "1"))) {
            return map(values, v -> v.value().equals("-1"), RoleGuess.Certainty.SURE);
        }
        if (seed && texts(values, Set.of("0", "1", "2"))) {
            return map(values, v -> v.value().equals("2"), RoleGuess.Certainty.SURE);
        }
        List<ValueCount> numbers =
                values.stream().filter(v -> ClassOrder.isNumber(v.value())).toList();
        if (texts(numbers, Set.of("0", "1")) || texts(numbers, Set.of("-1", "1"))) {
            return withStrays(values, numbers);
        }
        if (values.stream().anyMatch(v -> in(v, NORMAL_WORDS))) {
            boolean plain = values.size() == 2 || values.stream().noneMatch(v -> in(v, ANOMALY_WORDS));
            return map(
                    values, v -> !in(v, NORMAL_WORDS), plain ? RoleGuess.Certainty.SURE : RoleGuess.Certainty.LIKELY);
        }
        if (values.stream().anyMatch(v -> in(v, ANOMALY_WORDS))) {
            return map(values, v -> in(v, ANOMALY_WORDS), RoleGuess.Certainty.LIKELY);
        }
        return byRarity(name, values);
    }

    /** Among 0 and 1 (or −1 and 1) a word is a slip or a line of totals, and certainly not the name of the anomalies. */
    private static LabelMap withStrays(List<ValueCount> values, List<ValueCount> numbers) {
        String anomalous = numbers.stream().anyMatch(v -> v.value().equals("-1")) ? "-1" : "1";
        LabelMap plain = map(numbers, v -> v.value().equals(anomalous), RoleGuess.Certainty.UNSURE);
        List<String> strays =
                names(values.stream().filter(v -> !numbers.contains(v)).toList());
        return new LabelMap(
                plain.anomaly(),
                plain.normal(),
                plain.certainty(),
                plain.sentence() + " "
                        + Sentences.list(
                                strays.stream()
                                        .map(s -> "'" + Sentences.shown(s) + "'")
                                        .toList(),
                                8)
                        + (strays.size() == 1 ? " is" : " are")
                        + " neither: mend the rows that have it, or say what it means.");
    }

    private static LabelMap byRarity(String name, List<ValueCount> values) {
        List<ValueCount> rarestFirst = new ArrayList<>(values);
        rarestFirst.sort(Comparator.comparingInt(ValueCount::rows));
        ValueCount rarest = rarestFirst.get(0);
        ValueCount next = rarestFirst.get(1);
        if (values.size() == 2) {
            boolean tie = rarest.rows() == next.rows();
            ValueCount chosen = tie ? values.get(1) : rarest;
            return map(values, chosen::equals, tie ? RoleGuess.Certainty.UNSURE : RoleGuess.Certainty.LIKELY);
        }
        if (TIMES_RARER * rarest.rows() <= next.rows()) {
            return map(values, rarest::equals, RoleGuess.Certainty.LIKELY);
        }
        return classesOnly("The label '" + name + "' has " + values.size() + " classes ("
                + Sentences.list(values.stream().map(ValueCount::value).toList(), 12)
                + ") and none of them stands out as anomalous. Say which are normal, or choose the protocol one-class"
                + " or one-anomalous.");
    }

    private static LabelMap classesOnly(String sentence) {
        return new LabelMap(List.of(), List.of(), RoleGuess.Certainty.UNSURE, sentence);
    }

    private static LabelMap map(
            List<ValueCount> values, Predicate<ValueCount> anomalous, RoleGuess.Certainty certainty) {
        List<ValueCount> anomalies = values.stream().filter(anomalous).toList();
        List<ValueCount> normals = values.stream().filter(anomalous.negate()).toList();
        return new LabelMap(names(anomalies), names(normals), certainty, sentence(anomalies, normals));
    }

    /** "Value 2 (50 rows, 4.8 %) means anomaly; value 1 means normal." */
    static String sentence(List<ValueCount> anomalies, List<ValueCount> normals) {
        long rows = anomalies.stream().mapToLong(ValueCount::rows).sum();
        long total = rows + normals.stream().mapToLong(ValueCount::rows).sum();
        String share = " (" + Sentences.count(rows, "row") + ", " + Sentences.percent(rows, total) + ")";
        if (anomalies.isEmpty()) {
            return "No value means anomaly. " + values(names(normals), " means normal.", " mean normal.");
        }
        if (normals.isEmpty()) {
            return values(
                    names(anomalies),
                    share + " means anomaly; no value means normal.",
                    share + " mean anomaly; no value means normal.");
        }
        String normalPart = values(names(normals), " means normal.", " mean normal.");
        return values(names(anomalies), share + " means anomaly; ", share + " mean anomaly; ")
                + normalPart.substring(0, 1).toLowerCase(Locale.ROOT)
                + normalPart.substring(1);
    }

    private static String values(List<String> names, String one, String several) {
        return (names.size() == 1 ? "Value " : "Values ")
                + Sentences.list(names, 8)
                + (names.size() == 1 ? one : several);
    }

    private static List<String> names(List<ValueCount> values) {
        return values.stream().map(ValueCount::value).toList();
    }

    private static boolean in(ValueCount value, Set<String> words) {
        return words.contains(value.value().toLowerCase(Locale.ROOT));
    }

    private static boolean texts(List<ValueCount> values, Set<String> wanted) {
        return values.size() == wanted.size() && values.stream().allMatch(v -> wanted.contains(v.value()));
    }
}

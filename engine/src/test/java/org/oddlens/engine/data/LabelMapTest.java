package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelMapTest {

    /** Pairs of a value and the number of rows that have it, as in {@code "0:90 1:10"}. */
    private static List<ValueCount> counts(String pairs) {
        return List.of(pairs.split(" ")).stream()
                .map(pair -> pair.split(":"))
                .map(pair -> new ValueCount(pair[0], Integer.parseInt(pair[1])))
                .toList();
    }

    private static LabelMap map(String pairs) {
        return LabelMap.of("kind", counts(pairs), false);
    }

    @ParameterizedTest
    @CsvSource({
        "0:90 1:10, 1, SURE",
        "0:10 1:90, 1, SURE", // by the values, however many rows
        "-1:90 1:10, -1, SURE",
        "1:90 -1:10, -1, SURE",
        "normal:5 attack:90, attack, SURE",
        "Normal:5 dos:90, dos, SURE",
        "benign:5 dos:9 probe:7, dos|probe, SURE",
        "normal:5 attack:9 dos:9, attack|dos, LIKELY", // dos is beside a word for anomalies: perhaps neither
        "outlier:5 a:9 b:9, outlier, LIKELY",
        "3:5 7:90, 3, LIKELY",
        "7:90 3:5, 3, LIKELY",
        "3:50 7:50, 7, UNSURE"
    })
    void knowsWhichValuesMeanAnomaly(String values, String anomalies, RoleGuess.Certainty certainty) {
        LabelMap map = map(values);

        assertThat(map.anomaly()).containsExactly(anomalies.split("\\|"));
        assertThat(map.certainty()).isEqualTo(certainty);
        assertThat(map.normal())
                .hasSize(counts(values).size() - map.anomaly().size())
                .doesNotContainAnyElementsOf(map.anomaly());
    }

    /** In the MemAE sets 2 of 0, 1, 2 is anomalous; elsewhere it is a class like the others. */
    @Test
    void takesTwoForTheAnomaliesOfTheMemAESetsOnly() {
        List<ValueCount> values = counts("0:40 1:40 2:20");

        LabelMap seed = LabelMap.of("y", values, true);
        assertThat(seed.anomaly()).containsExactly("2");
        assertThat(seed.certainty()).isEqualTo(RoleGuess.Certainty.SURE);
        assertThat(LabelMap.of("y", values, false).anomaly()).isEmpty();
        assertThat(LabelMap.of("y", counts("0:40 1:40 3:20"), true).anomaly()).isEmpty();
    }

    /** A fifth of the next class is just rare enough. */
    @ParameterizedTest
    @CsvSource({
        "a:10 b:50 c:50, a",
        "b:50 c:50 a:10, a",
        "b:900 a:10 c:50, a",
        "a:10 b:50 c:49, ''",
        "a:11 b:54 c:54, ''",
        "a:10 b:30 c:30 d:30, ''",
        "a:3 b:15 c:15 d:15, a",
        "a:300000000 b:2000000000 c:1500000000, a"
    })
    void takesAClassForTheAnomaliesThatIsFiveTimesRarerThanTheNext(String values, String anomaly) {
        LabelMap map = map(values);

        assertThat(map.anomaly()).isEqualTo(anomaly.isEmpty() ? List.of() : List.of(anomaly));
        assertThat(map.certainty())
                .isEqualTo(anomaly.isEmpty() ? RoleGuess.Certainty.UNSURE : RoleGuess.Certainty.LIKELY);
    }

    @Test
    void tellsClassesOfWhichNoneStandsOut() {
        assertThat(map("a:50 b:50 c:50"))
                .isEqualTo(new LabelMap(
                        List.of(),
                        List.of(),
                        RoleGuess.Certainty.UNSURE,
                        "The label 'kind' has 3 classes (a, b and c) and none of them stands out as anomalous. Say which"
                                + " are normal, or choose the protocol one-class or one-anomalous."));
    }

    @Test
    void namesNoMoreThanTwelveClasses() {
        List<ValueCount> many = IntStream.rangeClosed(1, 14)
                .mapToObj(i -> new ValueCount("c" + i, 10))
                .toList();
        assertThat(LabelMap.of("kind", many, false).sentence()).contains("14 classes (c1, ", "c12 and 2 more)");
    }

    @Test
    void cannotMapALabelOfTooManyValues() {
        LabelMap map = LabelMap.of("kind", List.of(), false);

        assertThat(map.sentence()).startsWith("The label 'kind' has more than ").contains("cannot be mapped");
        assertThat(map.anomaly()).isEmpty();
        assertThat(map.normal()).isEmpty();
        assertThat(map.certainty()).isEqualTo(RoleGuess.Certainty.UNSURE);
    }

    @Test
    void takesAnOnlyValueForNormal() {
        assertThat(map("x:2010"))
                .isEqualTo(new LabelMap(
                        List.of(),
                        List.of("x"),
                        RoleGuess.Certainty.UNSURE,
                        "All 2,010 rows have the label value x, taken as normal; without anomalies nothing can be"
                                + " evaluated."));
        assertThat(map("x:1").sentence()).startsWith("The only row has the label value x, taken as normal;");
    }

    @Test
    void saysInASentenceWhatTheValuesMean() {
        assertThat(LabelMap.sentence(counts("2:50"), counts("0:500 1:450")))
                .isEqualTo("Value 2 (50 rows, 5.0 %) means anomaly; values 0 and 1 mean normal.");
        assertThat(LabelMap.sentence(counts("a:1 b:1"), counts("c:6")))
                .isEqualTo("Values a and b (2 rows, 25.0 %) mean anomaly; value c means normal.");
        assertThat(LabelMap.sentence(List.of(), counts("c:6")))
                .isEqualTo("No value means anomaly. Value c means normal.");
        assertThat(LabelMap.sentence(List.of(), counts("c:6 d:1")))
                .isEqualTo("No value means anomaly. Values c and d mean normal.");
        assertThat(LabelMap.sentence(counts("a:1"), List.of()))
                .isEqualTo("Value a (1 row, 100.0 %) means anomaly; no value means normal.");
        assertThat(LabelMap.sentence(counts("a:1 b:2"), List.of()))
                .isEqualTo("Values a and b (3 rows, 100.0 %) mean anomaly; no value means normal.");
    }
}

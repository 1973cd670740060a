package org.oddlens.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitterTest {

    /** Row i has the one feature i; the last {@code anomalies} rows are anomalies. */
    private static Dataset data(int normals, int anomalies) {
        float[] values = new float[normals + anomalies];
        boolean[] labels = new boolean[values.length];
        String[] classes = new String[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
            labels[i] = i >= normals;
            classes[i] = labels[i] ? "odd" : i % 2 == 0 ? "a" : "b";
        }
        return Dataset.builder("test", values, 1)
                .labels(labels)
                .classes(classes)
                .build();
    }

    private static Split split(Dataset data, ProtocolSpec spec) {
        return Splitter.split(data, spec, new Random(spec.splitSeed()));
    }

    @Provide
    Arbitrary<String> protocols() {
        return Arbitraries.of("normal-split", "half-split", "alternate", "one-class", "one-anomalous");
    }

    @Property(tries = 300)
    void rolesAreDisjointAndAddUp(
            @ForAll("protocols") String id,
            // So many that no random half is without one: then there would be nothing to train on, rightly refused.
            @ForAll @IntRange(min = 40, max = 200) int normals,
            @ForAll @IntRange(min = 4, max = 60) int anomalies,
            @ForAll @DoubleRange(min = 0, max = 0.5) double validation,
            @ForAll @DoubleRange(min = 0, max = 0.1) double rho,
            @ForAll @DoubleRange(min = 0.5, max = 1) double keep,
            @ForAll long seed) {
        Dataset data = data(normals, anomalies);
        ProtocolSpec spec = ProtocolSpec.of(id)
                .withValidationShare(validation)
                .withKeep(keep)
                .withSplitSeed(seed)
                .withNormalClasses(List.of("a", "b"))
                .withAnomalousClass("odd");
        if (!id.equals("half-split")) {
            spec = spec.withRho(Math.min(rho, 0.01));
        }
        Split split = split(data, spec);
        int[] all = IntStream.of(split.train()).toArray();
        all = IntStream.concat(Arrays.stream(all), Arrays.stream(split.validation()))
                .toArray();
        all = IntStream.concat(Arrays.stream(all), Arrays.stream(split.test())).toArray();
        all = IntStream.concat(Arrays.stream(all), Arrays.stream(split.leftOut()))
                .toArray();
        Arrays.sort(all);
        assertThat(all).isEqualTo(IntStream.range(0, data.rows()).toArray());
        assertThat(split(data, spec)).usingRecursiveComparison().isEqualTo(split);
        if (spec.rho() == 0) {
            assertThat(Arrays.stream(split.train()).anyMatch(i -> data.labels().orElseThrow()[i]))
                    .isFalse();
        }
    }

    @Test
    void trainsOnTheLargerHalfOfTheNormalRows() {
        Split odd = split(data(3679, 93), ProtocolSpec.of("normal-split"));
        assertThat(odd.train()).as("Thyroid in the original program").hasSize(1840);
        assertThat(odd.test()).hasSize(1839 + 93);
        assertThat(odd.leftOut()).isEmpty();
        Split other = split(data(3679, 93), ProtocolSpec.of("normal-split").withSplitSeed(43));
        assertThat(other.train()).isNotEqualTo(odd.train());
    }

    @Test
    void alternatesNormalRowsWithoutChance() {
        Split split = split(data(5, 2), ProtocolSpec.of("alternate"));
        assertThat(split.train()).containsExactly(0, 2, 4);
        assertThat(split.test()).containsExactly(1, 3, 5, 6);
    }

    @Test
    void trainsAndScoresEveryRowTransductively() {
        Split split = split(data(8, 2), ProtocolSpec.of("transductive").withValidationShare(0.2));
        assertThat(split.test()).hasSize(10);
        assertThat(split.train()).hasSize(8);
        assertThat(split.validation()).hasSize(2);
    }

    @Test
    void injectsHeldOutAnomaliesAndTakesThemOutOfTheTest() {
        // 90 training normals and rho 0.1: floor(90 * 0.1 / 0.9) = 10 injected
        ProtocolSpec spec = ProtocolSpec.of("normal-split").withRho(0.1);
        Split split = split(data(180, 40), spec);
        assertThat(anomalies(split, split.train())).isEqualTo(10);
        assertThat(anomalies(split, split.test())).isEqualTo(30);
        Split held = split(data(180, 40), spec.withHoldOut(0.5));
        assertThat(anomalies(held, held.train())).isEqualTo(10);
        assertThat(anomalies(held, held.test())).isEqualTo(20);
        assertThat(held.leftOut()).hasSize(10);
        assertThatThrownBy(() -> split(data(180, 5), spec)).hasMessageContaining("needs 10 held-out anomalies");
    }

    private static long anomalies(Split split, int[] rows) {
        boolean[] labels = split.labels(rows).orElseThrow();
        return IntStream.range(0, labels.length).filter(i -> labels[i]).count();
    }

    @Test
    void halvesAllRowsAndTrainsOnTheNormalOnesOfOneHalf() {
        Split split = split(data(100, 20), ProtocolSpec.of("half-split"));
        assertThat(split.test()).hasSize(60);
        assertThat(anomalies(split, split.train())).isZero();
        assertThat(split.train().length + split.leftOut().length).isEqualTo(60);
    }

    @Test
    void takesNormalAndAnomalousClassesFromTheProtocol() {
        Split one = split(data(10, 4), ProtocolSpec.of("one-class").withNormalClasses(List.of("a")));
        assertThat(one.train()).containsAnyOf(0, 2, 4, 6, 8).hasSize(3);
        assertThat(anomalies(one, one.test())).isEqualTo(9);
        Split anomalous = split(data(10, 4), ProtocolSpec.of("one-anomalous").withAnomalousClass("b"));
        assertThat(anomalies(anomalous, anomalous.test())).isEqualTo(5);
        assertThatThrownBy(() -> split(data(10, 4), ProtocolSpec.of("one-class").withNormalClasses(List.of("z"))))
                .hasMessageContaining("No row has the class 'z'");
    }

    @Test
    void followsTheFilesOwnSplit() {
        Part[] parts = {Part.TRAIN, Part.TEST, Part.TRAIN, Part.VALIDATION};
        Dataset data = Dataset.builder("own", new float[] {1, 2, 3, 4}, 1)
                .ownSplit(parts)
                .build();
        Split split = split(data, ProtocolSpec.defaultFor(data));
        assertThat(split.train()).containsExactly(0, 2);
        assertThat(split.validation()).containsExactly(3);
        assertThat(split.test()).containsExactly(1);
        assertThatThrownBy(() -> split(data(4, 1), ProtocolSpec.of("own-split")))
                .hasMessageContaining("own split");
    }

    /** Half of 4 anomalies and, of 20 normal rows, half of a half: 2 and 5; of the 5, 3 train. */
    @Test
    void usesTheShareOfEachClassThatIsKept() {
        Split split =
                split(data(20, 4), ProtocolSpec.of("normal-split").withKeep(0.5).withNormalShare(0.5));

        assertThat(split.train()).hasSize(3);
        assertThat(anomalies(split, split.train())).isZero();
        assertThat(split.test()).hasSize(4);
        assertThat(anomalies(split, split.test())).isEqualTo(2);
        assertThat(split.leftOut()).hasSize(17);
        assertThat(split.notes()).containsExactly("Of 24 rows, 7 are used (keep 0.5, of the normal rows 0.5).");
    }

    @Test
    void keepsAllAnomaliesWhereOnlyNormalRowsAreFewer() {
        Split split = split(data(20, 4), ProtocolSpec.of("alternate").withNormalShare(0.5));

        assertThat(split.train()).hasSize(5).isSorted();
        assertThat(anomalies(split, split.test())).isEqualTo(4);
        assertThat(split.leftOut()).hasSize(10);
    }

    @Test
    void saysNothingOfAShareThatWasNotAskedFor() {
        assertThat(split(data(20, 4), ProtocolSpec.of("alternate").withKeep(0.5))
                        .notes())
                .containsExactly("Of 24 rows, 12 are used (keep 0.5).");
    }

    /** 10 of 20 rows are one half. With k anomalies in it, rho 0.1 takes floor((10 - k) / 9): one of them, if k <= 1. */
    @Test
    void saysHowManyAnomaliesOfTheTrainingHalfAreLeftOut() {
        Dataset data = data(18, 2);
        for (int seed = 0; seed < 30; seed++) {
            Split split = split(data, ProtocolSpec.of("half-split").withSplitSeed(seed));
            assertThat(split.notes())
                    .containsExactlyElementsOf(
                            switch (split.leftOut().length) {
                                case 0 -> List.of();
                                case 1 -> List.of("The training half also holds 1 anomaly; it is left out.");
                                default -> List.of(
                                        "The training half also holds 2 anomalies; 0 of them train, the others"
                                                + " are left out.");
                            });
        }
        Split oneOfOne = IntStream.range(0, 30)
                .mapToObj(seed -> ProtocolSpec.of("half-split").withSplitSeed(seed))
                .filter(spec -> split(data, spec).leftOut().length == 1)
                .map(spec -> split(data, spec.withRho(0.1)))
                .findFirst()
                .orElseThrow();
        assertThat(anomalies(oneOfOne, oneOfOne.train())).isEqualTo(1);
        assertThat(oneOfOne.notes()).as("all of them train").isEmpty();
    }

    /** What is drawn is drawn by the seed, not from the front: over ten seeds no draw is always the same. */
    @Test
    void drawsEveryChoiceByItsSeed() {
        for (ProtocolSpec spec : List.of(
                ProtocolSpec.of("half-split"),
                ProtocolSpec.of("alternate").withKeep(0.5),
                ProtocolSpec.of("alternate").withRho(0.1),
                ProtocolSpec.of("alternate").withValidationShare(0.1))) {
            assertThat(IntStream.range(0, 10)
                            .mapToObj(seed -> {
                                Split split = split(data(40, 10), spec.withSplitSeed(seed));
                                return Arrays.toString(split.train()) + Arrays.toString(split.validation());
                            })
                            .distinct()
                            .count())
                    .as(spec.id())
                    .isGreaterThan(7);
        }
    }

    @Test
    void keepsTestedAnomaliesInTheirOrderAndSaysWhatItHeldBack() {
        Split split =
                split(data(18, 12), ProtocolSpec.of("alternate").withRho(0.1).withHoldOut(0.5));

        assertThat(split.test()).isSorted().hasSize(9 + 6);
        assertThat(split.notes())
                .containsExactly(
                        "6 anomalies are held out of the test rows; 1 of them joins the training rows" + " (rho 0.1).");
        assertThat(split(data(18, 12), ProtocolSpec.of("alternate").withRho(0.1))
                        .notes())
                .containsExactly(
                        "1 anomaly is held out of the test rows; 1 of them joins the training rows (rho 0.1).");
    }

    /** 9 training rows and rho 0.1 need one anomaly: one is enough. */
    @Test
    void injectsTheLastAnomalyThereIs() {
        Split split = split(data(18, 1), ProtocolSpec.of("alternate").withRho(0.1));

        assertThat(anomalies(split, split.train())).isEqualTo(1);
        assertThat(anomalies(split, split.test())).isZero();
    }

    @Test
    void refusesWhatAProtocolCannotDo() {
        Dataset unlabelled = Dataset.of("u", new float[8], new int[] {2}, null);
        for (String id : List.of("normal-split", "half-split", "alternate")) {
            assertThatThrownBy(() -> split(unlabelled, ProtocolSpec.of(id)))
                    .as(id)
                    .hasMessageContaining("The protocol " + id + " needs labels");
        }
        for (ProtocolSpec spec : List.of(
                ProtocolSpec.of("transductive").withRho(0.1),
                ProtocolSpec.of("transductive").withHoldOut(0.1),
                ProtocolSpec.of("own-split").withRho(0.1))) {
            assertThatThrownBy(() -> split(ownSplitOfBothClasses(), spec)).hasMessageContaining("must be 0");
        }
    }

    private static final Part[] PARTS = {
        Part.TRAIN,
        Part.TRAIN,
        Part.VALIDATION,
        Part.TEST,
        Part.VALIDATION,
        Part.TRAIN,
        Part.TRAIN,
        Part.TEST,
        Part.TRAIN,
        Part.TEST
    };
    private static final String[] CLASSES = {"a", "odd", "odd", "odd", "a", "a", "odd", "a", "a", "odd"};

    /** Rows 1 and 6 of its training rows, row 2 of its validation rows, rows 3 and 9 of its test rows are odd. */
    private static Dataset ownSplitOfBothClasses() {
        boolean[] labels = new boolean[CLASSES.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = CLASSES[i].equals("odd");
        }
        return Dataset.builder("own", new float[CLASSES.length], 1)
                .labels(labels)
                .classes(CLASSES)
                .ownSplit(PARTS)
                .build();
    }

    /** A third of the three normal training rows joins the file's own validation row; odd ones validate nothing. */
    @Test
    void leavesTheFilesOddRowsOutOfTrainingAndValidationWhereOneClassIsNormal() {
        Split split = split(
                ownSplitOfBothClasses(),
                ProtocolSpec.of("one-class").withNormalClasses(List.of("a")).withValidationShare(0.34));

        assertThat(split.validation()).hasSize(2).startsWith(4);
        assertThat(split.validation()[1]).isIn(0, 5, 8);
        int[] good = IntStream.of(0, 5, 8)
                .filter(row -> row != split.validation()[1])
                .toArray();
        assertThat(split.train()).containsExactly(good);
        assertThat(split.test()).containsExactly(3, 7, 9);
        assertThat(split.leftOut()).containsExactly(1, 2, 6);
    }

    /** Its training rows are its author's choice: odd ones train, and validate. */
    @Test
    void takesTheFilesOwnSplitAsItIsWithAValidationShareBesideIt() {
        Split split =
                split(ownSplitOfBothClasses(), ProtocolSpec.of("own-split").withValidationShare(0.4));

        int[] taken = Arrays.copyOfRange(split.validation(), 2, 4);
        assertThat(split.validation()).hasSize(4).startsWith(2, 4);
        assertThat(taken).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.concat(IntStream.of(split.train()), IntStream.of(taken))
                        .sorted())
                .containsExactly(0, 1, 5, 6, 8);
        assertThat(split.train()).isSorted().hasSize(3);
        assertThat(split.test()).containsExactly(3, 7, 9);
        assertThat(split.leftOut()).isEmpty();
    }

    @Test
    void choosesTheProtocolByWhatTheDataOffer() {
        assertThat(ProtocolSpec.defaultFor(data(5, 2)).id()).isEqualTo("normal-split");
        assertThat(ProtocolSpec.defaultFor(data(5, 0)).id()).isEqualTo("transductive");
        assertThat(ProtocolSpec.defaultFor(Dataset.of("u", new float[4], new int[] {2}, null))
                        .id())
                .isEqualTo("transductive");
        assertThatThrownBy(() ->
                        split(Dataset.of("u", new float[4], new int[] {2}, null), ProtocolSpec.of("normal-split")))
                .hasMessageContaining("needs labels");
    }
}

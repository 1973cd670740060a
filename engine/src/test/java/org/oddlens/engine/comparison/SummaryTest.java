package org.oddlens.engine.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.oddlens.engine.comparison.ToyResults.result;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryTest {

    /** By hand: medians .9 and .8 on one set, .7 and .70005 on the other: a win and a tie. */
    @Test
    void countsWinsTiesAndLossesOfMedians() {
        List<CellResult> results = new ArrayList<>();
        for (double[] auroc : new double[][] {{.9, .8}, {.95, .81}, {.1, .79}}) {
            results.add(result("one", "lof", results.size(), auroc[0]));
            results.add(result("one", "memae", results.size(), auroc[1]));
        }
        results.add(result("two", "lof", 0, .7));
        results.add(result("two", "memae", 0, .70005));

        Summary summary = Summary.of(results);

        assertThat(summary.rows().get(0).auroc().median()).isEqualTo(.9);
        assertThat(summary.rows().get(0).auroc().mean()).isCloseTo(.65, within(1e-12));
        assertThat(summary.duels()).singleElement().satisfies(duel -> {
            assertThat(List.of(duel.wins(), duel.ties(), duel.losses())).containsExactly(1, 1, 0);
            assertThat(duel.p()).isEqualTo(1);
        });
        assertThat(summary.ranks().get(new Contestant("lof", "default"))).isEqualTo(1.5);
    }

    /** By hand: at no anomalies lof is better on the one set, at 0.1 memae; together .8 against .75. */
    @Test
    void ranksEachShareOfAnomaliesButTestsADataSetOnce() {
        Summary summary = Summary.of(List.of(
                result("one", "lof", 0, .9), result("one", "memae", 0, .6),
                result("one", "lof", .1, 0, .7), result("one", "memae", .1, 0, .9)));
        Contestant lof = new Contestant("lof", "default");

        assertThat(summary.ranksAt(0).get(lof)).isEqualTo(1);
        assertThat(summary.ranksAt(.1).get(lof)).isEqualTo(2);
        assertThat(summary.duels()).singleElement().satisfies(duel -> assertThat(
                        List.of(duel.wins(), duel.ties(), duel.losses()))
                .containsExactly(1, 0, 0));
    }

    /** numpy: mean 2.5, std (population) 1.118033988749895, median 2.5. */
    @Test
    void spreadsAsNumPyDoes() {
        Spread spread = Spread.of(4, 1, Double.NaN, 3, 2);

        assertThat(spread).isEqualTo(new Spread(4, 2.5, Math.sqrt(1.25), 2.5, 1, 4));
        assertThat(Spread.of(Double.NaN).mean()).isNaN();
    }
}

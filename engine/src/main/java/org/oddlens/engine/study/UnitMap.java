package org.oddlens.engine.study;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.metric.Percentile;

/**
 * A map of units with what the rows score that each wins, ready to be drawn as a heat map.
 *
 * @param label   words of the interface: "Map units"
 * @param rows    of the grid
 * @param columns of the grid
 * @param scores  mean score per unit, row by row; without meaning where it wins no row
 * @param hits    rows each unit wins
 * @param low     where colours begin
 * @param high    where colours end
 */
public record UnitMap(String label, int rows, int columns, float[] scores, int[] hits, double low, double high) {

    /** Beyond the quartiles by this many times their distance lie few units, which must not take all colours. */
    private static final double FAR = 3;

    /** The maps whose scores are there: runs of earlier versions have none. */
    static List<UnitMap> of(Map<String, NpyArray> anatomy, List<AnatomyObject> objects) {
        return objects.stream()
                .filter(object -> object.kind() == AnatomyObject.Kind.GRID)
                .filter(object -> anatomy.containsKey(object.id() + "-score"))
                .map(object -> of(anatomy, object))
                .toList();
    }

    private static UnitMap of(Map<String, NpyArray> anatomy, AnatomyObject object) {
        float[] shape = anatomy.get(object.id() + "-shape").floats();
        float[] counts = anatomy.get(object.id() + "-hits").floats();
        int[] hits = IntStream.range(0, counts.length)
                .map(u -> Math.round(counts[u]))
                .toArray();
        return of(
                object.label(),
                (int) shape[0],
                (int) shape[1],
                anatomy.get(object.id() + "-score").floats(),
                hits);
    }

    /**
     * A map whose colours run from its lowest to its highest mean score, but no further than three times the distance of the
     * quartiles beyond these: one unit far from all others would otherwise leave them one colour.
     */
    public static UnitMap of(String label, int rows, int columns, float[] scores, int[] hits) {
        double[] known = IntStream.range(0, hits.length)
                .filter(u -> hits[u] > 0 && Float.isFinite(scores[u]))
                .mapToDouble(u -> scores[u])
                .sorted()
                .toArray();
        if (known.length == 0) {
            return new UnitMap(label, rows, columns, scores, hits, 0, 1);
        }
        double lower = Percentile.of(known, 25);
        double upper = Percentile.of(known, 75);
        double reach = upper > lower ? FAR * (upper - lower) : Double.POSITIVE_INFINITY;
        return new UnitMap(
                label,
                rows,
                columns,
                scores,
                hits,
                Math.max(known[0], lower - reach),
                Math.min(known[known.length - 1], upper + reach));
    }
}

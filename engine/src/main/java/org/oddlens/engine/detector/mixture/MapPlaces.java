package org.oddlens.engine.detector.mixture;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Where rows lie on a map, as a part of a graph: the grid coordinates of the nearest unit, each in [0, 1].
 *
 * <pre>
 * s_u  = x·w_u − ½ ‖w_u‖²                              largest where ‖x − w_u‖ is smallest
 * r_u  = (units − u) where s_u is the largest, else 0   largest for the first of equals
 * place = coordinates of the u with the largest r_u
 * </pre>
 *
 * <p>Comparisons send no gradient, so the map does not follow the loss.
 */
final class MapPlaces {

    private final SameDiff graph;
    private final int rows;
    private final int columns;

    MapPlaces(SameDiff graph, int rows, int columns) {
        this.graph = graph;
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * @param x     {@code [n, features]}
     * @param units {@code [rows · columns, features]}, row by row
     * @return {@code [n, 2]}: row / (rows − 1), column / (columns − 1)
     */
    SDVariable of(SDVariable x, SDVariable units) {
        DataType type = units.dataType();
        int count = rows * columns;
        double[] ranks = new double[count];
        double[][] coordinates = new double[count][];
        for (int u = 0; u < count; u++) {
            ranks[u] = count - u;
            coordinates[u] = new double[] {
                (double) (u / columns) / Math.max(1, rows - 1), (double) (u % columns) / Math.max(1, columns - 1)
            };
        }
        SDVariable near = graph.mmul(x, units, false, true, false)
                .sub(units.mul(units).sum(1).mul(0.5));
        SDVariable ranked =
                largest(near).mul(graph.constant(Nd4j.createFromArray(ranks).castTo(type)));
        return largest(ranked)
                .mmul(graph.constant(Nd4j.createFromArray(coordinates).castTo(type)));
    }

    /** 1 where a row has its largest number, else 0. */
    private static SDVariable largest(SDVariable numbers) {
        return numbers.max(true, 1)
                .sub(numbers)
                .gt(0)
                .castTo(numbers.dataType())
                .rsub(1.0);
    }
}

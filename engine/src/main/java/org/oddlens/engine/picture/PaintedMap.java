package org.oddlens.engine.picture;

/**
 * A map of units to be painted as a heat map.
 *
 * @param name    what the units are
 * @param rows    of the grid
 * @param columns of the grid
 * @param scores  mean score per unit, row by row; without meaning where it wins no row
 * @param hits    rows each unit wins
 * @param low     score where colours begin
 * @param high    score where colours end
 */
public record PaintedMap(String name, int rows, int columns, float[] scores, int[] hits, double low, double high) {}

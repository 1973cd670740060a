package org.oddlens.app.run;

/**
 * A row with its place in the ranking.
 *
 * @param rank  1 for the highest score
 * @param row   index in the data set
 * @param score anomaly score
 * @param label 1 anomaly, 0 normal, −1 unknown
 */
public record RowItem(int rank, int row, double score, byte label) {}

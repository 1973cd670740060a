package org.oddlens.app.run;

/**
 * A row with its place in the ranking.
 *
 * @param rank  1 for the highest score
 * @param row   index in the data set
 * @param id    what the row is called: its id, or its index
 * @param score anomaly score
 * @param label 1 anomaly, 0 normal, −1 unknown
 */
public record RowItem(int rank, int row, String id, double score, byte label) {}

package org.oddlens.app.chart;

/**
 * Scores of one bar.
 *
 * @param low  included
 * @param high not included, except for the last bar
 */
public record ScoreRange(double low, double high) {}

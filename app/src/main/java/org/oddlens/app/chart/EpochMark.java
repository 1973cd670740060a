package org.oddlens.app.chart;

/**
 * Something that happened to a run before an epoch: a line across the curves.
 *
 * @param epoch first epoch after it
 * @param text  few words beside the line
 */
public record EpochMark(int epoch, String text) {}

package org.oddlens.app.chart;

/**
 * One of the spaces in which rows can be looked at.
 *
 * @param name  for the chooser, for example "Latent code before memory"
 * @param frame rows in this space
 */
public record ScatterSpace(String name, ScatterFrame frame) {}

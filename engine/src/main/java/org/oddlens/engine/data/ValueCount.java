package org.oddlens.engine.data;

/**
 * One distinct value of a label candidate and how many rows have it.
 *
 * @param value text of the value, whole numbers without a decimal point
 * @param rows  rows with this value
 */
public record ValueCount(String value, int rows) {}

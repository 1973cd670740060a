/** Ranking metrics and confusion counts of anomaly scores; plain Java on {@code double[]}. */
package org.oddlens.engine.metric;

/** Charts as nodes that take plain records: loss curves, latent scatter, score histogram, ROC and PR, maps of units. */
package org.oddlens.app.chart;

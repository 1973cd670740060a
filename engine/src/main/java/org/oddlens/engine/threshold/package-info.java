/** Decision thresholds: turns anomaly scores into decisions, with and without labels. */
package org.oddlens.engine.threshold;

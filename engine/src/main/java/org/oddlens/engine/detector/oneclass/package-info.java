/** One-class networks: Deep SVDD draws normal rows to a centre, DROCC separates them from adversarial neighbours. */
package org.oddlens.engine.detector.oneclass;

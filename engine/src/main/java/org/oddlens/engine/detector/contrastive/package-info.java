/** Detectors that learn transformations of a row whose views can be told apart. */
package org.oddlens.engine.detector.contrastive;

/** Completely random forest used as an autoencoder: trees, the boxes their leaves leave of a row, and the detector. */
package org.oddlens.engine.detector.recforest;

/** Detectors that describe rows by a Gaussian mixture in latent space and call a row anomalous where the mixture is thin. */
package org.oddlens.engine.detector.mixture;

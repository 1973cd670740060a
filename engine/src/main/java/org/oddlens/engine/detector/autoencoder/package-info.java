/** Detectors that compress and rebuild a row and call it anomalous when the rebuilding fails. */
package org.oddlens.engine.detector.autoencoder;

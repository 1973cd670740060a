/** Detectors that rebuild a row from a few learned memory items. */
package org.oddlens.engine.detector.memory;

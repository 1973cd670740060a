/** Detectors whose networks are trained against each other. */
package org.oddlens.engine.detector.adversarial;

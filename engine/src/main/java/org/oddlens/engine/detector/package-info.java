/** The contract of a detector, its descriptor, the registry, and what all network detectors share. */
package org.oddlens.engine.detector;

/** What the detectors share that are solved in one go, in plain Java, instead of trained batch by batch. */
package org.oddlens.engine.detector.solved;

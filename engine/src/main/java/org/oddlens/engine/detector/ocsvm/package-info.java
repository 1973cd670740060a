/** One-class support vector machine: kernels, libsvm behind a door that can be closed, and the detector. */
package org.oddlens.engine.detector.ocsvm;

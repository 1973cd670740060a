/** Local outlier factor: exact nearest rows, local reachability densities, and the detector made of them. */
package org.oddlens.engine.detector.lof;

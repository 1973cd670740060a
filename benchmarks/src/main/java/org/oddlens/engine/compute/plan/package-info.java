/** Benchmarks of the instructions of a plan and of the kernels they are made of. */
package org.oddlens.engine.compute.plan;

/** Benchmarks of the optimisers. */
package org.oddlens.engine.compute;

/** A training step or a forward pass as a list of instructions over memory laid out once: recorded, simplified, fused, run. */
package org.oddlens.engine.compute.plan;

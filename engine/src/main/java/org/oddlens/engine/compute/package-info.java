/** Runs a network: executors behind one interface, optimisers, learning-rate schedules, the mini-batch loop. */
package org.oddlens.engine.compute;

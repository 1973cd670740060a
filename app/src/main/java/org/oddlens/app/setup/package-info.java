/** Setting up a run: detector, hyperparameters, protocol, scaler, threshold and seed, with the network they lead to. */
package org.oddlens.app.setup;

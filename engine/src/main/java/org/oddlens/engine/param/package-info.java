/** Declares hyperparameters with their bounds, units and help, and parses, checks and holds their values. */
package org.oddlens.engine.param;

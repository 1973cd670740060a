/** Energy-based networks: DSEBM learns an energy that is low where training rows lie. */
package org.oddlens.engine.detector.energy;

/** What a run is: its specification, seeds, control, events, and the folder that records it all. */
package org.oddlens.engine.run;

/** Both ends of the border between window and engine: the process that trains, and the client that talks to it. */
package org.oddlens.engine.process;

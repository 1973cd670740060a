/** The command line of the engine, read off the descriptors of the detectors. */
package org.oddlens.engine.cli;

/** The command line, read off the detectors' descriptors. */
package org.oddlens.engine.cli;

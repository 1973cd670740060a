/** The step benchmark: fixed networks, fixed numbers, so that other programs can be measured doing the same work. */
package org.oddlens.engine.bench;

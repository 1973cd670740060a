/** Data sets, readers and writers, label maps, protocols and splits, scalers fitted on training rows. */
package org.oddlens.engine.data;

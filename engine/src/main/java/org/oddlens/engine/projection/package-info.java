/** Projections of rows to two dimensions for pictures: principal axes and multidimensional scaling. */
package org.oddlens.engine.projection;

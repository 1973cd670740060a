/** Pictures of curves and scatters without a window: own raster drawing on an image buffer, written as PNG. */
package org.oddlens.engine.picture;

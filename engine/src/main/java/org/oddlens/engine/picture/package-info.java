/** Pictures of curves, scatters and maps without a window: own raster drawing on an image buffer, written as PNG. */
package org.oddlens.engine.picture;

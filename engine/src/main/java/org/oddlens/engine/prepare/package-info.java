/** Turns raw public files of the field into arrays that can be loaded: which columns, which labels, in which order. */
package org.oddlens.engine.prepare;

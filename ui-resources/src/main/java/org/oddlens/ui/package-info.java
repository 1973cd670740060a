/** Themes, icons and interface texts, with one class that finds them. */
package org.oddlens.ui;

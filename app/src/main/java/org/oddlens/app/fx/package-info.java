/** The thread border: carries plain records to the JavaFX thread in batches, and puts themes on scenes. */
package org.oddlens.app.fx;

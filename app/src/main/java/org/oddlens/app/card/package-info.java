/** The model card of a detector in a window of its own, drawn from its Markdown. */
package org.oddlens.app.card;

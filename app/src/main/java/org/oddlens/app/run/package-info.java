/** The run page: live curves, latent space, scores, ranking and rows of one run, and the list of all runs. */
package org.oddlens.app.run;

/** DUAD: an autoencoder that is trained only on rows of tight clusters, chosen anew in latent space as it learns. */
package org.oddlens.engine.detector.duad;

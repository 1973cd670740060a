/** The GPU page: which graphics card is here, whether it can train and why not, and the libraries it needs. */
package org.oddlens.app.device;

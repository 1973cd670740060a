/** The data page: what a file holds, which part plays which role, and how it will be split. */
package org.oddlens.app.dataset;

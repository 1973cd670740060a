/** What the user prefers and used last, kept between two starts. */
package org.oddlens.app.settings;

/** The main window: welcome page, menus, tool bar, status bar, and what holds the pages together. */
package org.oddlens.app.shell;

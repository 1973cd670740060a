/** The entry of the program: what a command line asks for, and the one place where objects are wired. */
package org.oddlens.app;

package org.oddlens.app.shell;

import java.util.concurrent.Executor;

/**
 * Where the window's work is done.
 *
 * @param files     reads and writes files, one task at a time
 * @param snapshots reads what a run shows of itself, one task at a time; apart, so that a long list of runs never holds up
 *                  the pictures of the one that trains
 * @param ui        runs a task soon on the UI thread
 * @param paced     likewise, at most 20 times a second
 */
public record Threads(Executor files, Executor snapshots, Executor ui, Executor paced) {}

package org.oddlens.engine;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;
import org.oddlens.engine.compute.BlasCore;

/** Chooses the kernels before any test loads the library: tests compare bits with those of child processes. */
public final class SameKernels implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        BlasCore.chosen();
    }
}

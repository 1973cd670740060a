package org.oddlens.engine.compute;

import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * The threads of the native libraries. One thread is the default: small networks run faster so, and the order of
 * additions, with it the last bits of a result, depends on the number of threads.
 */
public final class NativeThreads {

    private NativeThreads() {}

    /**
     * Limits ND4J and OpenBLAS to that many threads; loads the native libraries. To be called on the thread that
     * computes: OpenMP, which some of ND4J's operations ask directly, keeps its number per thread.
     */
    public static void limit(int threads) {
        BlasCore.chosen();
        Nd4j.getEnvironment().setMaxThreads(threads);
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
    }

    /**
     * The limit for an executor: the compiled one shares its work among threads of its own and keeps the libraries on one, so
     * that the bits of a result do not depend on their number.
     */
    public static void limit(String executor, int threads) {
        limit(executor.equals("compiled") ? 1 : threads);
    }

    /** Loads the native libraries and computes something, so that the first training does not wait for it. */
    public static void load() {
        BlasCore.chosen();
        Nd4j.rand(8, 8).mmul(Nd4j.rand(8, 8)).sumNumber();
    }
}

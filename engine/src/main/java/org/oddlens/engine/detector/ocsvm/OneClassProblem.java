package org.oddlens.engine.detector.ocsvm;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import libsvm.svm;
import libsvm.svm_model;
import libsvm.svm_node;
import libsvm.svm_parameter;
import libsvm.svm_problem;

/**
 * The dual problem, solved by libsvm (sequential minimal optimisation).
 *
 * <pre>
 * minimise ½ αᵀ K α   with 0 ≤ α ≤ 1 and Σα = ν n
 * </pre>
 *
 * <p>Schölkopf, Platt, Shawe-Taylor, Smola, Williamson, "Estimating the Support of a High-Dimensional Distribution",
 * Neural Computation 13(7), 2001, doi:10.1162/089976601750264965, in the scaling of Chang, Lin, "LIBSVM: A Library for
 * Support Vector Machines", ACM TIST 2(3), 2011, doi:10.1145/1961189.1961199.
 *
 * @param kernel    similarity
 * @param nu        in (0, 1]
 * @param tolerance largest violation of the optimality conditions left, above 0
 */
record OneClassProblem(Kernel kernel, double nu, double tolerance) {

    private static final double CACHE_MEGABYTES = 200;
    private static final long LISTEN_MILLIS = 100;

    /** Thrown out of libsvm where it reports progress, so that its thread ends after a stop. */
    private static final class StoppedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Solves on a thread of its own, because libsvm cannot be asked to stop; the calling thread listens meanwhile.
     *
     * @param rows   {@code [n, features]} row-major
     * @param goesOn asked ten times a second
     * @return empty if told to stop; libsvm's thread ends at its next report then
     */
    Optional<svm_model> solve(double[] rows, int features, BooleanSupplier goesOn) {
        AtomicBoolean stopped = new AtomicBoolean();
        CompletableFuture<svm_model> solving = CompletableFuture.supplyAsync(() -> train(rows, features, stopped));
        while (goesOn.getAsBoolean()) {
            try {
                return Optional.of(solving.get(LISTEN_MILLIS, TimeUnit.MILLISECONDS));
            } catch (TimeoutException e) {
                continue;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            } catch (ExecutionException e) {
                throw new CompletionException(e.getCause());
            }
        }
        stopped.set(true);
        return Optional.empty();
    }

    private svm_model train(double[] rows, int features, AtomicBoolean stopped) {
        synchronized (svm.class) { // its print function is one for the whole process
            svm.svm_set_print_string_function(text -> {
                if (stopped.get()) {
                    throw new StoppedException();
                }
            });
            return svm.svm_train(problem(rows, features), parameter());
        }
    }

    private svm_parameter parameter() {
        svm_parameter parameter = new svm_parameter();
        parameter.svm_type = svm_parameter.ONE_CLASS;
        parameter.kernel_type = kernel.kind().libsvmType();
        parameter.gamma = kernel.gamma();
        parameter.coef0 = kernel.coef0();
        parameter.degree = kernel.degree();
        parameter.nu = nu;
        parameter.eps = tolerance;
        parameter.cache_size = CACHE_MEGABYTES;
        parameter.shrinking = 0;
        return parameter;
    }

    private static svm_problem problem(double[] rows, int features) {
        svm_problem problem = new svm_problem();
        problem.l = rows.length / features;
        problem.y = new double[problem.l];
        problem.x = new svm_node[problem.l][features];
        for (int i = 0; i < rows.length; i++) {
            svm_node node = new svm_node();
            node.index = i % features + 1;
            node.value = rows[i];
            problem.x[i / features][i % features] = node;
        }
        return problem;
    }
}

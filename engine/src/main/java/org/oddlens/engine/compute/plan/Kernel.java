package org.oddlens.engine.compute.plan;

import java.util.Locale;

/**
 * Functions of one to three numbers, element by element, over arrays that start at index 0: the compiler of Java 17 turns a
 * loop into vector instructions only if all its arrays are read at one and the same index. For the same reason nothing here
 * branches: a comparison becomes a product with a mask of 0 and 1.
 *
 * <p>The names that end in BACK are the way back: of a function with the <em>result</em> y and the gradient g.
 */
enum Kernel {
    COPY(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            System.arraycopy(a, 0, o, 0, n);
        }
    },
    ADD(2) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = a[i] + b[i];
            }
        }
    },
    SUB(2) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = a[i] - b[i];
            }
        }
    },
    MUL(2) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = a[i] * b[i];
            }
        }
    },
    DIV(2) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = a[i] / b[i];
            }
        }
    },
    SQUARED_DIFFERENCE(2) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = (a[i] - b[i]) * (a[i] - b[i]);
            }
        }
    },
    /** k·(a − b). */
    DIFFERENCE_K(2) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = k * (a[i] - b[i]);
            }
        }
    },
    /** a to the power of b. */
    POW(2) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = (float) Math.pow(a[i], b[i]);
            }
        }
    },
    POW_K(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = (float) Math.pow(a[i], k);
            }
        }
    },
    ADD_K(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = a[i] + k;
            }
        }
    },
    MUL_K(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = a[i] * k;
            }
        }
    },
    DIV_K(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = a[i] / k;
            }
        }
    },
    /** k − a. */
    K_SUB(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = k - a[i];
            }
        }
    },
    /** k / a. */
    K_DIV(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = k / a[i];
            }
        }
    },
    /** 1 where a &gt; k, else 0. */
    GREATER_K(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                float above = a[i] - k;
                o[i] = Math.min(1f, (above + Math.abs(above)) * HUGE * LARGE);
            }
        }
    },
    NEG(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = -a[i];
            }
        }
    },
    ABS(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = Math.abs(a[i]);
            }
        }
    },
    SQRT(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = (float) Math.sqrt(a[i]);
            }
        }
    },
    LOG(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            VectorMath.log(o, a, scratch, n);
        }
    },
    EXP(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            VectorMath.exp(o, a, scratch, n);
        }
    },
    RELU(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = 0.5f * (a[i] + Math.abs(a[i]));
            }
        }
    },
    /** a where positive, k·a elsewhere; 0 ≤ k ≤ 1. */
    LEAKY_RELU(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = Math.max(a[i], k * a[i]);
            }
        }
    },
    TANH(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            VectorMath.tanh(o, a, scratch, n);
        }
    },
    SIGMOID(1) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n) {
            VectorMath.sigmoid(o, a, scratch, n);
        }
    },
    /** g where y &gt; 0; y is not negative. */
    RELU_BACK(2) {
        @Override
        void apply(float[] o, float[] y, float[] g, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = Math.min(1f, y[i] * HUGE * LARGE) * g[i];
            }
        }
    },
    /** k·g where y &lt; 0, g elsewhere. */
    LEAKY_RELU_BACK(2) {
        @Override
        void apply(float[] o, float[] y, float[] g, float[] c, float k, Scratch scratch, int n) {
            float rest = 1 - k;
            for (int i = 0; i < n; i++) {
                o[i] = (1 - rest * Math.min(1f, (Math.abs(y[i]) - y[i]) * HUGE * LARGE)) * g[i];
            }
        }
    },
    TANH_BACK(2) {
        @Override
        void apply(float[] o, float[] y, float[] g, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = (1 - y[i] * y[i]) * g[i];
            }
        }
    },
    SIGMOID_BACK(2) {
        @Override
        void apply(float[] o, float[] y, float[] g, float[] c, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = y[i] * (1 - y[i]) * g[i];
            }
        }
    },
    /** 2·(a − b)·g with the gradient g. */
    SQUARED_DIFFERENCE_BACK(3) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] g, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = 2 * (a[i] - b[i]) * g[i];
            }
        }
    },
    /** −g·a / b², the gradient of a / b towards b. */
    DIV_BACK_B(3) {
        @Override
        void apply(float[] o, float[] a, float[] b, float[] g, float k, Scratch scratch, int n) {
            for (int i = 0; i < n; i++) {
                o[i] = -g[i] * a[i] / (b[i] * b[i]);
            }
        }
    };

    /** Their product lifts every positive number, subnormal ones too, above 1. */
    private static final float HUGE = 1e38f;

    private static final float LARGE = 1e8f;

    private final int inputs;

    Kernel(int inputs) {
        this.inputs = inputs;
    }

    int inputs() {
        return inputs;
    }

    boolean hasConstant() {
        return name().contains("_K") || name().startsWith("K_") || name().startsWith("LEAKY");
    }

    /** The same with a constant as second operand (for a difference: with its negative), null if there is none. */
    Kernel withConstantRight() {
        return switch (this) {
            case ADD, SUB -> ADD_K;
            case MUL -> MUL_K;
            case DIV -> DIV_K;
            default -> null;
        };
    }

    /** The same with a constant as first operand, null if there is none. */
    Kernel withConstantLeft() {
        return switch (this) {
            case ADD -> ADD_K;
            case SUB -> K_SUB;
            case MUL -> MUL_K;
            case DIV -> K_DIV;
            default -> null;
        };
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * {@code o[i] = f(a[i], b[i], c[i])} for {@code i < n}; o may be a, b or c.
     *
     * @param scratch room for at least n numbers
     */
    abstract void apply(float[] o, float[] a, float[] b, float[] c, float k, Scratch scratch, int n);
}

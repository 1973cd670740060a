package org.oddlens.app.chart;

import java.util.Random;

/** Made-up but realistic inputs for drawing tests; fixed seeds. */
final class Samples {

    private Samples() {}

    /** Two moons with scattered anomalies, scored by distance from the moons; a few memory items. */
    static ScatterFrame moons(int rows, int anomalies, boolean labelled) {
        Random random = new Random(7);
        float[] x = new float[rows];
        float[] y = new float[rows];
        byte[] label = new byte[rows];
        double[] score = new double[rows];
        int[] ids = new int[rows];
        for (int i = 0; i < rows; i++) {
            ids[i] = i;
            double t = Math.PI * random.nextDouble();
            boolean upper = random.nextBoolean();
            double cx = upper ? Math.cos(t) : 1 - Math.cos(t);
            double cy = upper ? Math.sin(t) : 0.5 - Math.sin(t);
            boolean odd = i < anomalies;
            x[i] = (float) (odd ? -1.4 + 3.8 * random.nextDouble() : cx + 0.09 * random.nextGaussian());
            y[i] = (float) (odd ? -1.2 + 2.9 * random.nextDouble() : cy + 0.09 * random.nextGaussian());
            double away = Math.hypot(x[i] - cx, y[i] - cy);
            score[i] = 0.02 + away * away + 0.02 * random.nextDouble();
            label[i] = labelled ? (byte) (odd ? 1 : 0) : -1;
        }
        return ScatterFrame.of(x, y, label, score, ids);
    }

    static AnatomyLayer memory() {
        float[] x = new float[14];
        float[] y = new float[14];
        float[] use = new float[14];
        for (int k = 0; k < 14; k++) {
            double t = Math.PI * (k % 6 + 0.5) / 6;
            x[k] = (float) (k < 6 ? Math.cos(t) : k < 12 ? 1 - Math.cos(t) : 2.2 - (k - 12) * 3.2);
            y[k] = (float) (k < 6 ? Math.sin(t) : k < 12 ? 0.5 - Math.sin(t) : 1.2);
            use[k] = k >= 12 ? 0 : 0.02f + 0.02f * (k % 4);
        }
        return AnatomyLayer.items("Memory items", x, y, use);
    }
}

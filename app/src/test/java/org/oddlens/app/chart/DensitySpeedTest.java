package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Many rows as density, without a toolkit: the processor time of one picture. */
class DensitySpeedTest {

    private static final int ROWS = 619_326;
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 640;

    /** Thirty pictures a second leave 33 ms for each; twice that is allowed for a processor that others use, too. */
    @Test
    void paintsSixHundredThousandRowsFastEnoughForThirtyPicturesASecond() {
        Random random = new Random(1);
        float[] x = new float[ROWS];
        float[] y = new float[ROWS];
        double[] score = new double[ROWS];
        byte[] label = new byte[ROWS];
        for (int i = 0; i < ROWS; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) random.nextGaussian();
            score[i] = x[i] * x[i] + y[i] * y[i];
            label[i] = (byte) (score[i] > 5.7 ? 1 : 0);
        }
        PreparedFrame prepared = PreparedFrame.of(ScatterFrame.of(x, y, label, score, new int[ROWS]));
        ScatterRaster.Ink ink = new ScatterRaster.Ink(-1, -1, -1, -1, -1, -1, new int[256], new int[256]);
        int[] pixels = new int[WIDTH * HEIGHT];
        double least = Double.POSITIVE_INFINITY;
        for (int step = 0; step < 40; step++) {
            Projection view =
                    Projection.fit(prepared.box(), WIDTH, HEIGHT, true).panned(step, step);
            ScatterRaster.Job job = new ScatterRaster.Job(view, 1, ColourBy.LABEL, true, new BitSet(), ink);
            long begun = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            ScatterRaster.paint(prepared, job, pixels, WIDTH, HEIGHT);
            double millis = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begun) / 1e6;
            least = Math.min(least, millis);
        }
        System.out.printf("%,d rows as density: %.1f ms for a picture%n", ROWS, least);
        assertThat(least).isLessThan(66);
    }
}

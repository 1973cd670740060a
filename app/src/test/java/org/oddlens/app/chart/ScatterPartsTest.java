package org.oddlens.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Projection, grid index, stamps, density and the frame, without a toolkit. */
class ScatterPartsTest {

    @Test
    void projectsThereAndBack() {
        Projection view = new Projection(3, -2, 40, 25, 640, 480);
        assertThat(view.screenX(3)).isEqualTo(320);
        assertThat(view.screenY(-2)).isEqualTo(240);
        assertThat(view.screenY(-1)).isLessThan(240); // up is up
        assertThat(view.dataX(view.screenX(1.234))).isCloseTo(1.234, within(1e-12));
        assertThat(view.dataY(view.screenY(5.678))).isCloseTo(5.678, within(1e-12));
    }

    @Test
    void zoomsAboutThePointer() {
        Projection view = new Projection(0, 0, 10, 10, 200, 100);
        Projection closer = view.zoomed(3, 30, 80);
        assertThat(closer.dataX(30)).isCloseTo(view.dataX(30), within(1e-12));
        assertThat(closer.dataY(80)).isCloseTo(view.dataY(80), within(1e-12));
        assertThat(view.panned(10, 5).screenX(0)).isEqualTo(view.screenX(0) + 10);
        assertThat(view.panned(10, 5).screenY(0)).isEqualTo(view.screenY(0) + 5);
    }

    @Test
    void fitsWithEqualScalesAndSurvivesAPoint() {
        Projection view = Projection.fit(new DataBox(0, 0, 4, 1), 400, 400, true);
        assertThat(view.scaleX()).isEqualTo(view.scaleY()).isCloseTo(90, within(1e-9));
        assertThat(Projection.fit(new DataBox(2, 2, 2, 2), 100, 100, true).scaleX())
                .isPositive();
    }

    @Test
    void staysSteadyInADeepZoom() {
        // two neighbouring floats around 1000 must stay a full pixel apart when a pixel is that small
        float a = 1000f;
        float b = Math.nextUp(a);
        Projection view = new Projection(a, 0, 1 / (b - (double) a), 1, 100, 100);
        assertThat(view.screenX(b) - view.screenX(a)).isCloseTo(1, within(1e-9));
    }

    @Test
    void findsWhatBruteForceFinds() {
        Random random = new Random(5);
        float[] x = new float[5000];
        float[] y = new float[5000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
            y[i] = (float) random.nextGaussian();
        }
        x[17] = Float.NaN;
        GridIndex index = new GridIndex(x, y);
        for (int trial = 0; trial < 200; trial++) {
            double px = random.nextGaussian();
            double py = random.nextGaussian();
            assertThat(index.nearest(px, py, 0.1, 0.1)).isEqualTo(nearest(x, y, px, py, 0.1));
        }
        double[] cx = {-1, 1, 0.2, -0.4};
        double[] cy = {-1, -0.5, 1, 0.3};
        BitSet inside = index.inside(cx, cy);
        assertThat(inside.cardinality()).isBetween(100, 4900);
        assertThat(inside.get(17)).isFalse();
        assertThat(index.inside(new double[] {-9, 9, 9, -9}, new double[] {-9, -9, 9, 9})
                        .cardinality())
                .isEqualTo(4999);
    }

    private static int nearest(float[] x, float[] y, double px, double py, double reach) {
        int best = -1;
        double least = reach * reach;
        for (int i = 0; i < x.length; i++) {
            double d = (x[i] - px) * (x[i] - px) + (y[i] - py) * (y[i] - py);
            if (d <= least) {
                least = d;
                best = i;
            }
        }
        return best;
    }

    @Test
    void walksToTheNextPointInADirection() {
        GridIndex index = new GridIndex(new float[] {0, 1, 3, 0, -2}, new float[] {0, 0.2f, 0, 2, 0});
        assertThat(index.next(0, 1, 0, 1, 1)).isEqualTo(1);
        assertThat(index.next(1, 1, 0, 1, 1)).isEqualTo(2);
        assertThat(index.next(0, 0, 1, 1, 1)).isEqualTo(3);
        assertThat(index.next(0, -1, 0, 1, 1)).isEqualTo(4);
        assertThat(index.next(0, 0, -1, 1, 1)).isEqualTo(-1);
    }

    @Test
    void pressesAStampAndCutsItAtTheEdge() {
        int[] pixels = new int[21 * 21];
        Stamp.circle(6, 0).press(pixels, 21, 21, 10, 10, 0xff0000, 0, 255);
        assertThat(pixels[10 * 21 + 10]).isEqualTo(0xffff0000);
        assertThat(pixels[0]).isZero();
        Stamp.triangle(9, 1).press(pixels, 21, 21, 0, 0, 0x00ff00, 0, 255); // must not leave the picture
        assertThat(pixels[0]).isEqualTo(0xff00ff00);
    }

    @Test
    void premultipliesWhatIsHalfTransparent() {
        int[] pixels = new int[9 * 9];
        Stamp.circle(5, 0).press(pixels, 9, 9, 4, 4, 0xffffff, 0, 128);
        assertThat(pixels[4 * 9 + 4] >>> 24).isEqualTo(128);
        assertThat(pixels[4 * 9 + 4] & 255).isLessThanOrEqualTo(128);
    }

    @Test
    void countsPointsPerCell() {
        DensityGrid grid = new DensityGrid(10, 10, 2);
        grid.add(0.5, 0.5, 0);
        grid.add(1.9, 1.9, 1);
        grid.add(9, 9, 0);
        grid.add(-1, 5, 0);
        grid.add(Double.NaN, 5, 0);
        assertThat(grid.count(0, 0)).isEqualTo(2);
        assertThat(grid.count(4, 4)).isEqualTo(1);
        int[] pixels = new int[100];
        grid.paintCounts(pixels, 10, 10, Viridis.table(0, 1));
        assertThat(pixels[0]).isEqualTo(Viridis.argb(1));
        assertThat(pixels[55]).isZero();
    }

    @Test
    void neverDropsAnomaliesSelectedRowsOrTopScores() {
        int n = 300_000;
        float[] x = new float[n];
        float[] y = new float[n];
        byte[] label = new byte[n];
        double[] score = new double[n];
        int[] ids = new int[n];
        for (int i = 0; i < n; i++) {
            ids[i] = i;
        }
        x[1] = 10; // an anomaly, a selected row and a high score, each alone in its corner
        label[1] = 1;
        y[2] = 10;
        x[3] = 10;
        y[3] = 10;
        score[3] = 99;
        PreparedFrame frame = PreparedFrame.of(ScatterFrame.of(x, y, label, score, ids));
        BitSet selected = new BitSet();
        selected.set(2);
        Projection view = Projection.fit(frame.box(), 200, 200, true);
        var ink = new ScatterRaster.Ink(
                -1, 0x010101, 0x020202, 0x0000ff, 0xff0000, 0x888888, Viridis.table(0, 1), Viridis.table(0, 1));
        int[] pixels = new int[200 * 200];
        ScatterRaster.paint(
                frame, new ScatterRaster.Job(view, 1, ColourBy.LABEL, true, selected, ink), pixels, 200, 200);
        assertThat(pixels[at(view, 10, 0)]).isEqualTo(0xffff0000);
        assertThat(pixels[at(view, 0, 10)]).isEqualTo(0xff0000ff);
        assertThat(pixels[at(view, 10, 10)]).isEqualTo(0xff0000ff);
    }

    private static int at(Projection view, double x, double y) {
        return (int) view.screenY(y) * 200 + (int) view.screenX(x);
    }

    @Test
    void saysHowMuchIsShown() {
        ScatterFrame frame = Samples.moons(10_000, 812, true).sampledFrom(250_000, 812);
        assertThat(frame.caption()).isEqualTo("Showing 10,000 of 250,000 (4 %), all 812 anomalies");
        assertThat(frame.sampledFrom(250_000, 900).caption()).endsWith(", 812 of 900 anomalies");
    }

    @Test
    void placesAStripWhereTheEngineSays() {
        float[] heights = {2, -2, -2};
        ScatterFrame frame = ScatterFrame.strip(
                new float[] {1, 2, 3}, heights, new byte[3], new double[] {100, 0, 0.01}, new int[] {0, 1, 2});

        assertThat(frame.y()).isEqualTo(heights);
        assertThat(frame.strip()).isTrue();
    }

    @Test
    void clipsScoresAtTheOuterPercentiles() {
        double[] scores = new double[1001];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = i;
        }
        ScoreScale scale = ScoreScale.of(scores);
        assertThat(scale.low()).isEqualTo(10);
        assertThat(scale.high()).isEqualTo(990);
        assertThat(scale.place(5)).isZero();
        assertThat(scale.place(500)).isCloseTo(0.5, within(1e-9));
        assertThat(ScoreScale.of(new double[] {2, 2}).place(2)).isEqualTo(0.5);
    }

    @Test
    void countsRowsAtOrAboveAThresholdWithTies() {
        ScoreDistribution d =
                ScoreDistribution.of(new double[] {0.1, 0.5, 0.5, 1.1, Double.NaN}, new byte[] {0, 0, 1, -1, 0}, 4);
        assertThat(d.atOrAbove(0.5)).isEqualTo(3);
        assertThat(d.atOrAbove(1.2)).isZero();
        assertThat(d.left()).isEqualTo(1);
        assertThat(d.counts()[1]).containsExactly(0, 1, 0, 0);
    }

    @Test
    void findsThePointOfAThreshold() {
        double[] falling = {Double.POSITIVE_INFINITY, 3, 2, 1};
        assertThat(RocPrCurves.pointAt(falling, 2.5)).isEqualTo(1);
        assertThat(RocPrCurves.pointAt(falling, 2)).isEqualTo(2);
        assertThat(RocPrCurves.pointAt(falling, 0)).isEqualTo(3);
    }

    @Test
    void callsARowByItsIdWhereThereIsOne() {
        ScatterFrame numbered = ScatterFrame.of(
                new float[] {0, 1}, new float[] {0, 1}, new byte[] {0, 1}, new double[] {1, 2}, new int[] {7, 1000});
        ScatterFrame named = numbered.named(new String[] {"pump 3", "pump 4"});
        assertThat(PreparedFrame.of(numbered).describe(1)).isEqualTo("Row 1000, anomaly, score 2");
        assertThat(PreparedFrame.of(named).describe(1)).isEqualTo("Row pump 4, anomaly, score 2");
    }
}

package org.oddlens.app.chart;

import java.util.Arrays;
import java.util.BitSet;

/** Paints the rows of a frame into pixels; runs on any thread, knows no control. */
final class ScatterRaster {

    /** From this many rows on, density replaces single marks. */
    static final int MOST_SPRITES = 200_000;

    private static final int MOST_OUTLINED = 5_000;

    /**
     * How to draw.
     *
     * @param view     in pixels of the picture
     * @param scale    pixels of the picture per pixel of the window
     * @param colourBy meaning of the colours
     * @param density  whether counts are shown instead of single rows
     * @param selected positions of selected rows; when there are any, all others step back
     * @param ink      colours
     */
    record Job(Projection view, double scale, ColourBy colourBy, boolean density, BitSet selected, Ink ink) {}

    /** Colours as numbers, so that no toolkit class is needed here. */
    record Ink(
            int background,
            int text,
            int accent,
            int normal,
            int anomaly,
            int unlabelled,
            int[] scores,
            int[] densities) {

        static Ink of(Palette palette) {
            return new Ink(
                    Palette.argb(palette.background()),
                    Palette.argb(palette.text()),
                    Palette.argb(palette.accent()),
                    Palette.argb(palette.normal()),
                    Palette.argb(palette.anomaly()),
                    Palette.argb(palette.unlabelled()),
                    palette.scoreTable(),
                    palette.densityTable());
        }
    }

    private final PreparedFrame prepared;
    private final ScatterFrame frame;
    private final Job job;
    private final int[] pixels;
    private final int width;
    private final int height;

    private ScatterRaster(PreparedFrame prepared, Job job, int[] pixels, int width, int height) {
        this.prepared = prepared;
        this.frame = prepared.frame();
        this.job = job;
        this.pixels = pixels;
        this.width = width;
        this.height = height;
    }

    /** Overwrites the picture (premultiplied ARGB, transparent where there is no row). */
    static void paint(PreparedFrame prepared, Job job, int[] pixels, int width, int height) {
        ScatterRaster raster = new ScatterRaster(prepared, job, pixels, width, height);
        if (job.density()) {
            raster.density(); // which overwrites all pixels first
        } else {
            Arrays.fill(pixels, 0);
            raster.sprites();
        }
    }

    private void density() {
        DensityGrid grid = new DensityGrid(width, height, (int) Math.max(1, Math.round(2 * job.scale())));
        boolean byScore = job.colourBy() == ColourBy.SCORE && frame.scored();
        int rows = frame.size();
        float[] xs = frame.x();
        float[] ys = frame.y();
        Projection view = job.view();
        for (int i = 0; i < rows; i++) {
            if (byScore) {
                grid.add(view.screenX(xs[i]), view.screenY(ys[i]), place(i));
            } else {
                grid.add(view.screenX(xs[i]), view.screenY(ys[i]));
            }
        }
        if (byScore) {
            grid.paintMeans(pixels, width, height, job.ink().scores());
        } else {
            grid.paintCounts(pixels, width, height, job.ink().densities());
        }
        Stamp ring = Stamp.circle(5 * job.scale(), 1.2 * job.scale());
        for (int i : prepared.top()) {
            if (frame.label()[i] != 1) {
                press(ring, i, colour(i), job.ink().background(), 255);
            }
        }
        anomalies(7, 255);
        selected(5);
    }

    private void sprites() {
        boolean outlined = frame.size() <= MOST_OUTLINED;
        double size = outlined ? 6 : 3;
        double share = Math.min(1.0, Math.max(0, (frame.size() - MOST_OUTLINED) / (double) MOST_SPRITES));
        int opacity = outlined ? 230 : (int) (255 * (0.8 - 0.3 * share));
        Stamp mark = Stamp.circle(size * job.scale(), outlined ? 0.8 * job.scale() : 0);
        Stamp dot = Stamp.circle((outlined ? 4 : 2.4) * job.scale(), 0);
        boolean faded = !job.selected().isEmpty();
        int shown = faded ? opacity / 3 : opacity;
        for (int i : prepared.byScore()) {
            byte label = frame.label()[i];
            if (label == 1 || faded && job.selected().get(i)) {
                continue;
            }
            Stamp stamp = label == 0 || job.colourBy() == ColourBy.SCORE ? mark : dot;
            press(stamp, i, colour(i), job.ink().background(), shown);
        }
        anomalies(outlined ? 9 : 7, faded ? 110 : 255);
        selected(size);
    }

    /** Triangles above everything else, lowest score first, so that the highest is never hidden. */
    private void anomalies(double size, int opacity) {
        Stamp triangle = Stamp.triangle(size * job.scale(), 0.9 * job.scale());
        int[] anomalous = prepared.anomalous();
        BitSet hidden = hidden(anomalous);
        for (int k = 0; k < anomalous.length; k++) {
            int i = anomalous[k];
            if (!hidden.get(k) && !job.selected().get(i)) {
                press(triangle, i, colour(i), job.ink().background(), opacity);
            }
        }
    }

    /** Which of many marks have a later one at the same pixel: below it they cannot be seen. */
    private BitSet hidden(int[] rows) {
        BitSet hidden = new BitSet();
        if (rows.length > MOST_OUTLINED) {
            BitSet taken = new BitSet(width * height);
            for (int k = rows.length - 1; k >= 0; k--) {
                double x = x(rows[k]);
                double y = y(rows[k]);
                if (x >= 0 && y >= 0 && x < width && y < height) { // false for NaN, too
                    int pixel = (int) y * width + (int) x;
                    if (taken.get(pixel)) {
                        hidden.set(k);
                    } else {
                        taken.set(pixel);
                    }
                }
            }
        }
        return hidden;
    }

    private void selected(double size) {
        if (job.selected().isEmpty()) {
            return;
        }
        Stamp mark = Stamp.circle((size + 1) * job.scale(), 1.6 * job.scale());
        Stamp triangle = Stamp.triangle((size + 4) * job.scale(), 1.6 * job.scale());
        for (int i : prepared.byScore()) {
            if (job.selected().get(i)) {
                press(
                        frame.label()[i] == 1 ? triangle : mark,
                        i,
                        colour(i),
                        job.ink().text(),
                        255);
            }
        }
    }

    private void press(Stamp stamp, int i, int colour, int rim, int opacity) {
        double x = x(i);
        double y = y(i);
        if (x > -50 && y > -50 && x < width + 50 && y < height + 50) { // false for NaN, too
            stamp.press(pixels, width, height, (int) Math.floor(x), (int) Math.floor(y), colour, rim, opacity);
        }
    }

    private double x(int i) {
        return job.view().screenX(frame.x()[i]);
    }

    private double y(int i) {
        return job.view().screenY(frame.y()[i]);
    }

    private double place(int i) {
        return prepared.scale().place(frame.score()[i]);
    }

    private int colour(int i) {
        if (job.colourBy() == ColourBy.SCORE && frame.scored()) {
            return job.ink().scores()[(int) Math.round(255 * place(i))];
        }
        byte label = frame.label()[i];
        return label == 1
                ? job.ink().anomaly()
                : label == 0 ? job.ink().normal() : job.ink().unlabelled();
    }
}

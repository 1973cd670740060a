package org.oddlens.engine.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.oddlens.engine.run.OutputFile;

class RunPictureTest {
    private static final LatentPoints NONE = LatentPoints.unlabelled(new float[0], new float[0]);
    private static final LatentPoints POINTS = new LatentPoints(
            new float[] {-1, 0, 1, Float.NaN}, new float[] {-1, 0, 1, 0}, new boolean[] {false, false, true, false});

    @TempDir
    Path folder;

    @Test
    void isWrittenAsPngOf1600By700() throws IOException {
        Path file = folder.resolve("new/run.png");
        picture(List.of(new LossCurve("total", new double[] {1, 0.5, 0.4})), POINTS, NONE)
                .write(OutputFile.at(file));

        BufferedImage image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(1600);
        assertThat(image.getHeight()).isEqualTo(700);
        assertThat(folder.resolve("new").toFile().list()).containsExactly("run.png");
    }

    @Test
    void leftHalfHoldsTheCurveAndRightHalfTheAnomaly() {
        BufferedImage image = picture(List.of(new LossCurve("total", new double[] {1, 0.5, 0.4})), POINTS, NONE)
                .draw();

        assertThat(count(image, 0, 800, Palette.NORMAL.getRGB())).isGreaterThan(500);
        assertThat(count(image, 0, 800, Palette.ANOMALY.getRGB())).isZero();
        assertThat(count(image, 800, 1600, Palette.ANOMALY.getRGB())).isGreaterThan(100);
    }

    @Test
    void secondCurveIsVermilionAndDashed() {
        double[] level = {1, 1, 1};
        BufferedImage image = picture(
                        List.of(new LossCurve("a", new double[] {2, 2, 2}), new LossCurve("b", level)), POINTS, NONE)
                .draw();
        int solid = count(image, 110, 780, Palette.NORMAL.getRGB());
        int dashed = count(image, 110, 780, Palette.ANOMALY.getRGB());

        assertThat(dashed).isBetween(solid / 3, solid * 3 / 4);
    }

    /** Frames and words only: neither a curve nor a point in any colour of data. */
    @Test
    void emptyRunIsDrawnWithoutCurvesAndPoints() {
        BufferedImage image = picture(List.of(), NONE, NONE).draw();

        assertThat(count(image, 0, 1600, Palette.NORMAL.getRGB())).isZero();
        assertThat(count(image, 0, 1600, Palette.ANOMALY.getRGB())).isZero();
        assertThat(count(image, 0, 800, image.getRGB(0, 0))).isLessThan(800 * 700 - 2000);
        assertThat(count(image, 800, 1600, image.getRGB(0, 0))).isLessThan(800 * 700 - 2000);
    }

    @Test
    void singleEpochIsDrawnAsAMark() {
        BufferedImage one = picture(List.of(new LossCurve("total", new double[] {0})), NONE, NONE)
                .draw();

        assertThat(count(one, 110, 780, Palette.NORMAL.getRGB())).isBetween(5, 500);
    }

    @Test
    void lossThatIsNoNumberLeavesAGapAndEqualPointsLieOnOnePlace() {
        BufferedImage gaps = picture(
                        List.of(new LossCurve("total", new double[] {Double.NaN, 1, Double.POSITIVE_INFINITY})),
                        LatentPoints.unlabelled(new float[] {3, 3}, new float[] {3, 3}),
                        NONE)
                .draw();
        BufferedImage once = picture(
                        List.of(new LossCurve("total", new double[] {Double.NaN, 1, Double.POSITIVE_INFINITY})),
                        LatentPoints.unlabelled(new float[] {3}, new float[] {3}),
                        NONE)
                .draw();

        assertThat(count(gaps, 110, 780, Palette.NORMAL.getRGB())).isBetween(5, 500);
        int[] place = box(gaps, 800, Palette.NORMAL.getRGB());
        assertThat(place).containsExactly(box(once, 800, Palette.NORMAL.getRGB()));
        assertThat(place[1] - place[0]).as("one mark across").isBetween(2, 20);
    }

    /** First and last column of a colour from {@code fromX} on. */
    private static int[] box(BufferedImage image, int fromX, int rgb) {
        int[] box = {Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int x = fromX; x < image.getWidth(); x++) {
            if (count(image, x, x + 1, rgb) > 0) {
                box[0] = Math.min(box[0], x);
                box[1] = x;
            }
        }
        return box;
    }

    @Test
    void sameInputGivesTheSamePixels() {
        RunPicture picture = picture(List.of(new LossCurve("total", new double[] {3, 2, 1})), POINTS, POINTS);
        BufferedImage first = picture.draw();
        BufferedImage second = picture.draw();

        assertThat(first.getRGB(0, 0, 1600, 700, null, 0, 1600))
                .isEqualTo(second.getRGB(0, 0, 1600, 700, null, 0, 1600));
    }

    @Test
    void labelsOfAnotherLengthAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LatentPoints(new float[2], new float[2], new boolean[1]));
    }

    private static RunPicture picture(List<LossCurve> losses, LatentPoints points, LatentPoints memory) {
        List<PaintedLayer> layers =
                memory == NONE ? List.of() : List.of(new PaintedLayer("Memory items", memory, List.of()));
        return new RunPicture("MemAE", "seed 42", losses, points, layers, List.of(), "latent 1", "latent 2");
    }

    private static int count(BufferedImage image, int fromX, int toX, int rgb) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = fromX; x < toX; x++) {
                count += image.getRGB(x, y) == rgb ? 1 : 0;
            }
        }
        return count;
    }
}

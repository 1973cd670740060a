package org.oddlens.engine.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import javax.imageio.ImageIO;
import org.oddlens.engine.run.OutputFile;

/**
 * One run at a glance, 1600 × 700 pixels: loss curves on the left, the latent space on the right. Each map of units adds
 * 740 pixels on the right.
 *
 * <p>Needs no display, no font and no window system.
 *
 * @param title first line, for example {@code MemAE on two-moons-12d}
 * @param subtitle second line, for example the metrics; may be empty
 * @param losses one curve for each loss term
 * @param points latent codes of the rows
 * @param layers the detector's own objects in the same plane
 * @param maps the detector's maps of units
 * @param acrossName name of the first latent axis
 * @param upName name of the second latent axis
 */
public record RunPicture(
        String title,
        String subtitle,
        List<LossCurve> losses,
        LatentPoints points,
        List<PaintedLayer> layers,
        List<PaintedMap> maps,
        String acrossName,
        String upName) {

    private static final int WIDTH = 1600;
    private static final int HEIGHT = 700;
    private static final int MAP_WIDTH = 740;
    private static final double MARGIN = 36;

    /** Copies of the lists are kept. */
    public RunPicture {
        losses = List.copyOf(losses);
        layers = List.copyOf(layers);
        maps = List.copyOf(maps);
    }

    /** Draws the picture. */
    public BufferedImage draw() {
        Canvas canvas = new Canvas(WIDTH + maps.size() * MAP_WIDTH, HEIGHT, Palette.GROUND);
        StrokeFont font = new StrokeFont();
        font.write(canvas, title, MARGIN, 52, 22, StrokeFont.Anchor.LEFT, Palette.INK);
        font.write(canvas, subtitle, MARGIN, 82, 13, StrokeFont.Anchor.LEFT, Palette.SOFT_INK);
        double top = 116;
        double width = (WIDTH - 3 * MARGIN) / 2;
        double height = HEIGHT - top - 16;
        LossPlot.draw(canvas, font, new Area(MARGIN - 8, top, width, height), losses);
        Area right = new Area(2 * MARGIN + width, top, width, height);
        ScatterPlot.draw(canvas, font, right, points, layers, acrossName, upName);
        for (int i = 0; i < maps.size(); i++) {
            MapPlot.draw(canvas, font, new Area(WIDTH + i * MAP_WIDTH, top, MAP_WIDTH - MARGIN, height), maps.get(i));
        }
        return canvas.image();
    }

    /** Draws the picture and writes it as PNG; the file appears whole or not at all. */
    public void write(OutputFile file) throws IOException {
        file.write(part -> {
            try (OutputStream out = Files.newOutputStream(part)) { // a File would hide why it cannot be written
                if (!ImageIO.write(draw(), "png", out)) {
                    throw new IOException(
                            "This Java runtime cannot write PNG files. Use a full one, not a headless build.");
                }
            }
        });
    }
}

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Draws the Oddlens icon, the same shapes as {@code oddlens.svg}, in every size and container format.
 *
 * <p>Run from the repository root: {@code java ui-resources/src/icon/IconPainter.java}.
 */
final class IconPainter {

    private static final Color PLATE = new Color(0x10243A);
    private static final Color GLASS = new Color(0x17375A);
    private static final Color RING = new Color(0xF2F6FA);
    private static final Color NORMAL = new Color(0x56B4E9);
    private static final Color ODD = new Color(0xF0742A);

    /** Centres of the ordinary points on a 512 grid; small sizes draw only the first few, larger. */
    private static final double[][] POINTS = {
        {170, 196}, {236, 158}, {158, 270}, {222, 222}, {216, 300}, {290, 146}, {150, 226}
    };

    private IconPainter() {}

    public static void main(String[] args) throws IOException {
        System.setProperty("java.awt.headless", "true");
        Path out = Path.of("ui-resources/src/main/resources/org/oddlens/ui/icon");
        Files.createDirectories(out);
        Files.writeString(out.resolve("oddlens.svg"), svg());
        Map<Integer, byte[]> pngs = new LinkedHashMap<>();
        for (int size : new int[] {16, 24, 32, 48, 64, 128, 256, 512}) {
            pngs.put(size, png(size));
            Files.write(out.resolve("oddlens-" + size + ".png"), pngs.get(size));
        }
        Files.write(out.resolve("oddlens.ico"), ico(pngs));
        Files.write(out.resolve("oddlens.icns"), icns(pngs));
    }

    private static byte[] png(int size) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size / 512.0, size / 512.0);
        boolean small = size <= 32; // fewer and bigger shapes, or they blur into grey
        g.setColor(PLATE);
        g.fill(new RoundRectangle2D.Double(16, 16, 480, 480, 208, 208));
        g.setColor(RING);
        g.setStroke(new BasicStroke(small ? 60 : 44, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(new Line2D.Double(346, 346, 410, 410));
        g.setColor(GLASS);
        g.fill(new Ellipse2D.Double(88, 88, 276, 276));
        g.setColor(RING);
        g.setStroke(new BasicStroke(small ? 40 : 26));
        g.draw(new Ellipse2D.Double(88, 88, 276, 276));
        g.setColor(NORMAL);
        int points = small ? 3 : POINTS.length;
        double radius = small ? 28 : 17;
        for (int i = 0; i < points; i++) {
            g.fill(new Ellipse2D.Double(POINTS[i][0] - radius, POINTS[i][1] - radius, 2 * radius, 2 * radius));
        }
        g.setColor(ODD);
        double grow = small ? 1.3 : 1;
        Path2D triangle = new Path2D.Double();
        triangle.moveTo(292, 258 - 40 * grow);
        triangle.lineTo(292 + 40 * grow, 258 + 30 * grow);
        triangle.lineTo(292 - 40 * grow, 258 + 30 * grow);
        triangle.closePath();
        g.fill(triangle);
        g.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    private static String svg() {
        StringBuilder s = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 512 512\">\n");
        s.append("  <title>Oddlens: a lens over a cluster, one point is odd</title>\n");
        s.append(String.format(
                "  <rect x=\"16\" y=\"16\" width=\"480\" height=\"480\" rx=\"104\" fill=\"%s\"/>%n", hex(PLATE)));
        s.append(String.format(
                "  <path d=\"M346 346 L410 410\" stroke=\"%s\" stroke-width=\"44\" stroke-linecap=\"round\"/>%n",
                hex(RING)));
        s.append(String.format(
                "  <circle cx=\"226\" cy=\"226\" r=\"138\" fill=\"%s\" stroke=\"%s\" stroke-width=\"26\"/>%n",
                hex(GLASS), hex(RING)));
        for (double[] p : POINTS) {
            s.append(String.format(
                    Locale.ROOT,
                    "  <circle cx=\"%.0f\" cy=\"%.0f\" r=\"17\" fill=\"%s\"/>%n",
                    p[0],
                    p[1],
                    hex(NORMAL)));
        }
        s.append(String.format("  <path d=\"M292 218 L332 288 L252 288 Z\" fill=\"%s\"/>%n", hex(ODD)));
        return s.append("</svg>\n").toString();
    }

    private static String hex(Color c) {
        return String.format("#%06X", c.getRGB() & 0xFFFFFF);
    }

    /** Windows icon: a directory of PNG pictures. */
    private static byte[] ico(Map<Integer, byte[]> pngs) {
        var chosen = pngs.entrySet().stream().filter(e -> e.getKey() <= 256).toList();
        int offset = 6 + 16 * chosen.size();
        int total = offset + chosen.stream().mapToInt(e -> e.getValue().length).sum();
        ByteBuffer b = ByteBuffer.allocate(total).order(ByteOrder.LITTLE_ENDIAN);
        b.putShort((short) 0).putShort((short) 1).putShort((short) chosen.size());
        for (var e : chosen) {
            byte edge = (byte) (e.getKey() == 256 ? 0 : e.getKey());
            b.put(edge).put(edge).put((byte) 0).put((byte) 0).putShort((short) 1).putShort((short) 32);
            b.putInt(e.getValue().length).putInt(offset);
            offset += e.getValue().length;
        }
        chosen.forEach(e -> b.put(e.getValue()));
        return b.array();
    }

    /** macOS icon: typed chunks of PNG pictures. */
    private static byte[] icns(Map<Integer, byte[]> pngs) throws IOException {
        Map<String, Integer> types = new LinkedHashMap<>();
        types.put("icp4", 16);
        types.put("icp5", 32);
        types.put("icp6", 64);
        types.put("ic07", 128);
        types.put("ic08", 256);
        types.put("ic09", 512);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(body);
        for (var e : types.entrySet()) {
            byte[] png = pngs.get(e.getValue());
            data.write(e.getKey().getBytes(StandardCharsets.US_ASCII));
            data.writeInt(8 + png.length);
            data.write(png);
        }
        ByteBuffer b = ByteBuffer.allocate(8 + body.size());
        b.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(8 + body.size()).put(body.toByteArray());
        return b.array();
    }
}

package org.oddlens.engine.picture;

import java.awt.Color;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Our own letters, drawn as strokes, so that a picture needs no font of the machine and looks the same everywhere.
 *
 * <p>Capitals are 12 units high, small letters 8, y upwards from the base line. A glyph is its width and its strokes; a
 * stroke that begins with {@code ~} is a smooth curve through its points (Catmull and Rom's spline).
 */
final class StrokeFont {
    private static final double CAPITAL = 12;
    private static final double GAP = 3;
    private static final double SPACE = 6;
    private static final int CURVE_STEPS = 5;

    private static final String GLYPHS =
            """
            A 9 0,0 4.5,12 9,0;1.5,4 7.5,4
            B 8 0,0 0,12 4,12;0,6.4 4.3,6.4;0,0 4.3,0;~4,12 6.3,11.5 7.2,9.2 6.3,6.9 4,6.4;~4.3,6.4 7,5.7 8,3.2 7,.7 4.3,0
            C 8.5 ~8.5,9.5 7.3,11.3 4.8,12 2,11 .3,8.3 0,6 .3,3.7 2,1 4.8,0 7.3,.7 8.5,2.5
            D 8.5 3.5,12 0,12 0,0 3.5,0;~3.5,12 6.8,10.9 8.3,8 8.5,6 8.3,4 6.8,1.1 3.5,0
            E 7 7,12 0,12 0,0 7,0;0,6.3 6,6.3
            F 7 7,12 0,12 0,0;0,6.3 6,6.3
            G 9 ~8.5,9.5 7.3,11.3 4.8,12 2,11 .3,8.3 0,6 .3,3.7 2,1 4.8,0 7.2,.6 8.8,2.2;8.8,2.2 8.8,5.6 5.2,5.6
            H 8.5 0,0 0,12;8.5,0 8.5,12;0,6.3 8.5,6.3
            I 0 0,0 0,12
            J 5 5,12 5,3.5;~5,3.5 4.4,1 2.5,0 .8,.7 0,2.6
            K 8 0,0 0,12;7.5,12 0,4.6;2.8,7.3 8,0
            L 6.5 0,12 0,0 6.5,0
            M 10 0,0 0,12 5,1.5 10,12 10,0
            N 8.5 0,0 0,12 8.5,0 8.5,12
            O 9.4 ~4.7,12 1.8,11 .3,8.4 0,6 .3,3.6 1.8,1 4.7,0 7.6,1 9.1,3.6 9.4,6 9.1,8.4 7.6,11 4.7,12
            P 7.6 0,0 0,12 4,12;0,5.6 4,5.6;~4,12 6.6,11.4 7.6,8.8 6.6,6.2 4,5.6
            Q 9.4 ~4.7,12 1.8,11 .3,8.4 0,6 .3,3.6 1.8,1 4.7,0 7.6,1 9.1,3.6 9.4,6 9.1,8.4 7.6,11 4.7,12;5.8,3 9,-1
            R 8 0,0 0,12 4,12;0,5.6 4,5.6;~4,12 6.6,11.4 7.6,8.8 6.6,6.2 4,5.6;4,5.6 8,0
            S 7.6 ~7.1,9.7 6.2,11.3 3.9,12 1.5,11.3 .5,9.2 1.6,7.2 4,6.3 6.6,5.2 7.6,3 6.4,.8 3.9,0 1.3,.7 0,2.7
            T 8 0,12 8,12;4,12 4,0
            U 8.5 0,12 0,4;~0,4 .6,1.6 2.2,.3 4.25,0 6.3,.3 7.9,1.6 8.5,4;8.5,4 8.5,12
            V 9 0,12 4.5,0 9,12
            W 12 0,12 3,0 6,11 9,0 12,12
            X 8 0,0 8,12;0,12 8,0
            Y 8 0,12 4,6 8,12;4,6 4,0
            Z 8 0,12 8,12 0,0 8,0
            a 6.5 6.5,8 6.5,0;~6.5,4.1 5.3,7.3 3.2,8.2 1,7.2 0,4.1 1,1 3.2,0 5.3,.9 6.5,4.1
            b 6.6 0,12 0,0;~0,4.1 1.2,7.3 3.3,8.2 5.6,7.2 6.6,4.1 5.6,1 3.3,0 1.2,.9 0,4.1
            c 6 ~6,6.4 4.9,7.8 3.4,8.2 1.1,7.2 0,4.1 1.1,1 3.4,0 4.9,.4 6,1.8
            d 6.6 6.6,12 6.6,0;~6.6,4.1 5.4,7.3 3.2,8.2 1,7.2 0,4.1 1,1 3.2,0 5.4,.9 6.6,4.1
            e 6.8 0,4.3 6.8,4.3;~6.8,4.3 5.7,7.3 3.5,8.2 1.1,7.2 0,4.1 1.1,1 3.6,0 5.3,.4 6.5,1.8
            f 4.2 ~4.4,11.8 3.1,12 1.9,11.2 1.5,9.3;1.5,9.3 1.5,0;0,8 3.9,8
            g 6.5 6.5,8 6.5,-1;~6.5,-1 5.6,-3.2 3.2,-4 .8,-3;~6.5,4.1 5.3,7.3 3.2,8.2 1,7.2 0,4.1 1,1 3.2,0 5.3,.9 6.5,4.1
            h 6.2 0,12 0,0;~0,5 1.2,7.4 3.4,8.2 5.4,7.4 6.2,5;6.2,5 6.2,0
            i 0 0,8 0,0;0,10.9 0,11.3
            j 2 2,8 2,-2;~2,-2 1.5,-3.6 0,-4;2,10.9 2,11.3
            k 6 0,12 0,0;5.6,8 0,3;2.2,5 6,0
            l 0 0,12 0,0
            m 10.6 0,8 0,0;~0,5 1,7.4 2.9,8.2 4.6,7.4 5.3,5;5.3,5 5.3,0;~5.3,5 6.3,7.4 8.2,8.2 9.9,7.4 10.6,5;10.6,5 10.6,0
            n 6.2 0,8 0,0;~0,5 1.2,7.4 3.4,8.2 5.4,7.4 6.2,5;6.2,5 6.2,0
            o 7 ~3.5,8.2 1.2,7.3 0,4.1 1.2,.9 3.5,0 5.8,.9 7,4.1 5.8,7.3 3.5,8.2
            p 6.6 0,8 0,-4;~0,4.1 1.2,7.3 3.3,8.2 5.6,7.2 6.6,4.1 5.6,1 3.3,0 1.2,.9 0,4.1
            q 6.5 6.5,8 6.5,-4;~6.5,4.1 5.3,7.3 3.2,8.2 1,7.2 0,4.1 1,1 3.2,0 5.3,.9 6.5,4.1
            r 3.8 0,8 0,0;~0,4.6 .9,7.2 2.3,8.1 3.9,8
            s 5.7 ~5.3,6.6 4.5,7.8 2.8,8.2 1,7.7 .3,6.2 1,4.9 2.9,4.2 4.9,3.4 5.7,2 4.8,.5 2.8,0 1,.4 0,1.7
            t 4 1.5,11 1.5,2;~1.5,2 2,.4 3.2,0 4,.2;0,8 3.9,8
            u 6.2 0,8 0,3.2;~0,3.2 .8,.8 2.8,0 5,.8 6.2,3.2;6.2,8 6.2,0
            v 6.4 0,8 3.2,0 6.4,8
            w 9.6 0,8 2.4,0 4.8,7.6 7.2,0 9.6,8
            x 6 0,0 6,8;0,8 6,0
            y 6.4 0,8 3.3,0;6.4,8 3.3,0 2.1,-3;~2.1,-3 1.3,-3.9 0,-4
            z 5.8 0,8 5.8,8 0,0 5.8,0
            0 7.4 ~3.7,12 1.2,10.6 .1,6 1.2,1.4 3.7,0 6.2,1.4 7.3,6 6.2,10.6 3.7,12
            1 7.4 1.4,9.8 4.4,12 4.4,0
            2 7.4 ~.4,9.3 1.3,11.3 3.6,12 6,11.2 6.9,8.9 6.2,6.6 4.4,4.4;4.4,4.4 .2,0 7.2,0
            3 7.4 ~.6,10 1.8,11.5 3.6,12 5.8,11.2 6.6,9.2 5.6,7.2 3,6.4;~3,6.4 6,5.6 7.1,3.3 6,.9 3.5,0 1.3,.6 .1,2.4
            4 7.4 5.4,0 5.4,12 0,3.6 7.4,3.6
            5 7.4 6.5,12 1.3,12 .7,6.6;~.7,6.6 3.4,7.6 5.9,6.7 7.1,3.9 6,1.1 3.3,0 1.2,.6 0,2.3
            6 7.4 ~6.5,10.4 5.4,11.6 3.9,12 1.6,10.8 .4,7.6 .2,3.8 1.4,.9 3.7,0 6.2,1 7.2,3.7 6.2,6.4 3.8,7.4 1.5,6.3 .2,3.8
            7 7.4 .2,12 7.2,12 2.6,0
            8 7.4 ~3.7,12 1.6,11.3 .7,9.3 1.6,7.4 3.7,6.6 5.8,7.4 6.7,9.3 5.8,11.3 3.7,12;~3.7,6.6 1.1,5.7 .1,3.3 1.1,.9 3.7,0 6.3,.9 7.3,3.3 6.3,5.7 3.7,6.6
            9 7.4 ~.9,1.6 2,.4 3.5,0 5.8,1.2 7,4.4 7.2,8.2 6,11.1 3.7,12 1.2,11 .2,8.3 1.2,5.6 3.6,4.6 5.9,5.7 7.2,8.2
            . 0 0,0 0,.4
            , 1 .8,.4 0,-2
            : 0 0,7 0,7.4;0,.6 0,1
            ; 1 .8,7 .8,7.4;.8,.4 0,-2
            - 4.5 0,5 4.5,5
            – 6.5 0,5 6.5,5
            + 7 0,5.5 7,5.5;3.5,2 3.5,9
            = 7 0,4 7,4;0,7.4 7,7.4
            × 5.6 .3,2.5 5.3,7.5;.3,7.5 5.3,2.5
            · 0 0,5 0,5.5
            / 5 0,-1.5 5,12.5
            ( 3 ~3,13 .8,9.5 0,5.2 .8,1 3,-2.6
            ) 3 ~0,13 2.2,9.5 3,5.2 2.2,1 0,-2.6
            [ 2.5 2.5,13 0,13 0,-2.5 2.5,-2.5
            ] 2.5 0,13 2.5,13 2.5,-2.5 0,-2.5
            % 10 9,12 1,0;~2.2,12 .5,10.9 0,9 .5,7.1 2.2,6 3.9,7.1 4.4,9 3.9,10.9 2.2,12;~7.8,6 6.1,4.9 5.6,3 6.1,1.1 7.8,0 9.5,1.1 10,3 9.5,4.9 7.8,6
            _ 7 0,-1.5 7,-1.5
            ' 0 0,12 0,9
            " 3 0,12 0,9;3,12 3,9
            ! 0 0,12 0,4;0,0 0,.4
            ? 6 ~0,9.6 .9,11.4 3,12 5.2,11.2 6,9.2 5,7.2 3.3,5.6 3,3.6;3,0 3,.4
            < 7 7,9.5 0,5.5 7,1.5
            > 7 0,9.5 7,5.5 0,1.5
            | 0 0,13 0,-2.5
            # 8 2,0 4,12;5,0 7,12;.6,4 7.6,4;1.2,8 8.2,8
            * 5 2.5,12 2.5,7;.3,10.8 4.7,8.2;.3,8.2 4.7,10.8
            β 6.4 0,-4 0,9.5;~0,9.5 .8,11.6 3,12 5,11.2 5.6,9.4 4.6,7.5 2.6,6.8;~2.6,6.8 5.4,6 6.4,3.6 5.4,.9 3.2,0 1.2,.5 0,1.8
            """;

    /** What stands for a character without a glyph: an empty box. */
    private static final Glyph UNKNOWN = glyph("7 0,0 0,12 7,12 7,0 0,0");

    private final Map<Integer, Glyph> glyphs = new HashMap<>();

    StrokeFont() {
        GLYPHS.lines().forEach(line -> glyphs.put(line.codePointAt(0), glyph(line.substring(2))));
    }

    /** Where a text is anchored: its left end, its middle or its right end. */
    enum Anchor {
        LEFT(0),
        MIDDLE(0.5),
        RIGHT(1);

        private final double share;

        Anchor(double share) {
            this.share = share;
        }
    }

    /** Whether the font has a glyph for every character of the text. */
    boolean covers(String text) {
        return text.codePoints().allMatch(c -> c == ' ' || glyphs.containsKey(c));
    }

    /** Width in pixels of a text whose capitals are {@code size} pixels high. */
    double width(String text, double size) {
        double units = text.codePoints().mapToDouble(c -> advance(c)).sum();
        return Math.max(0, units - GAP) * size / CAPITAL;
    }

    /** Writes a text with its base line at y. */
    void write(Canvas canvas, String text, double x, double y, double size, Anchor anchor, Color colour) {
        write(canvas, text, x - anchor.share * width(text, size), y, size, 1, 0, colour);
    }

    /** Writes a text upwards, centred on y, with its base line at x. */
    void writeUpwards(Canvas canvas, String text, double x, double y, double size, Color colour) {
        write(canvas, text, x, y + width(text, size) / 2, size, 0, -1, colour);
    }

    /** (dx, dy) is the writing direction: (1, 0) to the right, (0, −1) upwards. */
    private void write(
            Canvas canvas, String text, double x, double y, double size, double dx, double dy, Color colour) {
        double scale = size / CAPITAL;
        double thickness = Math.max(1.15, size * 0.115);
        double pen = 0;
        for (int c : text.codePoints().toArray()) {
            if (c != ' ') {
                double at = pen;
                List<Outline> strokes = new ArrayList<>();
                for (double[] line : glyphs.getOrDefault(c, UNKNOWN).lines()) {
                    double a = (at + line[0]) * scale;
                    double b = (at + line[2]) * scale;
                    strokes.add(Outline.line(
                            x + a * dx + line[1] * scale * dy,
                            y + a * dy - line[1] * scale * dx,
                            x + b * dx + line[3] * scale * dy,
                            y + b * dy - line[3] * scale * dx,
                            thickness));
                }
                double middle = (pen + CAPITAL / 2) * scale;
                canvas.fill(union(strokes), x + middle * dx, y + middle * dy, size * 1.6, colour, 1);
            }
            pen += advance(c);
        }
    }

    private static Outline union(List<Outline> shapes) {
        return (x, y) -> {
            double nearest = Double.POSITIVE_INFINITY;
            for (Outline shape : shapes) {
                nearest = Math.min(nearest, shape.distance(x, y));
            }
            return nearest;
        };
    }

    private double advance(int character) {
        return character == ' '
                ? SPACE
                : glyphs.getOrDefault(character, UNKNOWN).width() + GAP;
    }

    private static Glyph glyph(String text) {
        int space = text.indexOf(' ');
        List<double[]> lines = new ArrayList<>();
        for (String stroke : text.substring(space + 1).split(";")) {
            boolean smooth = stroke.startsWith("~");
            String[] pairs = stroke.substring(smooth ? 1 : 0).split(" ");
            double[][] points = new double[pairs.length][];
            for (int i = 0; i < pairs.length; i++) {
                int comma = pairs[i].indexOf(',');
                points[i] = new double[] {
                    Double.parseDouble(pairs[i].substring(0, comma)), Double.parseDouble(pairs[i].substring(comma + 1))
                };
            }
            double[][] path = smooth ? smooth(points) : points;
            for (int i = 1; i < path.length; i++) {
                lines.add(new double[] {path[i - 1][0], path[i - 1][1], path[i][0], path[i][1]});
            }
        }
        return new Glyph(Double.parseDouble(text.substring(0, space)), lines);
    }

    private static double[][] smooth(double[][] points) {
        int last = points.length - 1;
        boolean closed = points[0][0] == points[last][0] && points[0][1] == points[last][1];
        double[][] path = new double[last * CURVE_STEPS + 1][];
        for (int i = 0; i < last; i++) {
            double[] before = points[i > 0 ? i - 1 : closed ? last - 1 : 0];
            double[] after = points[i + 2 <= last ? i + 2 : closed ? 1 : last];
            for (int s = 0; s < CURVE_STEPS; s++) {
                path[i * CURVE_STEPS + s] = between(before, points[i], points[i + 1], after, (double) s / CURVE_STEPS);
            }
        }
        path[path.length - 1] = points[last];
        return path;
    }

    private static double[] between(double[] p0, double[] p1, double[] p2, double[] p3, double t) {
        double[] point = new double[2];
        for (int k = 0; k < 2; k++) {
            point[k] = 0.5
                    * (2 * p1[k]
                            + (p2[k] - p0[k]) * t
                            + (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t * t
                            + (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t * t * t);
        }
        return point;
    }

    private record Glyph(double width, List<double[]> lines) {}
}

package org.oddlens.engine.study;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.detector.AnatomyObject;

/** Lays the objects of a detector's anatomy out in the plane of its main latent space: as points and lines. */
final class AnatomyLayers {

    private static final int CORNERS = 72;

    private final Map<String, NpyArray> anatomy;
    private final LatentPlane plane;

    AnatomyLayers(Map<String, NpyArray> anatomy, LatentPlane plane) {
        this.anatomy = anatomy;
        this.plane = plane;
    }

    /** A layer for each object whose arrays are there. */
    List<RunSnapshot.Layer> of(List<AnatomyObject> objects) {
        return objects.stream()
                .filter(object -> anatomy.containsKey(object.id()))
                .map(this::layer)
                .toList();
    }

    private RunSnapshot.Layer layer(AnatomyObject object) {
        return switch (object.kind()) {
            case ITEMS -> points(object, use(object), List.of());
            case POINTS -> points(object, new float[0], List.of());
            case SPHERE -> sphere(object);
            case ELLIPSES -> ellipses(object);
            case GRID -> grid(object);
            case LINKS -> links(object);
        };
    }

    private RunSnapshot.Layer points(AnatomyObject object, float[] use, List<float[]> lines) {
        float[][] places = places(object);
        return new RunSnapshot.Layer(object.label(), object.kind(), places[0], places[1], use, lines);
    }

    private float[][] places(AnatomyObject object) {
        NpyArray points = anatomy.get(object.id());
        return plane.place(points.floats(), points.shape()[0]);
    }

    private float[] use(AnatomyObject object) {
        return anatomy.get(object.id() + "-use").floats();
    }

    /** A sphere seen along any direction is a circle of its radius. */
    private RunSnapshot.Layer sphere(AnatomyObject object) {
        double radius = anatomy.get(object.id() + "-radius").floats()[0];
        float[][] centre = places(object);
        double variance = radius * radius;
        return points(
                object,
                new float[0],
                radius > 0
                        ? List.of(outline(centre[0][0], centre[1][0], new double[] {variance, 0, variance}))
                        : List.of());
    }

    private RunSnapshot.Layer ellipses(AnatomyObject object) {
        NpyArray covariance = anatomy.get(object.id() + "-covariance");
        float[] values = covariance.floats();
        float[][] means = places(object);
        int size = covariance.shape()[1] * covariance.shape()[2];
        List<float[]> outlines = new ArrayList<>();
        for (int k = 0; k < means[0].length; k++) {
            outlines.add(outline(means[0][k], means[1][k], plane.shadow(values, k * size)));
        }
        return points(object, use(object), outlines);
    }

    /** Where a Gaussian of covariance (xx, xy, yy) is one standard deviation from its mean; closed, x and y by turns. */
    private static float[] outline(double x, double y, double[] covariance) {
        double l11 = Math.sqrt(Math.max(covariance[0], 0));
        double l21 = l11 > 0 ? covariance[1] / l11 : 0;
        double l22 = Math.sqrt(Math.max(covariance[2] - l21 * l21, 0));
        float[] line = new float[2 * (CORNERS + 1)];
        for (int c = 0; c <= CORNERS; c++) {
            double angle = 2 * Math.PI * c / CORNERS;
            line[2 * c] = (float) (x + l11 * Math.cos(angle));
            line[2 * c + 1] = (float) (y + l21 * Math.cos(angle) + l22 * Math.sin(angle));
        }
        return line;
    }

    /** Units, and lines along the rows and columns of the grid. */
    private RunSnapshot.Layer grid(AnatomyObject object) {
        float[] shape = anatomy.get(object.id() + "-shape").floats();
        int rows = (int) shape[0];
        int columns = (int) shape[1];
        float[][] units = places(object);
        List<float[]> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            lines.add(line(units, row * columns, 1, columns));
        }
        for (int column = 0; column < columns; column++) {
            lines.add(line(units, column, columns, rows));
        }
        return points(object, use(object), lines);
    }

    private static float[] line(float[][] places, int from, int step, int count) {
        float[] line = new float[2 * count];
        for (int i = 0; i < count; i++) {
            line[2 * i] = places[0][from + i * step];
            line[2 * i + 1] = places[1][from + i * step];
        }
        return line;
    }

    private RunSnapshot.Layer links(AnatomyObject object) {
        NpyArray segments = anatomy.get(object.id());
        int ends = 2 * segments.shape()[0];
        float[][] places = plane.place(segments.floats(), ends);
        List<float[]> lines = new ArrayList<>();
        for (int i = 0; i < ends; i += 2) {
            lines.add(line(places, i, 1, 2));
        }
        float[] none = new float[0];
        return new RunSnapshot.Layer(object.label(), object.kind(), none, none, none, lines);
    }
}

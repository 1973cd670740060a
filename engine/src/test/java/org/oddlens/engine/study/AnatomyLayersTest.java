package org.oddlens.engine.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.oddlens.engine.data.NpyArray;
import org.oddlens.engine.detector.AnatomyObject;
import org.oddlens.engine.detector.AnatomyObject.Kind;
import org.oddlens.engine.projection.Pca;

class AnatomyLayersTest {

    private static final Offset<Float> CLOSE = within(1e-5f);

    private final Map<String, NpyArray> arrays = new LinkedHashMap<>();

    /** Along (1, 1) the variance of [[2, 1], [1, 2]] is 3, across it 1: an outline from √3 to 1 around the mean. */
    @Test
    void drawsAGaussianOneStandardDeviationFromItsMean() {
        put("mixture", new int[] {1, 2}, 5, -2);
        put("mixture-covariance", new int[] {1, 2, 2}, 2, 1, 1, 2);
        put("mixture-use", new int[] {1}, 1);

        RunSnapshot.Layer layer = layer(Kind.ELLIPSES, LatentPlane.ofFirstTwo(2, "a", "b"), "mixture");

        float most = 0;
        float least = Float.MAX_VALUE;
        float[] line = layer.lines().get(0);
        for (int i = 0; i < line.length; i += 2) {
            float x = line[i] - 5;
            float y = line[i + 1] + 2;
            assertThat((2 * x * x - 2 * x * y + 2 * y * y) / 3)
                    .as("Mahalanobis")
                    .isCloseTo(1, CLOSE);
            most = Math.max(most, (float) Math.hypot(x, y));
            least = Math.min(least, (float) Math.hypot(x, y));
        }
        assertThat(most).isCloseTo((float) Math.sqrt(3), within(2e-3f));
        assertThat(least).isCloseTo(1, within(2e-3f));
        assertThat(line[0]).isEqualTo(line[line.length - 2], CLOSE);
        assertThat(layer.x()).containsExactly(5);
        assertThat(layer.use()).containsExactly(1);
    }

    /** In the plane of the first two axes the third coordinate is not seen. */
    @Test
    void projectsACovarianceOnThePlane() {
        put("mixture", new int[] {1, 3}, 0, 0, 9);
        put("mixture-covariance", new int[] {1, 3, 3}, 4, 0, 7, 0, 1, 7, 7, 7, 100);
        put("mixture-use", new int[] {1}, 1);

        float[] line = layer(Kind.ELLIPSES, LatentPlane.ofFirstTwo(3, "a", "b"), "mixture")
                .lines()
                .get(0);

        for (int i = 0; i < line.length; i += 2) {
            assertThat(line[i] * line[i] / 4 + line[i + 1] * line[i + 1]).isCloseTo(1, CLOSE);
        }
    }

    /** Rotated by 45° in the plane of a PCA, three dimensions of which the third never varies. */
    @Test
    void drawsASphereAsACircleOfItsRadiusInPrincipalAxesToo() {
        float[] rows = {0, 0, 1, 1, 1, 1, 2, 2, 1, 3, 3, 1, 1, 2, 1, 2, 1, 1};
        LatentPlane plane = LatentPlane.ofPrincipal(3, Pca.fit(rows, 6, 3, 2), new double[] {1, -1});
        put("centre", new int[] {1, 3}, 1, 1, 1);
        put("centre-radius", new int[] {1}, 2);

        RunSnapshot.Layer layer = layer(Kind.SPHERE, plane, "centre");

        float[] line = layer.lines().get(0);
        for (int i = 0; i < line.length; i += 2) {
            assertThat((float) Math.hypot(line[i] - layer.x()[0], line[i + 1] - layer.y()[0]))
                    .isCloseTo(2, CLOSE);
        }
    }

    @Test
    void aSphereWithoutARadiusIsItsCentre() {
        put("centre", new int[] {1, 2}, 1, 1);
        put("centre-radius", new int[] {1}, 0);

        assertThat(layer(Kind.SPHERE, LatentPlane.ofFirstTwo(2, "a", "b"), "centre")
                        .lines())
                .isEmpty();
    }

    @Test
    void joinsTheUnitsOfAGridAlongRowsAndColumns() {
        put("map", new int[] {6, 2}, 0, 0, 1, 0, 2, 0, 0, 1, 1, 1, 2, 1);
        put("map-shape", new int[] {2}, 2, 3);
        put("map-use", new int[] {6}, .5f, 0, 0, 0, 0, .5f);

        RunSnapshot.Layer layer = layer(Kind.GRID, LatentPlane.ofFirstTwo(2, "a", "b"), "map");

        assertThat(layer.lines())
                .containsExactly(
                        new float[] {0, 0, 1, 0, 2, 0},
                        new float[] {0, 1, 1, 1, 2, 1},
                        new float[] {0, 0, 0, 1},
                        new float[] {1, 0, 1, 1},
                        new float[] {2, 0, 2, 1});
    }

    @Test
    void drawsEachLinkBetweenItsTwoEnds() {
        put("links", new int[] {2, 2, 2}, 0, 1, 2, 3, 4, 5, 6, 7);

        assertThat(layer(Kind.LINKS, LatentPlane.ofFirstTwo(2, "a", "b"), "links")
                        .lines())
                .containsExactly(new float[] {0, 1, 2, 3}, new float[] {4, 5, 6, 7});
    }

    @Test
    void leavesOutWhatASnapshotDoesNotHave() {
        assertThat(new AnatomyLayers(Map.of(), LatentPlane.ofFirstTwo(2, "a", "b"))
                        .of(List.of(new AnatomyObject("absent", "Absent", Kind.POINTS))))
                .isEmpty();
    }

    private RunSnapshot.Layer layer(Kind kind, LatentPlane plane, String id) {
        return new AnatomyLayers(arrays, plane)
                .of(List.of(new AnatomyObject(id, "Label", kind)))
                .get(0);
    }

    private void put(String name, int[] shape, float... values) {
        arrays.put(name, new NpyArray("float32", shape, values));
    }
}

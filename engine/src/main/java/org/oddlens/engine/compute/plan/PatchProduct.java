package org.oddlens.engine.compute.plan;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.FloatPointer;

/**
 * Convolutions as matrix products with unrolled patches {@code P(image)} {@code [places, patch]}, a few images at a time.
 * With weights W {@code [patch, depth]} and a grid G {@code [images · places, depth]}:
 *
 * <ul>
 *   <li>forward, {@code G = P(image) · W}: a convolution; towards the input of a transposed one
 *   <li>scatter, {@code image = Σ patches of G · Wᵀ}: a transposed convolution; towards the input of a plain one
 *   <li>weights, {@code W = P(image)ᵀ · G}: the gradient of the weights of both
 * </ul>
 *
 * <p>A scatter by a window that moves pixel by pixel is done as forward with the window turned round, which needs no
 * additions one by one. Images lie as {@code [height, width, channels]}, so that a row of a patch is one run of memory.
 */
final class PatchProduct implements Instruction {

    /** What is computed from what. */
    enum Direction {
        FORWARD,
        SCATTER,
        WEIGHTS
    }

    /** Numbers of the patches unrolled at a time: they should stay in the second-level cache. */
    private static final int BLOCK = 128 * 1024;

    private final Direction direction;
    private final PatchGeometry geometry;
    private final int depth;
    private final Matrix first;
    private final Matrix second;
    private final Matrix out;

    private final PatchGeometry walked;
    private final PatchRuns runs;
    private final int images;
    private final int imagesPerBlock;
    private final float[] imageBlock;
    private final float[] patches;
    private final FloatPointer nativePatches;
    private final FloatBuffer nativePatchBuffer;
    private final float[] weights;
    private final float[] turnedWeights;
    private final FloatPointer nativeWeights;

    /**
     * @param depth  columns of the grid and of the weights
     * @param first  image (forward, weights) or grid (scatter)
     * @param second weights (forward, scatter) or grid (weights)
     */
    PatchProduct(Direction direction, PatchGeometry geometry, int depth, Matrix first, Matrix second, Matrix out) {
        this.direction = direction;
        this.geometry = geometry;
        this.depth = depth;
        this.first = first;
        this.second = second;
        this.out = out;
        Matrix image = direction == Direction.SCATTER ? out : first;
        this.images = image.length() / geometry.imageLength();
        boolean turn = turns();
        this.walked = turn ? geometry.turned(depth) : geometry;
        this.runs = new PatchRuns(walked);
        int patchNumbers = walked.places() * walked.patchLength();
        this.imagesPerBlock = Math.max(1, Math.min(images, BLOCK / patchNumbers));
        this.imageBlock = new float[imagesPerBlock * walked.imageLength()];
        this.patches = new float[imagesPerBlock * patchNumbers];
        this.nativePatches = new FloatPointer(patches.length);
        this.nativePatchBuffer = nativePatches.asBuffer();
        int weightNumbers = geometry.patchLength() * depth;
        this.weights = new float[turn ? weightNumbers : 0];
        this.turnedWeights = new float[weights.length];
        this.nativeWeights = turn ? new FloatPointer(weightNumbers) : null;
    }

    private boolean turns() {
        return direction == Direction.SCATTER && geometry.isDense();
    }

    @Override
    public void run() {
        boolean turn = turns();
        if (turn) {
            turnWeights();
        }
        for (int image = 0; image < images; image += imagesPerBlock) {
            int count = Math.min(imagesPerBlock, images - image);
            switch (direction) {
                case FORWARD -> forward(first, second.storage().pointer(), image, count, depth);
                case WEIGHTS -> weightGradient(image, count);
                default -> {
                    if (turn) {
                        forward(first, nativeWeights, image, count, geometry.channels());
                    } else {
                        scatter(image, count);
                    }
                }
            }
        }
    }

    private void unroll(Matrix source, int image, int count) {
        int length = walked.imageLength();
        int patchNumbers = walked.places() * walked.patchLength();
        source.storage().read(image * length, imageBlock, 0, count * length);
        for (int i = 0; i < count; i++) {
            runs.unroll(imageBlock, i * length, patches, i * patchNumbers);
        }
        nativePatchBuffer.put(0, patches, 0, count * patchNumbers);
    }

    /** {@code out = patches · matrix}, the matrix {@code [patch, columns]}. */
    private void forward(Matrix source, FloatPointer matrix, int image, int count, int columns) {
        unroll(source, image, count);
        int rows = count * walked.places();
        int inner = walked.patchLength();
        FloatPointer result = out.storage().pointer(image * walked.places() * columns);
        if (columns == 1) {
            Blas.productWithVector(false, rows, inner, 1, nativePatches, matrix, 0, result);
        } else {
            Blas.product(false, false, rows, columns, inner, nativePatches, inner, matrix, columns, 0, result, columns);
        }
    }

    private void weightGradient(int image, int count) {
        unroll(first, image, count);
        int rows = count * walked.places();
        int inner = walked.patchLength();
        float before = image == 0 ? 0 : 1;
        FloatPointer grid = second.storage().pointer(image * walked.places() * depth);
        if (depth == 1) {
            Blas.productWithVector(
                    true,
                    rows,
                    inner,
                    1,
                    nativePatches,
                    grid,
                    before,
                    out.storage().pointer());
        } else {
            Blas.product(
                    true,
                    false,
                    inner,
                    depth,
                    rows,
                    nativePatches,
                    inner,
                    grid,
                    depth,
                    before,
                    out.storage().pointer(),
                    depth);
        }
    }

    private void scatter(int image, int count) {
        int rows = count * geometry.places();
        int inner = geometry.patchLength();
        FloatPointer grid = first.storage().pointer(image * geometry.places() * depth);
        Blas.product(
                false,
                true,
                rows,
                inner,
                depth,
                grid,
                depth,
                second.storage().pointer(),
                depth,
                0,
                nativePatches,
                inner);
        nativePatchBuffer.get(0, patches, 0, rows * inner);
        int length = geometry.imageLength();
        Arrays.fill(imageBlock, 0, count * length, 0);
        for (int i = 0; i < count; i++) {
            runs.addBack(patches, i * geometry.places() * inner, imageBlock, i * length);
        }
        out.storage().write(image * length, imageBlock, 0, count * length);
    }

    /** {@code V[(ky', kx', d), c] = W[(ky, kx, c), d]} with the window turned by half a circle. */
    private void turnWeights() {
        second.storage().read(0, weights, 0, weights.length);
        int window = geometry.kernelHeight() * geometry.kernelWidth();
        int channels = geometry.channels();
        for (int place = 0; place < window; place++) {
            int turned = window - 1 - place;
            for (int c = 0; c < channels; c++) {
                for (int d = 0; d < depth; d++) {
                    turnedWeights[(turned * depth + d) * channels + c] = weights[(place * channels + c) * depth + d];
                }
            }
        }
        nativeWeights.put(turnedWeights);
    }

    @Override
    public List<Matrix> reads() {
        return List.of(first, second);
    }

    @Override
    public List<Matrix> writes() {
        return List.of(out);
    }

    @Override
    public String text() {
        return out + " = patch_" + direction.name().toLowerCase(Locale.ROOT) + "{" + geometry.text() + " depth " + depth
                + "}(" + first + ", " + second + ")";
    }

    @Override
    public void close() {
        nativePatches.close();
        if (nativeWeights != null) {
            nativeWeights.close();
        }
    }
}

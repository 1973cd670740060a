package org.oddlens.engine.compute.plan;

/**
 * How a small window moves over images {@code [height, width, channels]}: the patch under the window at each place of a
 * grid, unrolled, is a row {@code [kernelHeight · kernelWidth · channels]}. Outside the image lie zeros.
 *
 * @param padTop  rows of zeros above the image
 * @param padLeft columns of zeros left of it
 */
record PatchGeometry(
        int height,
        int width,
        int channels,
        int gridHeight,
        int gridWidth,
        int kernelHeight,
        int kernelWidth,
        int strideY,
        int strideX,
        int padTop,
        int padLeft,
        int dilationY,
        int dilationX) {

    /** Numbers of an image. */
    int imageLength() {
        return height * width * channels;
    }

    /** Places of the grid. */
    int places() {
        return gridHeight * gridWidth;
    }

    /** Numbers of a patch. */
    int patchLength() {
        return kernelHeight * kernelWidth * channels;
    }

    /** Whether the window moves pixel by pixel and is closed, so that the way back is such a window too. */
    boolean isDense() {
        return strideY == 1
                && strideX == 1
                && dilationY == 1
                && dilationX == 1
                && padTop < kernelHeight
                && padLeft < kernelWidth;
    }

    /** The window of the way back: over images of the grid's size with {@code depth} channels, for each pixel of ours. */
    PatchGeometry turned(int depth) {
        return new PatchGeometry(
                gridHeight,
                gridWidth,
                depth,
                height,
                width,
                kernelHeight,
                kernelWidth,
                1,
                1,
                kernelHeight - 1 - padTop,
                kernelWidth - 1 - padLeft,
                1,
                1);
    }

    /** Takes a run of numbers of an image to a place among the patches; a negative start stands for zeros. */
    interface Run {
        void take(int from, int to, int count);
    }

    /** Names every run of the patches of one image, in the order of the patches. */
    void runs(Run run) {
        int rowLength = kernelWidth * channels;
        for (int place = 0; place < places(); place++) {
            int top = place / gridWidth * strideY - padTop;
            int left = place % gridWidth * strideX - padLeft;
            for (int k = 0; k < kernelHeight; k++) {
                int to = place * patchLength() + k * rowLength;
                int y = top + k * dilationY;
                if (y < 0 || y >= height) {
                    run.take(-1, to, rowLength);
                } else if (dilationX == 1) {
                    row(run, y, left, to);
                } else {
                    dilatedRow(run, y, left, to);
                }
            }
        }
    }

    private void row(Run run, int y, int left, int to) {
        int first = Math.max(0, -left);
        int last = Math.min(kernelWidth, width - left);
        if (last <= first) {
            run.take(-1, to, kernelWidth * channels);
            return;
        }
        if (first > 0) {
            run.take(-1, to, first * channels);
        }
        run.take((y * width + left + first) * channels, to + first * channels, (last - first) * channels);
        if (last < kernelWidth) {
            run.take(-1, to + last * channels, (kernelWidth - last) * channels);
        }
    }

    private void dilatedRow(Run run, int y, int left, int to) {
        for (int k = 0; k < kernelWidth; k++) {
            int x = left + k * dilationX;
            boolean inside = x >= 0 && x < width;
            run.take(inside ? (y * width + x) * channels : -1, to + k * channels, channels);
        }
    }

    String text() {
        return "image " + height + "x" + width + "x" + channels + " grid " + gridHeight + "x" + gridWidth + " window "
                + kernelHeight + "x" + kernelWidth + " stride " + strideY + "x" + strideX + " pad " + padTop + "x"
                + padLeft + " dilation " + dilationY + "x" + dilationX;
    }
}

package org.oddlens.app.chart;

import java.nio.IntBuffer;
import javafx.scene.image.PixelBuffer;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;

/** An image over an array of premultiplied ARGB pixels, filled off the UI thread and shown on it. */
final class PixelPicture {

    private final int width;
    private final int height;
    private final int[] pixels;
    private final PixelBuffer<IntBuffer> buffer;
    private final WritableImage image;

    PixelPicture(int width, int height) {
        this.width = width;
        this.height = height;
        this.pixels = new int[width * height];
        this.buffer = new PixelBuffer<>(width, height, IntBuffer.wrap(pixels), PixelFormat.getIntArgbPreInstance());
        this.image = new WritableImage(buffer);
    }

    boolean hasSize(int w, int h) {
        return width == w && height == h;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int[] pixels() {
        return pixels;
    }

    /** The picture as it is now; call on the UI thread after the pixels were filled. */
    WritableImage fresh() {
        buffer.updateBuffer(all -> null);
        return image;
    }
}

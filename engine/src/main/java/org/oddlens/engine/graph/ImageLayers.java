package org.oddlens.engine.graph;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;

/**
 * Layers on images {@code [rows, height, width, channels]}; series are images of height one. Convolutions are
 * cross-correlations with zero padding, as in PyTorch (there channels come first: flattened codes have another order).
 *
 * <p>Up-sampling repeats pixels by a tile of a reshaped array: the gradient of ND4J 1.0.0-M2.1's own {@code upsampling2d}
 * is wrong when channels come last (found by finite differences).
 */
public final class ImageLayers {

    private static final String CHANNELS_LAST = "NHWC";

    /**
     * Size of images.
     *
     * @param height   pixels
     * @param width    pixels
     * @param channels numbers per pixel
     */
    public record Size(int height, int width, int channels) {

        /** Numbers of an image. */
        public int length() {
            return height * width * channels;
        }
    }

    /**
     * A window that moves over images.
     *
     * @param height  pixels
     * @param width   pixels
     * @param stride  pixels from place to place, in both directions; 1 along a direction in which the window has size 1
     * @param padding zeros around the image, likewise 0
     */
    public record Window(int height, int width, int stride, int padding) {

        /** A square window. */
        public static Window square(int size, int stride, int padding) {
            return new Window(size, size, stride, padding);
        }

        /** A window over series, which are images of height one. */
        public static Window along(int length, int stride, int padding) {
            return new Window(1, length, stride, padding);
        }

        private int strideY() {
            return height == 1 ? 1 : stride;
        }

        private int strideX() {
            return width == 1 ? 1 : stride;
        }

        private int padY() {
            return height == 1 ? 0 : padding;
        }

        private int padX() {
            return width == 1 ? 0 : padding;
        }

        /** Size after a convolution. */
        public Size after(Size in, int channels) {
            return new Size(
                    (in.height() + 2 * padY() - height) / strideY() + 1,
                    (in.width() + 2 * padX() - width) / strideX() + 1,
                    channels);
        }

        /** Size after a transposed convolution without output padding. */
        public Size before(Size in, int channels) {
            return new Size(
                    (in.height() - 1) * strideY() + height - 2 * padY(),
                    (in.width() - 1) * strideX() + width - 2 * padX(),
                    channels);
        }
    }

    private final NetworkBuilder net;
    private final SameDiff graph;

    public ImageLayers(NetworkBuilder net) {
        this.net = net;
        this.graph = net.graph();
    }

    /** {@code [rows, height · width · channels]} as images, channels last. */
    public SDVariable images(SDVariable rows, Size size) {
        return graph.reshape(rows, -1, size.height(), size.width(), size.channels());
    }

    /** Images as rows, channels last. */
    public SDVariable flatten(SDVariable images, Size size) {
        return graph.reshape(images, -1, size.length());
    }

    /** A convolution with weights {@code [window height, window width, in, out]}. */
    public SDVariable convolution(
            String name,
            SDVariable images,
            Size size,
            int out,
            Window window,
            Activation activation,
            Initialisation initialisation) {
        int field = window.height() * window.width();
        int fanIn = size.channels() * field;
        int fanOut = out * field;
        SDVariable weights = net.parameter(
                name + "/weights",
                initialisation.weightBound(fanIn, fanOut),
                window.height(),
                window.width(),
                size.channels(),
                out);
        SDVariable bias = net.parameter(name + "/bias", initialisation.biasBound(fanIn, fanOut), out);
        Conv2DConfig config = Conv2DConfig.builder()
                .kH(window.height())
                .kW(window.width())
                .sH(window.strideY())
                .sW(window.strideX())
                .pH(window.padY())
                .pW(window.padX())
                .paddingMode(PaddingMode.VALID)
                .dataFormat(CHANNELS_LAST)
                .build();
        return activation.apply(graph, graph.cnn().conv2d(images, weights, bias, config));
    }

    /**
     * A transposed convolution with weights {@code [window height, window width, out, in]}.
     *
     * @param outputPadding rows and columns added at the lower right, as PyTorch's {@code output_padding}; smaller than the
     *                      stride
     */
    public SDVariable transposedConvolution(
            String name,
            SDVariable images,
            Size size,
            int out,
            Window window,
            int outputPadding,
            Activation activation,
            Initialisation initialisation) {
        int field = window.height() * window.width();
        int fanIn = size.channels() * field;
        int fanOut = out * field;
        SDVariable weights = net.parameter(
                name + "/weights",
                initialisation.weightBound(fanIn, fanOut),
                window.height(),
                window.width(),
                out,
                size.channels());
        SDVariable bias = net.parameter(name + "/bias", initialisation.biasBound(fanIn, fanOut), out);
        // Without its own padding the op returns the whole image; what padding cuts off and output padding leaves is
        // cut
        // out of it. The rows beyond the last window are zero before the bias.
        DeConv2DConfig config = DeConv2DConfig.builder()
                .kH(window.height())
                .kW(window.width())
                .sH(window.strideY())
                .sW(window.strideX())
                .isSameMode(false)
                .dataFormat(CHANNELS_LAST)
                .build();
        Size whole = new Window(window.height(), window.width(), window.stride(), 0).before(size, out);
        Size kept = window.before(size, out);
        int extraY = window.height() == 1 ? 0 : outputPadding;
        int extraX = window.width() == 1 ? 0 : outputPadding;
        if (kept.height() + extraY + window.padY() > whole.height()
                || kept.width() + extraX + window.padX() > whole.width()) {
            throw new IllegalArgumentException(
                    "Output padding " + outputPadding + " is larger than the padding " + window.padding() + ".");
        }
        SDVariable full = graph.cnn().deconv2d(images, weights, bias, config);
        SDVariable cut = graph.slice(
                full,
                new int[] {0, window.padY(), window.padX(), 0},
                -1,
                kept.height() + extraY,
                kept.width() + extraX,
                -1);
        return activation.apply(graph, cut);
    }

    /** Every pixel repeated so many times downwards and to the right. */
    public SDVariable upsampled(SDVariable images, Size size, int factor) {
        SDVariable apart = graph.reshape(images, -1, size.height(), 1, size.width(), 1, size.channels());
        SDVariable repeated = graph.tile(apart, 1, 1, factor, 1, factor, 1);
        return graph.reshape(repeated, -1, size.height() * factor, size.width() * factor, size.channels());
    }

    /** The upper left part of the images. */
    public SDVariable cropped(SDVariable images, int height, int width) {
        return graph.slice(images, new int[] {0, 0, 0, 0}, -1, height, width, -1);
    }
}

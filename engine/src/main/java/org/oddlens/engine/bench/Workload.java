package org.oddlens.engine.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.oddlens.engine.compute.CompiledExecutor;
import org.oddlens.engine.compute.plan.Plan;
import org.oddlens.engine.graph.Activation;
import org.oddlens.engine.graph.ImageLayers;
import org.oddlens.engine.graph.Initialisation;
import org.oddlens.engine.graph.Memory;
import org.oddlens.engine.graph.Network;
import org.oddlens.engine.graph.NetworkBuilder;
import org.oddlens.engine.run.RandomStreams;

/**
 * A network with its batch size and number of rows. Definitions: docs/bench.md.
 *
 * @param name     name shared by all programs that measure it
 * @param features width of a row
 * @param batch    rows of a step
 * @param rows     resident rows
 * @param kind     what is built
 * @param widths   from input to code
 * @param items    memory items, 0 without a memory
 * @param shrink   shrink threshold of the memory
 */
public record Workload(
        String name, int features, int batch, int rows, Kind kind, List<Integer> widths, int items, double shrink) {

    /** Kinds of network. */
    enum Kind {
        AUTOENCODER,
        MEMORY,
        VARIATIONAL,
        CONVOLUTIONAL
    }

    /** Weight of the memory's entropy. */
    private static final double ENTROPY_WEIGHT = 2e-4;

    /** All workloads, small ones first. */
    public static List<Workload> all() {
        return List.of(
                new Workload("ae-6", 6, 128, 3712, Kind.AUTOENCODER, List.of(6, 4, 2), 0, 0),
                new Workload("ae-118", 118, 1024, 20480, Kind.AUTOENCODER, List.of(118, 64, 32, 10), 0, 0),
                new Workload("ae-784", 784, 128, 12800, Kind.AUTOENCODER, List.of(784, 128, 64, 32), 0, 0),
                new Workload("memae-12", 12, 32, 2080, Kind.MEMORY, List.of(12, 10, 8, 4, 2), 250, 0.0025),
                new Workload("memae-274", 274, 128, 2560, Kind.MEMORY, List.of(274, 64, 32, 10), 1000, 0.0005),
                new Workload("vae-784", 784, 128, 12800, Kind.VARIATIONAL, List.of(784, 512, 256, 128, 2), 0, 0),
                new Workload("conv-784", 784, 128, 2560, Kind.CONVOLUTIONAL, List.of(784, 32), 0, 0));
    }

    /** The network; its start values are set by {@link StepBenchmark}. */
    Network network() {
        NetworkBuilder net = new NetworkBuilder(DataType.FLOAT, new RandomStreams(0));
        SDVariable x = net.input(NetworkBuilder.FEATURES, features);
        if (kind == Kind.VARIATIONAL) {
            variational(net, x);
        } else if (kind == Kind.CONVOLUTIONAL) {
            convolutional(net, x);
        } else {
            reconstructing(net, x);
        }
        return net.build();
    }

    /** The instructions of a training step, one a line. */
    public String listing() {
        try (CompiledExecutor executor = new CompiledExecutor(network())) {
            Plan plan = executor.plan(batch);
            return plan.text() + "\n\n" + plan.length() + " instructions, " + plan.nativeCalls()
                    + " of them through ND4J; " + plan.bytes() / 1024 + " KiB of memory";
        }
    }

    private void reconstructing(NetworkBuilder net, SDVariable x) {
        SDVariable code = net.stack("encoder", x, widths, Activation.RELU, Activation.LINEAR, Initialisation.GLOROT);
        int latent = widths.get(widths.size() - 1);
        SDVariable entropy = null;
        SDVariable memory = items > 0 ? net.parameter("memory", 1, items, latent) : null;
        if (memory != null) {
            Memory.Reading reading = new Memory(Memory.Similarity.COSINE, 1, shrink, Memory.EmptyRow.ZERO)
                    .read(net.graph(), code, memory);
            code = reading.readOut();
            entropy = reading.entropy();
        }
        SDVariable rebuilt =
                net.stack("decoder", code, mirrored(), Activation.RELU, Activation.LINEAR, Initialisation.GLOROT);
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, rebuilt).mean(1));
        if (entropy != null) {
            net.term("entropy", entropy.mul(ENTROPY_WEIGHT));
        }
    }

    /** Two heads on the last hidden layer; noise is an input, so that the step can be repeated. */
    private void variational(NetworkBuilder net, SDVariable x) {
        int latent = widths.get(widths.size() - 1);
        int hidden = widths.get(widths.size() - 2);
        SDVariable trunk = net.stack(
                "trunk",
                x,
                widths.subList(0, widths.size() - 1),
                Activation.RELU,
                Activation.RELU,
                Initialisation.GLOROT);
        SDVariable mean = net.dense("mean", trunk, hidden, latent, Activation.LINEAR, Initialisation.GLOROT);
        SDVariable logVariance =
                net.dense("log-variance", trunk, hidden, latent, Activation.LINEAR, Initialisation.GLOROT);
        SDVariable noise = net.input("noise", latent);
        SDVariable code = mean.add(net.graph().math().exp(logVariance.mul(0.5)).mul(noise));
        SDVariable rebuilt =
                net.stack("decoder", code, mirrored(), Activation.RELU, Activation.LINEAR, Initialisation.GLOROT);
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, rebuilt).sum(1));
        SDVariable divergence =
                mean.mul(mean).add(net.graph().math().exp(logVariance)).sub(1.0).sub(logVariance);
        net.term("divergence", divergence.sum(1).mul(0.5));
    }

    /** Three convolutions that halve the image, a code, three up-samplings with convolutions. */
    private void convolutional(NetworkBuilder net, SDVariable x) {
        ImageLayers layers = new ImageLayers(net);
        ImageLayers.Window half = ImageLayers.Window.square(3, 2, 1);
        ImageLayers.Window same = ImageLayers.Window.square(3, 1, 1);
        ImageLayers.Size size = new ImageLayers.Size(28, 28, 1);
        SDVariable images = layers.images(x, size);
        for (int channels : new int[] {16, 32, 64}) {
            String name = "encoder-" + channels;
            images = layers.convolution(name, images, size, channels, half, Activation.RELU, Initialisation.GLOROT);
            size = half.after(size, channels);
        }
        SDVariable code = net.dense(
                "code", layers.flatten(images, size), size.length(), 32, Activation.LINEAR, Initialisation.GLOROT);
        SDVariable wide = net.dense("expand", code, 32, size.length(), Activation.RELU, Initialisation.GLOROT);
        images = layers.images(wide, size);
        for (int channels : new int[] {32, 16, 1}) {
            images = layers.upsampled(images, size, 2);
            size = new ImageLayers.Size(2 * size.height(), 2 * size.width(), size.channels());
            if (size.height() == 8) {
                images = layers.cropped(images, 7, 7); // nearest neighbours of 4 pixels on a grid of 7
                size = new ImageLayers.Size(7, 7, size.channels());
            }
            Activation activation = channels == 1 ? Activation.LINEAR : Activation.RELU;
            images = layers.convolution(
                    "decoder-" + channels, images, size, channels, same, activation, Initialisation.GLOROT);
            size = same.after(size, channels);
        }
        SDVariable rebuilt = layers.flatten(images, size);
        net.term(
                "reconstruction",
                net.graph().math().squaredDifference(x, rebuilt).mean(1));
    }

    private List<Integer> mirrored() {
        List<Integer> mirrored = new ArrayList<>(widths);
        Collections.reverse(mirrored);
        return mirrored;
    }
}

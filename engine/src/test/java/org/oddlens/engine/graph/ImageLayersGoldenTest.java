package org.oddlens.engine.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.oddlens.engine.Golden;
import org.oddlens.engine.compute.Batch;
import org.oddlens.engine.compute.CompiledExecutor;
import org.oddlens.engine.graph.ImageLayers.Size;
import org.oddlens.engine.graph.ImageLayers.Window;
import org.oddlens.engine.run.RandomStreams;

/**
 * Convolutions against golden file 18, made with PyTorch in double precision. There channels come first: {@code [B, C, H,
 * W]} and {@code [out, in, h, w]}; every comparison turns the dimensions. Values 1e-9 relative, gradients 1e-8; the
 * compiled plan, in single precision, 1e-4 of the largest entry.
 */
class ImageLayersGoldenTest {

    private static final int[] CHANNELS_LAST = {0, 2, 3, 1};
    private static final int[] WINDOW_FIRST = {2, 3, 1, 0};
    private static final Window HALF = Window.square(3, 2, 1);

    private final Golden golden = Golden.open("18_conv.npz");
    private final int[] x = golden.shape("x");

    /** The golden autoencoder as a network of ours, with its values in it, and how its parameters are called there. */
    private final class Model {

        private final Map<String, INDArray> weights = new HashMap<>();
        private final Map<String, String> keys = new HashMap<>();
        private final Map<String, SDVariable> layers = new HashMap<>();
        private final Network network;

        /** @param trained whether the images are a parameter: SameDiff loses the gradient of a reshaped placeholder */
        Model(DataType type, boolean trained) {
            NetworkBuilder net = new NetworkBuilder(type, new RandomStreams(0));
            ImageLayers images = new ImageLayers(net);
            Size size = new Size(x[2], x[3], x[1]);
            SDVariable rows = trained
                    ? net.parameter(NetworkBuilder.FEATURES, 1, x[0], size.length())
                    : net.input(NetworkBuilder.FEATURES, size.length());
            int[] channels = {golden.shape("Wc1")[0], golden.shape("Wc2")[0]};
            SDVariable h = images.images(rows, size);
            h = images.convolution("conv1", h, size, channels[0], HALF, Activation.RELU, Initialisation.HE);
            layers.put("conv1", h);
            Size middle = HALF.after(size, channels[0]);
            h = images.convolution("conv2", h, middle, channels[1], HALF, Activation.RELU, Initialisation.HE);
            layers.put("conv2", h);
            Size small = HALF.after(middle, channels[1]);
            int codes = golden.shape("Wz")[1];
            SDVariable code = net.dense(
                    "code", images.flatten(h, small), small.length(), codes, Activation.LINEAR, Initialisation.HE);
            layers.put("code", code);
            SDVariable wide = net.dense("wide", code, codes, small.length(), Activation.RELU, Initialisation.HE);
            h = images.images(wide, small);
            layers.put("dec0", h);
            h = images.transposedConvolution(
                    "back1", h, small, channels[0], HALF, 1, Activation.RELU, Initialisation.HE);
            layers.put("deconv1", h);
            h = images.transposedConvolution("back2", h, middle, x[1], HALF, 1, Activation.SIGMOID, Initialisation.HE);
            layers.put("recon", h);
            SDVariable rebuilt = images.flatten(h, size);
            net.term(
                    "reconstruction",
                    net.graph().math().squaredDifference(rows, rebuilt).mean(1));
            network = net.build();
            put("conv1", "Wc1", "bc1");
            put("conv2", "Wc2", "bc2");
            put("back1", "Wt1", "bt1");
            put("back2", "Wt2", "bt2");
            put("code", "Wz", "bz");
            put("wide", "Wd", "bd");
        }

        private void put(String layer, String weightKey, String biasKey) {
            weights.put(layer + "/weights", ours(weightKey, golden.array(weightKey)));
            weights.put(layer + "/bias", ours(biasKey, golden.array(biasKey)));
            keys.put(layer + "/weights", weightKey);
            keys.put(layer + "/bias", biasKey);
        }

        void fill() {
            weights.forEach(
                    (name, array) -> network.graph().getVariable(name).getArr().assign(array.castTo(network.type())));
        }
    }

    /** A golden array in our order of dimensions. */
    private INDArray ours(String key, INDArray array) {
        int channels = golden.shape("Wc2")[0];
        int pixels = golden.shape("Wz")[0] / channels;
        return switch (key) {
            case "Wc1", "Wc2", "Wt1", "Wt2" -> array.permute(WINDOW_FIRST).dup('c');
                // Flattened images: channel, pixel there and pixel, channel here.
            case "Wz" -> array.reshape('c', channels, pixels, array.size(1))
                    .permute(1, 0, 2)
                    .dup('c')
                    .reshape('c', array.shape());
            case "Wd" -> array.reshape('c', array.size(0), channels, pixels)
                    .permute(0, 2, 1)
                    .dup('c')
                    .reshape('c', array.shape());
            case "bd" -> array.reshape('c', channels, pixels)
                    .permute(1, 0)
                    .dup('c')
                    .reshape('c', array.shape());
            default -> array;
        };
    }

    private INDArray images() {
        return golden.array("x").permute(CHANNELS_LAST).dup('c').reshape('c', x[0], (long) x[1] * x[2] * x[3]);
    }

    @Test
    void layersGiveTheReferencesValues() {
        Model model = new Model(DataType.DOUBLE, false);
        model.fill();
        Map<String, INDArray> feed = Map.of(NetworkBuilder.FEATURES, images());
        model.layers.forEach((key, variable) -> {
            INDArray value =
                    model.network.graph().output(feed, List.of(variable.name())).get(variable.name());
            INDArray theirs = value.rank() == 4 ? value.permute(0, 3, 1, 2) : value;
            golden.assertEquals(key, theirs, 1e-9, 1e-12);
        });
    }

    @Test
    void gradientsAreTheReferences() {
        Model model = new Model(DataType.DOUBLE, true);
        model.fill();
        model.network.graph().getVariable(NetworkBuilder.FEATURES).getArr().assign(images());
        List<String> wanted = new ArrayList<>(model.keys.keySet());
        wanted.add(NetworkBuilder.FEATURES);
        Map<String, INDArray> gradients = model.network.graph().calculateGradients(Map.of(), wanted);
        model.keys.forEach((name, key) -> {
            double[] expected =
                    ours(key, golden.array("grad_" + key)).dup('c').data().asDouble();
            assertClose(key, gradients.get(name).dup('c').data().asDouble(), expected, 1e-8, 1e-10);
        });
        INDArray toImages = gradients.get(NetworkBuilder.FEATURES).dup('c').reshape('c', x[0], x[2], x[3], x[1]);
        golden.assertEquals("grad_x", toImages.permute(0, 3, 1, 2), 1e-8, 1e-10);
    }

    @Test
    void theCompiledPlanGivesTheReferencesGradients() {
        Model model = new Model(DataType.FLOAT, false);
        try (CompiledExecutor executor = new CompiledExecutor(model.network)) {
            for (ParameterLayout.Entry entry : executor.layout().entries()) {
                float[] values = model.weights
                        .get(entry.name())
                        .castTo(DataType.FLOAT)
                        .dup('c')
                        .data()
                        .asFloat();
                System.arraycopy(values, 0, executor.parameters(), entry.offset(), values.length);
            }
            executor.parametersChanged();
            Batch batch = executor.batch(x[0]);
            float[] pixels = images().castTo(DataType.FLOAT).dup('c').data().asFloat();
            System.arraycopy(pixels, 0, batch.features(), 0, pixels.length);
            float[] gradients = new float[executor.layout().length()];
            double[] terms = new double[1];
            executor.gradients(batch, gradients, terms);

            assertThat(executor.plan(x[0]).nativeCalls()).isZero();
            assertThat(terms[0]).isCloseTo(golden.scalar("loss"), within(1e-4 * golden.scalar("loss")));
            for (ParameterLayout.Entry entry : executor.layout().entries()) {
                String key = model.keys.get(entry.name());
                double[] expected =
                        ours(key, golden.array("grad_" + key)).dup('c').data().asDouble();
                double[] actual = new double[entry.length()];
                double largest = 0;
                for (int i = 0; i < actual.length; i++) {
                    actual[i] = gradients[entry.offset() + i];
                    largest = Math.max(largest, Math.abs(expected[i]));
                }
                assertClose(key, actual, expected, 0, 1e-4 * largest);
            }
        }
    }

    @Test
    void windowsOfFourPixelsAndSeriesGiveTheReferencesValues() {
        NetworkBuilder net = new NetworkBuilder(DataType.DOUBLE, new RandomStreams(0));
        ImageLayers images = new ImageLayers(net);
        Window four = Window.square(4, 2, 1);
        Size size = new Size(x[2], x[3], x[1]);
        SDVariable in = images.images(net.input(NetworkBuilder.FEATURES, size.length()), size);
        int channels = golden.shape("k4_W")[0];
        SDVariable out = images.convolution("k4", in, size, channels, four, Activation.LINEAR, Initialisation.HE);
        SDVariable back = images.transposedConvolution(
                "k4t", out, four.after(size, channels), x[1], four, 0, Activation.LINEAR, Initialisation.HE);
        set(net, "k4", golden.array("k4_W").permute(WINDOW_FIRST), golden.array("k4_b"));
        set(net, "k4t", golden.array("k4_Wt").permute(WINDOW_FIRST), golden.array("k4_bt"));
        Map<String, INDArray> feed = Map.of(NetworkBuilder.FEATURES, images());
        Map<String, INDArray> values = net.graph().output(feed, List.of(out.name(), back.name()));
        golden.assertEquals("k4_out", values.get(out.name()).permute(0, 3, 1, 2), 1e-9, 1e-12);
        golden.assertEquals("k4_out_t", values.get(back.name()).permute(0, 3, 1, 2), 1e-9, 1e-12);
    }

    @Test
    void seriesGiveTheReferencesValuesAndGradients() {
        int[] s = golden.shape("s_x");
        NetworkBuilder net = new NetworkBuilder(DataType.DOUBLE, new RandomStreams(0));
        ImageLayers images = new ImageLayers(net);
        Size size = new Size(1, s[2], s[1]);
        // A parameter, because SameDiff loses the gradient of a reshaped placeholder.
        SDVariable in = images.images(net.parameter(NetworkBuilder.FEATURES, 1, s[0], size.length()), size);
        Window five = Window.along(5, 2, 2);
        Window three = Window.along(3, 2, 1);
        int[] channels = {golden.shape("s_W1")[0], golden.shape("s_W2")[0]};
        SDVariable one = images.convolution("c1", in, size, channels[0], five, Activation.RELU, Initialisation.HE);
        Size middle = five.after(size, channels[0]);
        SDVariable two = images.convolution("c2", one, middle, channels[1], three, Activation.RELU, Initialisation.HE);
        Size small = three.after(middle, channels[1]);
        SDVariable code =
                net.dense("z", images.flatten(two, small), small.length(), 2, Activation.LINEAR, Initialisation.HE);
        SDVariable back = images.transposedConvolution(
                "t",
                two,
                small,
                golden.shape("s_Wt")[1],
                Window.along(4, 2, 1),
                0,
                Activation.LINEAR,
                Initialisation.HE);
        SDVariable upstream = net.input("upstream", 2);
        SDVariable sum = code.mul(upstream).sum("sum");
        sum.markAsLoss();
        set(net, "c1", series("s_W1"), golden.array("s_b1"));
        set(net, "c2", series("s_W2"), golden.array("s_b2"));
        set(net, "t", series("s_Wt"), golden.array("s_bt"));
        INDArray dense = golden.array("s_Wz");
        set(net, "z", turned(dense, channels[1]), golden.array("s_bz"));
        net.graph()
                .getVariable(NetworkBuilder.FEATURES)
                .getArr()
                .assign(golden.array("s_x").permute(0, 2, 1).dup('c').reshape('c', s[0], (long) s[1] * s[2]));
        Map<String, INDArray> feed = Map.of("upstream", golden.array("s_upstream"));
        Map<String, INDArray> values =
                net.graph().output(feed, List.of(one.name(), two.name(), code.name(), back.name()));
        golden.assertEquals("s_conv1", first(values.get(one.name())), 1e-9, 1e-12);
        golden.assertEquals("s_conv2", first(values.get(two.name())), 1e-9, 1e-12);
        golden.assertEquals("s_code", values.get(code.name()), 1e-9, 1e-12);
        golden.assertEquals("s_deconv", first(values.get(back.name())), 1e-9, 1e-12);
        Map<String, INDArray> gradients = net.graph()
                .calculateGradients(
                        feed, List.of("c1/weights", "c1/bias", "c2/weights", "c2/bias", "z/weights", "z/bias", "x"));
        assertEqual("s_grad_W1", gradients.get("c1/weights"), series("s_grad_W1"));
        assertEqual("s_grad_W2", gradients.get("c2/weights"), series("s_grad_W2"));
        assertEqual("s_grad_Wz", gradients.get("z/weights"), turned(golden.array("s_grad_Wz"), channels[1]));
        golden.assertEquals("s_grad_b1", gradients.get("c1/bias"), 1e-8, 1e-10);
        golden.assertEquals("s_grad_b2", gradients.get("c2/bias"), 1e-8, 1e-10);
        golden.assertEquals("s_grad_bz", gradients.get("z/bias"), 1e-8, 1e-10);
        INDArray toSeries = gradients.get("x").dup('c').reshape('c', s[0], s[2], s[1]);
        golden.assertEquals("s_grad_x", toSeries.permute(0, 2, 1), 1e-8, 1e-10);
    }

    /** {@code [out, in, time]} as {@code [1, time, in, out]}. */
    private INDArray series(String key) {
        INDArray array = golden.array(key);
        return array.reshape('c', array.size(0), array.size(1), 1, array.size(2))
                .permute(WINDOW_FIRST);
    }

    /** Rows of a dense layer after channel-major flattening, in time-major order. */
    private static INDArray turned(INDArray dense, int channels) {
        return dense.reshape('c', channels, dense.size(0) / channels, dense.size(1))
                .permute(1, 0, 2)
                .dup('c')
                .reshape('c', dense.shape());
    }

    /** {@code [B, 1, time, channels]} as {@code [B, channels, time]}. */
    private static INDArray first(INDArray series) {
        return series.dup('c')
                .reshape('c', series.size(0), series.size(2), series.size(3))
                .permute(0, 2, 1);
    }

    private static void set(NetworkBuilder net, String layer, INDArray weights, INDArray bias) {
        net.graph().getVariable(layer + "/weights").getArr().assign(weights.dup('c'));
        net.graph().getVariable(layer + "/bias").getArr().assign(bias);
    }

    private static void assertEqual(String key, INDArray actual, INDArray expected) {
        assertClose(
                key, actual.dup('c').data().asDouble(), expected.dup('c').data().asDouble(), 1e-8, 1e-10);
    }

    private static void assertClose(String key, double[] actual, double[] expected, double relative, double absolute) {
        assertThat(actual).as(key).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i])
                    .as(key + "[" + i + "]")
                    .isCloseTo(expected[i], within(relative * Math.abs(expected[i]) + absolute));
        }
    }
}

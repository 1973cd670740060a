package org.oddlens.engine.detector.duad;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.oddlens.engine.detector.LiveNetwork;
import org.oddlens.engine.detector.TrainingRule;

/**
 * Training of DUAD: which rows are trained on is chosen before the first epoch from the rows themselves, and every few
 * epochs, in an epoch without a step, anew from where the network places them.
 */
final class SelectionRule implements TrainingRule {

    /** Rejected rows that are drawn. */
    static final int DRAWN = 256;

    private static final int BITS = 32;
    private static final String KEPT = "kept";
    private static final String STEADY = "steady";

    /** So many selections in a row that hardly differ end the training. */
    private static final int ENOUGH = 3;

    private static final int FEW_ROWS = 10;
    private static final double FEW_OF_ALL = 0.001;
    private static final double SMALLEST_SHARE = 0.1;

    /** A mean cosine below this is that of rows rebuilt as nothing. */
    private static final double NO_LIKENESS = 0.1;

    /**
     * @param clusters       clusters to look for
     * @param every          every how many epochs the selection is renewed
     * @param firstRejection percent of clusters rejected at first
     * @param rejection      percent rejected later
     * @param batch          rows of a batch: so many are kept at least, if that is not more than half of all
     */
    record Settings(int clusters, int every, double firstRejection, double rejection, int batch) {}

    private final Settings settings;
    private int[] kept;
    private boolean choosing;
    private boolean warned;
    private int steady;

    SelectionRule(Settings settings) {
        this.settings = settings;
    }

    private static int total(LiveNetwork net) {
        return net.rows().length / net.features();
    }

    @Override
    public void begin(LiveNetwork net) {
        int total = total(net);
        if (total > DistributionClustering.MOST_ROWS) {
            net.warn(
                    "selection-sample",
                    "Clusters are fitted to " + DistributionClustering.MOST_ROWS + " of the " + total
                            + " training rows, drawn at random, to save time; every row is then put into its cluster.");
        }
        select(net, net.rows(), net.features(), settings.firstRejection(), 0);
    }

    @Override
    public void beforeEpoch(LiveNetwork net, int epoch) {
        choosing = epoch % settings.every() == 0;
        if (choosing) {
            float[] space = net.outputs(net.rows(), List.of(Duad.CLUSTER_SPACE)).get(Duad.CLUSTER_SPACE);
            for (float value : space) {
                if (!Float.isFinite(value)) {
                    return; // diverged, which the loss says already
                }
            }
            int width = space.length / total(net);
            warnOfCollapse(net, space, width, epoch);
            int[] before = kept;
            select(net, space, width, settings.rejection(), epoch);
            compare(net, before, epoch);
        }
    }

    /** Selections that no longer change mean that the rows have been told apart as far as this will go. */
    private void compare(LiveNetwork net, int[] before, int epoch) {
        BitSet changed = new BitSet();
        Arrays.stream(before).forEach(changed::set);
        Arrays.stream(kept).forEach(changed::flip);
        int few = Math.max(FEW_ROWS, (int) (FEW_OF_ALL * total(net)));
        steady = changed.cardinality() <= few ? steady + 1 : 0;
        if (steady == ENOUGH) {
            net.warn(
                    "steady-selection",
                    "Epoch " + epoch + ": " + ENOUGH + " selections in a row differ by at most " + few
                            + " rows, so the training ends here.");
        }
    }

    @Override
    public boolean finished() {
        return steady >= ENOUGH;
    }

    /** The norm of code and cosine is least where rows are rebuilt as nothing; a training can be caught there. */
    private void warnOfCollapse(LiveNetwork net, float[] space, int width, int epoch) {
        double cosine = 0;
        for (int at = width - 1; at < space.length; at += width) {
            cosine += (double) space[at] * width / space.length;
        }
        if (epoch >= 2 * settings.every() && Math.abs(cosine) < NO_LIKENESS && !warned) {
            warned = true;
            net.warn(
                    "collapsed-reconstruction",
                    String.format(
                            Locale.ROOT,
                            "Epoch %d: rebuilt rows do not resemble the rows (mean cosine %.2f). The norm term has drawn the"
                                    + " reconstruction to zero. Lower 'Code norm weight', raise the learning rate, or try"
                                    + " another seed.",
                            epoch,
                            cosine));
        }
    }

    private void select(LiveNetwork net, float[] rows, int width, double rejection, int epoch) {
        RandomGenerator random = net.streams().stream("selection", epoch, 0);
        TightClusters clusters =
                new DistributionClustering(settings.clusters(), net::mayContinue).of(rows, width, random);
        int total = total(net);
        int fewest = Math.max(Math.min(settings.batch(), total / 2), (int) Math.ceil(SMALLEST_SHARE * total));
        int meant = clusters.kept(rejection, 0).length;
        kept = clusters.kept(rejection, fewest);
        if (meant < fewest) {
            net.warn(
                    "small-selection",
                    "Epoch " + epoch + ": the tight clusters hold " + meant + " of " + total
                            + " training rows, fewer than a batch or than a tenth. Further clusters were kept: "
                            + kept.length
                            + " rows. Lower the rejected share or the number of clusters.");
        }
    }

    /** None in an epoch that chooses. */
    @Override
    public int[] rows() {
        return choosing ? new int[0] : kept;
    }

    /** Shows where rejected rows lie: the first of them, {@value #DRAWN} at most, spread over all. */
    @Override
    public void settle(LiveNetwork net) {
        BitSet used = new BitSet();
        Arrays.stream(kept).forEach(used::set);
        int[] rejected =
                IntStream.range(0, total(net)).filter(row -> !used.get(row)).toArray();
        int count = Math.min(DRAWN, rejected.length);
        int d = net.features();
        float[] rows = new float[count * d];
        for (int i = 0; i < count; i++) {
            int row = rejected[(int) ((long) i * rejected.length / count)];
            System.arraycopy(net.rows(), row * d, rows, i * d, d);
        }
        float[] drawn = net.parameter(Duad.REJECTED);
        Arrays.fill(drawn, 0);
        float[] codes = net.outputs(rows, List.of(Duad.CODE)).get(Duad.CODE);
        System.arraycopy(codes, 0, drawn, 0, codes.length);
        net.set(Duad.REJECTED, drawn);
        net.set(Duad.REJECTED_COUNT, new float[] {count});
    }

    /** One bit for each training row up to the last one kept. */
    @Override
    public Map<String, double[]> state() {
        if (kept == null) {
            return Map.of();
        }
        double[] words = new double[kept[kept.length - 1] / BITS + 1];
        for (int row : kept) {
            words[row / BITS] += (double) (1L << row % BITS);
        }
        return new TreeMap<>(
                Map.of(KEPT, words, STEADY, new double[] {steady})); // in an order, so that files are equal
    }

    @Override
    public void restore(Map<String, double[]> state) {
        double[] words = state.get(KEPT);
        steady = state.containsKey(STEADY) ? (int) state.get(STEADY)[0] : 0;
        kept = words == null
                ? null
                : IntStream.range(0, words.length * BITS)
                        .filter(row -> ((long) words[row / BITS] >> row % BITS & 1) == 1)
                        .toArray();
    }
}

package org.oddlens.engine.data;

import java.util.Arrays;
import java.util.List;

/**
 * How rows become training, validation and test rows.
 *
 * @param id              one of {@link #IDS}
 * @param validationShare share of the training rows that is kept for validation, in [0, 1)
 * @param rho             wanted share of anomalies in the training rows, in [0, 1); injected ones leave the test rows
 * @param holdOut         share of the anomalies held out of the test rows for {@code rho}; 0 = just what rho needs
 * @param keep            share of each class that is used at all, in (0, 1]
 * @param normalShare     share of the normal rows that is used, on top of {@code keep}, in (0, 1]; 0 in records made before
 *     there was one, read as 1
 * @param splitSeed       seed of the permutation, recorded; the caller makes the generator from it
 * @param normalClasses   {@code one-class}: label values that are normal
 * @param anomalousClass  {@code one-anomalous}: the label value that is anomalous, or null
 */
public record ProtocolSpec(
        String id,
        double validationShare,
        double rho,
        double holdOut,
        double keep,
        double normalShare,
        long splitSeed,
        List<String> normalClasses,
        String anomalousClass) {

    public static final String NORMAL_SPLIT = "normal-split";
    public static final String HALF_SPLIT = "half-split";
    public static final String ALTERNATE = "alternate";
    public static final String TRANSDUCTIVE = "transductive";
    public static final String OWN_SPLIT = "own-split";
    public static final String ONE_CLASS = "one-class";
    public static final String ONE_ANOMALOUS = "one-anomalous";

    /** All protocol ids, in the order menus show them. */
    public static final List<String> IDS =
            List.of(NORMAL_SPLIT, HALF_SPLIT, ALTERNATE, TRANSDUCTIVE, OWN_SPLIT, ONE_CLASS, ONE_ANOMALOUS);

    /** Seed of the split unless the user gives one. */
    public static final long DEFAULT_SEED = 42;

    public ProtocolSpec {
        if (!IDS.contains(id)) {
            throw new DataFormatException(
                    null, "There is no protocol '" + id + "'. Choose one of " + String.join(", ", IDS) + ".");
        }
        require(validationShare >= 0 && validationShare < 1, "The validation share", validationShare, "[0, 1)");
        require(rho >= 0 && rho < 1, "rho", rho, "[0, 1)");
        require(holdOut >= 0 && holdOut <= 1, "The held-out share", holdOut, "[0, 1]");
        require(keep > 0 && keep <= 1, "The kept share", keep, "(0, 1]");
        require(normalShare >= 0 && normalShare <= 1, "The share of normal rows", normalShare, "(0, 1]");
        normalShare = normalShare == 0 ? 1 : normalShare;
        normalClasses = normalClasses == null ? List.of() : List.copyOf(normalClasses);
    }

    private static void require(boolean holds, String what, double value, String range) {
        if (!holds) {
            throw new DataFormatException(null, what + " must be in " + range + ", not " + value + ".");
        }
    }

    /** A protocol with its options at their defaults. */
    public static ProtocolSpec of(String id) {
        return new ProtocolSpec(id, 0, 0, 0, 1, 1, DEFAULT_SEED, List.of(), null);
    }

    /**
     * The default for a data set: {@code one-class} with the first class normal if it has classes that are not mapped
     * to anomaly and normal; else its own split if it has one; {@code normal-split} if the labels have both classes;
     * else {@code transductive}.
     */
    public static ProtocolSpec defaultFor(Dataset dataset) {
        if (dataset.labels().isEmpty() && dataset.classes().isPresent()) {
            String first = Arrays.stream(dataset.classes().get())
                    .min(ClassOrder.INSTANCE)
                    .orElse("");
            return of(ONE_CLASS).withNormalClasses(List.of(first));
        }
        if (dataset.ownSplit().isPresent()) {
            return of(OWN_SPLIT);
        }
        int anomalies = dataset.anomalies();
        return anomalies > 0 && anomalies < dataset.rows() ? of(NORMAL_SPLIT) : of(TRANSDUCTIVE);
    }

    public ProtocolSpec withValidationShare(double value) {
        return new ProtocolSpec(id, value, rho, holdOut, keep, normalShare, splitSeed, normalClasses, anomalousClass);
    }

    public ProtocolSpec withRho(double value) {
        return new ProtocolSpec(
                id, validationShare, value, holdOut, keep, normalShare, splitSeed, normalClasses, anomalousClass);
    }

    public ProtocolSpec withHoldOut(double value) {
        return new ProtocolSpec(
                id, validationShare, rho, value, keep, normalShare, splitSeed, normalClasses, anomalousClass);
    }

    public ProtocolSpec withKeep(double value) {
        return new ProtocolSpec(
                id, validationShare, rho, holdOut, value, normalShare, splitSeed, normalClasses, anomalousClass);
    }

    public ProtocolSpec withNormalShare(double value) {
        return new ProtocolSpec(
                id, validationShare, rho, holdOut, keep, value, splitSeed, normalClasses, anomalousClass);
    }

    public ProtocolSpec withSplitSeed(long value) {
        return new ProtocolSpec(
                id, validationShare, rho, holdOut, keep, normalShare, value, normalClasses, anomalousClass);
    }

    public ProtocolSpec withNormalClasses(List<String> value) {
        return new ProtocolSpec(id, validationShare, rho, holdOut, keep, normalShare, splitSeed, value, anomalousClass);
    }

    public ProtocolSpec withAnomalousClass(String value) {
        return new ProtocolSpec(id, validationShare, rho, holdOut, keep, normalShare, splitSeed, normalClasses, value);
    }
}

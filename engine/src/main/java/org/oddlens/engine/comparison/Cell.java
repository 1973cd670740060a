package org.oddlens.engine.comparison;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.run.RunSpec;

/**
 * One run of a comparison.
 *
 * @param rho  share of anomalies in its training rows
 * @param spec what it trains; the place of the data file counts for nothing, its content does
 */
public record Cell(Contestant contestant, DataFacts data, double rho, RunSpec spec) {

    private static final int SHOWN = 16;

    /**
     * A name for everything that decides the numbers of the run but the version of the program: the beginning of a SHA-256.
     */
    public String hash() {
        RunSpec bare = spec.withData(spec.data().movedTo(null, null)).withThreads(0);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(new RunJson().line(bare).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** Folder of the run: {@code thyroid/lof-default-rho0-seed3}. */
    public String folder() {
        return String.format(
                Locale.ROOT,
                "%s/%s-%s-rho%s-seed%d",
                data.name(),
                contestant.detector(),
                contestant.preset().replace('/', '_'),
                rho == 0 ? "0" : String.valueOf(rho),
                spec.seed());
    }

    /** For people: {@code lof on thyroid, seed 3}. */
    public String text() {
        String share = rho == 0 ? "" : String.format(Locale.ROOT, ", %s anomalies in training", rho);
        return contestant.text() + " on " + data.name() + share + ", seed " + spec.seed();
    }
}

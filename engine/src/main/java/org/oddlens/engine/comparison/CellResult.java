package org.oddlens.engine.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.oddlens.engine.run.RunJson;
import org.oddlens.engine.study.RunMetrics;

/**
 * What came of a cell; a line of {@code cells.csv}. Numbers that do not exist are NaN, and empty in the file.
 *
 * @param cell       {@link Cell#hash()}
 * @param end        how the run ended, or {@code failed}
 * @param trainRows  rows trained on
 * @param testRows   rows evaluated
 * @param f1         F1 at the known ratio: as many rows flagged as there are anomalies; uses labels
 * @param f1AtThreshold F1 at the grid's threshold
 * @param meanDistance AUROC of the distance to the training mean, on the same rows
 * @param untrained  AUROC of the untrained network
 * @param seconds    training alone
 * @param dataSha256 of the data
 * @param version    of Oddlens
 * @param message    why it failed; without commas
 */
public record CellResult(
        String cell,
        String detector,
        String preset,
        String data,
        double rho,
        long seed,
        String end,
        int features,
        int trainRows,
        int testRows,
        double auroc,
        double auprc,
        double f1,
        double f1AtThreshold,
        double meanDistance,
        double untrained,
        int epochs,
        double seconds,
        String dataSha256,
        String version,
        String message) {

    /** Names of the columns. */
    static final List<String> COLUMNS = List.of(
            "cell",
            "detector",
            "preset",
            "data",
            "rho",
            "seed",
            "end",
            "features",
            "train_rows",
            "test_rows",
            "auroc",
            "auprc",
            "f1_known_ratio",
            "f1_threshold",
            "auroc_mean_distance",
            "auroc_untrained",
            "epochs",
            "train_seconds",
            "data_sha256",
            "version",
            "message");

    private static final String FAILED = "failed";

    /** Of a run that kept a model. */
    static CellResult of(Cell cell, RunMetrics metrics, String version) {
        Map<String, Double> values = metrics.metrics();
        return new CellResult(
                cell.hash(),
                metrics.detector(),
                metrics.preset(),
                cell.data().name(),
                cell.rho(),
                metrics.seed(),
                metrics.end(),
                metrics.features(),
                metrics.rows().get("train"),
                metrics.rows().get("test"),
                number(values.get("auroc")),
                number(values.get("auprc")),
                number(values.get("f1_known_ratio")),
                number(values.get("f1")),
                number(metrics.baselines()
                        .getOrDefault("mean_distance", Map.of())
                        .get("auroc")),
                number(metrics.baselines().getOrDefault("untrained", Map.of()).get("auroc")),
                metrics.epochs(),
                number(metrics.seconds().get("train")),
                cell.spec().data().sha256(),
                version,
                "");
    }

    /** Of a cell without a model. */
    static CellResult failed(Cell cell, String version, String why) {
        double none = Double.NaN;
        return new CellResult(
                cell.hash(),
                cell.contestant().detector(),
                cell.contestant().preset(),
                cell.data().name(),
                cell.rho(),
                cell.spec().seed(),
                FAILED,
                cell.data().features(),
                0,
                0,
                none,
                none,
                none,
                none,
                none,
                none,
                0,
                none,
                cell.spec().data().sha256(),
                version,
                plain(why));
    }

    /** The same under another name of the data set. */
    CellResult on(String name) {
        return new CellResult(
                cell,
                detector,
                preset,
                name,
                rho,
                seed,
                end,
                features,
                trainRows,
                testRows,
                auroc,
                auprc,
                f1,
                f1AtThreshold,
                meanDistance,
                untrained,
                epochs,
                seconds,
                dataSha256,
                version,
                message);
    }

    private static String plain(String text) {
        return String.valueOf(text).replaceAll("[,\\r\\n\"]+", ";");
    }

    private static double number(Double value) {
        return value == null ? Double.NaN : value;
    }

    /** Whether there is no model. */
    public boolean hasFailed() {
        return end.equals(FAILED);
    }

    /** The contestant of the cell. */
    public Contestant contestant() {
        return new Contestant(detector, preset);
    }

    String line() {
        return String.join(
                ",",
                cell,
                detector,
                preset,
                data,
                text(rho),
                String.valueOf(seed),
                end,
                String.valueOf(features),
                String.valueOf(trainRows),
                String.valueOf(testRows),
                text(auroc),
                text(auprc),
                text(f1),
                text(f1AtThreshold),
                text(meanDistance),
                text(untrained),
                String.valueOf(epochs),
                Double.isNaN(seconds) ? "" : String.format(Locale.ROOT, "%.3f", seconds),
                dataSha256,
                version,
                message);
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : new RunJson().line(value);
    }

    /** Reads {@link #line()}. */
    static CellResult parse(String line) {
        String[] f = line.split(",", -1);
        if (f.length != COLUMNS.size()) {
            throw new IllegalArgumentException(f.length + " fields in place of " + COLUMNS.size() + ": " + line);
        }
        return new CellResult(
                f[0],
                f[1],
                f[2],
                f[3],
                real(f[4]),
                Long.parseLong(f[5]),
                f[6],
                Integer.parseInt(f[7]),
                Integer.parseInt(f[8]),
                Integer.parseInt(f[9]),
                real(f[10]),
                real(f[11]),
                real(f[12]),
                real(f[13]),
                real(f[14]),
                real(f[15]),
                Integer.parseInt(f[16]),
                real(f[17]),
                f[18],
                f[19],
                f[20]);
    }

    private static double real(String text) {
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }
}

package org.oddlens.engine.comparison;

/** Finished cells of one number. */
final class ToyResults {

    private ToyResults() {}

    /** One with this AUROC, without anomalies in training; .5 of the mean distance. */
    static CellResult result(String data, String detector, long seed, double auroc) {
        return result(data, detector, 0, seed, auroc);
    }

    static CellResult result(String data, String detector, double rho, long seed, double auroc) {
        return new CellResult(
                data + detector + rho + seed,
                detector,
                "default",
                data,
                rho,
                seed,
                "completed",
                1,
                1,
                1,
                auroc,
                auroc,
                auroc,
                auroc,
                .5,
                .5,
                1,
                1,
                "",
                "",
                "");
    }
}

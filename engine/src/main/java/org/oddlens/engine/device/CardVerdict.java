package org.oddlens.engine.device;

/**
 * A card and whether it can train; null is what the driver did not tell.
 *
 * @param divided whether the card is divided into instances (MIG)
 * @param usable  whether the CUDA libraries can run on it
 * @param reason  why not, a sentence; empty if they can
 */
public record CardVerdict(
        int index,
        String name,
        ComputeCapability computeCapability,
        DriverVersion driver,
        Long memoryMiB,
        Long freeMiB,
        boolean divided,
        boolean usable,
        String reason) {

    static CardVerdict of(GraphicsCard card, CardRules rules) {
        String refusal = rules.refusal(card).orElse("");
        return new CardVerdict(
                card.index(),
                card.name(),
                card.computeCapability(),
                card.driver(),
                card.memoryMiB(),
                card.freeMiB(),
                card.divided(),
                refusal.isEmpty(),
                refusal);
    }

    /** Name and numbers in one line. */
    public String text() {
        return name + ", " + numbers();
    }

    /** What the driver told, in one line. */
    public String numbers() {
        return "compute capability " + (computeCapability == null ? "not told" : computeCapability)
                + ", driver " + (driver == null ? "not told" : driver)
                + (memoryMiB == null ? "" : ", " + memoryMiB + " MiB")
                + (freeMiB == null ? "" : " (" + freeMiB + " free)")
                + (divided ? ", divided into instances (MIG)" : "");
    }
}

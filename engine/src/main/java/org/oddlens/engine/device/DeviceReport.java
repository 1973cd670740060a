package org.oddlens.engine.device;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What there is to train on, and why. Format: docs/formats/devices.md.
 *
 * @param format   {@value #FORMAT}
 * @param system   operating system and architecture
 * @param cards    cards that the driver told of
 * @param problem  why it told of none; empty if it did
 * @param pack     the libraries that training on a card needs; null where there are none for this system
 * @param trial    one training step on the card; null if nothing could be tried
 * @param device   what {@code --device auto} trains on: {@code cpu} or {@code cuda}
 * @param sentence what it trains on and why
 */
public record DeviceReport(
        String format,
        String system,
        List<CardVerdict> cards,
        String problem,
        Pack pack,
        TrialResult trial,
        String device,
        String sentence) {

    /** Version of the format. */
    public static final String FORMAT = "oddlens.devices/1";

    /**
     * The pack's state.
     *
     * @param state        {@code absent}, {@code partial} or {@code complete}
     * @param bytes        size of its files
     * @param presentBytes what is there of them
     */
    public record Pack(String state, String folder, long bytes, long presentBytes) {

        static Pack of(PackFolder folder) {
            return new Pack(
                    folder.state().name().toLowerCase(java.util.Locale.ROOT),
                    folder.path().toAbsolutePath().normalize().toString(),
                    folder.manifest().bytes(),
                    folder.presentBytes());
        }

        public boolean complete() {
            return state.equals("complete");
        }
    }

    public DeviceReport {
        cards = List.copyOf(cards);
    }

    /** The card that would train: usable, the one with the most free memory. */
    public Optional<CardVerdict> bestCard() {
        return cards.stream()
                .filter(CardVerdict::usable)
                .max(Comparator.comparingLong((CardVerdict card) -> card.freeMiB() == null ? 0 : card.freeMiB())
                        .thenComparing(
                                Comparator.comparingInt(CardVerdict::index).reversed()));
    }

    /** Whether training on a card was tried and can be relied on. */
    public boolean cardWorks() {
        return trial != null && trial.passed();
    }
}

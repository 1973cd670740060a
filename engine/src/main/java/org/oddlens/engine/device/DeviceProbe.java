package org.oddlens.engine.device;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Finds out what there is to train on: asks the driver, judges the cards, looks for the pack, and, if all is there, has a
 * child process do one training step. Never throws, never loads a native library here.
 */
public final class DeviceProbe {

    /** Does one training step on a card in a process of its own. */
    public interface Trial {
        TrialResult run(PackFolder pack, CardVerdict card);
    }

    private final Supplier<CardListing> driver;
    private final CardRules rules;
    private final Optional<PackFolder> pack;
    private final Trial trial;
    private final String system;

    /**
     * @param driver asks it for its cards
     * @param pack   empty where there is none for this system
     * @param system operating system and architecture
     */
    public DeviceProbe(
            Supplier<CardListing> driver, CardRules rules, Optional<PackFolder> pack, Trial trial, String system) {
        this.driver = driver;
        this.rules = rules;
        this.pack = pack;
        this.trial = trial;
        this.system = system;
    }

    /** The pack of this machine; empty where there is none. */
    public Optional<PackFolder> pack() {
        return pack;
    }

    /** Finds out; takes seconds, or minutes when the libraries are unpacked for the first time. */
    public DeviceReport report() {
        CardListing listing = driver.get();
        List<CardVerdict> cards = listing.cards().stream()
                .map(card -> CardVerdict.of(card, rules))
                .toList();
        DeviceReport found = report(cards, listing.problem(), null, whyNot(cards, listing.problem()));
        if (found.bestCard().isEmpty() || found.pack() == null || !found.pack().complete()) {
            return found;
        }
        CardVerdict card = found.bestCard().get();
        TrialResult tried = trial.run(pack.orElseThrow(), card);
        return report(
                cards,
                listing.problem(),
                tried,
                tried.passed()
                        ? card.name() + " can be used: one training step on it agrees with the CPU's."
                        : tried.sentence() + " Training uses the CPU.");
    }

    private DeviceReport report(List<CardVerdict> cards, String problem, TrialResult tried, String sentence) {
        return new DeviceReport(
                DeviceReport.FORMAT,
                system,
                cards,
                problem,
                pack.map(DeviceReport.Pack::of).orElse(null),
                tried,
                tried != null && tried.passed() ? "cuda" : "cpu",
                sentence);
    }

    private String whyNot(List<CardVerdict> cards, String problem) {
        if (cards.isEmpty()) {
            return problem + " Training uses the CPU.";
        }
        Optional<CardVerdict> usable =
                cards.stream().filter(CardVerdict::usable).findFirst();
        if (usable.isEmpty()) {
            return cards.get(0).reason() + " Training uses the CPU.";
        }
        if (pack.isEmpty()) {
            return "The CUDA libraries exist for 64-bit Intel and AMD processors under Linux and Windows; this is "
                    + system + ". Training uses the CPU.";
        }
        PackFolder folder = pack.get();
        String missing = folder.state() == PackFolder.State.PARTIAL
                ? "the GPU pack is not complete (" + Bytes.text(folder.presentBytes()) + " of "
                        + Bytes.text(folder.manifest().bytes()) + ")"
                : "the GPU pack (" + Bytes.text(folder.manifest().bytes()) + ") is not installed";
        return usable.get().name() + " could be used, but " + missing + ". Install it with: oddlens devices --install"
                + ", or in the window under Tools, GPU. Until then training uses the CPU.";
    }
}

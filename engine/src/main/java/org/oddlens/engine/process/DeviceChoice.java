package org.oddlens.engine.process;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.oddlens.engine.device.CardRules;
import org.oddlens.engine.device.CardVerdict;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.device.DriverQuestion;
import org.oddlens.engine.device.PackFolder;
import org.oddlens.engine.run.DeviceUse;
import org.oddlens.engine.run.OddlensHome;

/** Chooses what a run trains on: the card that was asked for if it works, else the processor with the reason. */
public final class DeviceChoice {

    /**
     * The choice.
     *
     * @param use    what is used and why
     * @param engine how an engine on the card is started; empty for the processor
     */
    public record Chosen(DeviceUse use, Optional<EngineCommand> engine) {}

    private final DeviceProbe probe;
    private final String mainClass;

    /**
     * @param probe     finds out what is there
     * @param mainClass class whose {@code main} understands {@code engine}
     */
    public DeviceChoice(DeviceProbe probe, String mainClass) {
        this.probe = probe;
        this.mainClass = mainClass;
    }

    /** The probe of this machine, with the self-test in a child process of this program. */
    public static DeviceProbe probe(OddlensHome home, Map<String, String> environment, String mainClass) {
        Path log = home.log().resolve("gpu-self-test.txt");
        return new DeviceProbe(
                DriverQuestion.of(environment)::ask,
                new CardRules(System.getProperty("os.name")),
                PackFolder.of(home, environment),
                new CardTrial(mainClass, log),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /** @param asked {@code cpu}, {@code cuda} or {@code auto}; null counts as {@code cpu}, which asks nothing */
    public Chosen choose(String asked) {
        return asked == null || asked.equals(DeviceUse.CPU)
                ? new Chosen(DeviceUse.cpu(), Optional.empty())
                : choose(asked, probe.report());
    }

    /** Likewise, from what was found out already. */
    public Chosen choose(String asked, DeviceReport report) {
        if (!report.cardWorks()) {
            return new Chosen(DeviceUse.cpuInsteadOf(asked, report.sentence()), Optional.empty());
        }
        CardVerdict card = report.bestCard().orElseThrow();
        DeviceUse use = DeviceUse.card(asked, card.name());
        EngineCommand engine = EngineCommand.onCard(mainClass, probe.pack().orElseThrow(), card);
        return new Chosen(use, Optional.of(engine.with(use)));
    }
}

package org.oddlens.engine.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.device.Bytes;
import org.oddlens.engine.device.CardVerdict;
import org.oddlens.engine.device.DeviceProbe;
import org.oddlens.engine.device.DeviceReport;
import org.oddlens.engine.device.PackException;
import org.oddlens.engine.device.PackFolder;
import org.oddlens.engine.device.PackInstall;
import org.oddlens.engine.device.PackSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code oddlens devices}: what there is to train on, and the optional libraries for graphics cards. */
@Command(
        name = "devices",
        description = {
            "Says which graphics card is here, whether it can train, and why it is or is not used.",
            "Settings and limits: docs/gpu.md."
        })
final class DevicesCommand implements Callable<Integer> {

    private final DeviceProbe probe;
    private final Map<String, String> environment;
    private final Console console;

    @Mixin
    private Output output;

    @Option(names = "--install", description = "Download the GPU pack: the libraries that training on a card needs.")
    private boolean install;

    @Option(
            names = "--repository",
            paramLabel = "URL",
            description = "Maven repository to download from; default: $ODDLENS_PACK_REPOSITORY, else the publisher's.")
    private String repository;

    @Option(names = "--anyway", description = "Install even if no card here can use the pack.")
    private boolean anyway;

    @Option(names = "--remove", description = "Delete the GPU pack.")
    private boolean remove;

    DevicesCommand(DeviceProbe probe, Map<String, String> environment, Console console) {
        this.probe = probe;
        this.environment = environment;
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (install && remove) {
            throw new UsageException("--install and --remove exclude each other.");
        }
        if (!install && (repository != null || anyway)) {
            throw new UsageException("--repository and --anyway belong to --install.");
        }
        if (remove) {
            pack().remove();
        }
        if (install) {
            install(source());
        }
        DeviceReport report = probe.report();
        if (output.json) {
            console.json(report);
        } else {
            print(report);
        }
        return 0;
    }

    private PackSource source() {
        try {
            return repository == null ? PackSource.of(environment) : PackSource.at(repository);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--repository: " + e.getMessage());
        }
    }

    private PackFolder pack() {
        return probe.pack()
                .orElseThrow(
                        () -> new PackException("There is no GPU pack for " + System.getProperty("os.name") + " on "
                                + System.getProperty("os.arch") + ": the CUDA libraries exist for 64-bit Intel and AMD"
                                + " processors under Linux and Windows."));
    }

    private void install(PackSource source) {
        PackFolder folder = pack();
        DeviceReport before = folder.state() == PackFolder.State.COMPLETE ? null : probe.report();
        if (before != null && before.bestCard().isEmpty() && !anyway) {
            throw new PackException(before.sentence() + " The GPU pack ("
                    + Bytes.text(folder.manifest().bytes())
                    + ") would be of no use; nothing was downloaded. Say --anyway"
                    + " to download it nevertheless.");
        }
        boolean quiet = output.quiet || output.json;
        if (!quiet) {
            console.err().println(folder.manifest().licence());
            console.err().println("From " + source.address() + " to " + folder.path());
        }
        try (PackProgress progress = new PackProgress(console, folder.manifest().bytes(), quiet)) {
            new PackInstall(folder, source)
                    .run(progress::show, () -> !Thread.currentThread().isInterrupted());
        }
    }

    /** The sentence without what stands above it already. */
    private static String conclusion(DeviceReport report) {
        String above = report.trial() != null && !report.cardWorks()
                ? report.trial().sentence()
                : report.cards().isEmpty()
                        ? report.problem()
                        : report.cards().get(0).reason();
        String sentence = report.sentence();
        return !above.isEmpty() && sentence.startsWith(above)
                ? sentence.substring(above.length()).strip()
                : sentence;
    }

    private void print(DeviceReport report) {
        console.out().println("System  " + report.system());
        for (CardVerdict card : report.cards()) {
            console.out().println("Card " + card.index() + "  " + card.text());
            console.out().println("        " + (card.usable() ? "The CUDA libraries can run on it." : card.reason()));
        }
        if (report.cards().isEmpty()) {
            console.out().println("Card    " + report.problem());
        }
        DeviceReport.Pack pack = report.pack();
        if (pack != null) {
            console.out()
                    .println("Pack    " + pack.state() + ", " + Bytes.text(pack.presentBytes()) + " of "
                            + Bytes.text(pack.bytes()) + " in " + pack.folder());
        }
        if (report.trial() != null) {
            console.out().println("Test    " + report.trial().sentence());
        }
        console.out().println("Used    " + report.device() + ": " + conclusion(report));
    }
}

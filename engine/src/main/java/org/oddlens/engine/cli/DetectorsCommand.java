package org.oddlens.engine.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.Reference;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Preset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code oddlens detectors}: the list, or all about one. */
@Command(name = "detectors", description = "Lists the detectors, or shows one with its hyperparameters and presets.")
final class DetectorsCommand implements Callable<Integer> {

    private final DetectorRegistry registry;
    private final Console console;

    @Mixin
    private Output output;

    @Parameters(paramLabel = "ID", arity = "0..1", description = "A detector.")
    private String id;

    DetectorsCommand(DetectorRegistry registry, Console console) {
        this.registry = registry;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (id != null) {
            DetectorDescriptor detector;
            try {
                detector = registry.get(id).descriptor();
            } catch (IllegalArgumentException e) {
                throw new UsageException("ID: " + e.getMessage());
            }
            if (output.json) {
                console.json(document(detector));
            } else {
                page(detector);
            }
            return 0;
        }
        List<DetectorDescriptor> all =
                registry.all().stream().map(provider -> provider.descriptor()).toList();
        if (output.json) {
            console.json(all.stream().map(DetectorsCommand::document).toList());
        } else {
            all.forEach(detector -> console.out()
                    .printf(
                            "%-18s %-16s %-12s %s%n",
                            detector.id(), detector.name(), detector.family(), detector.summary()));
        }
        return 0;
    }

    private static Map<String, Object> document(DetectorDescriptor detector) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", detector.id());
        document.put("name", detector.name());
        document.put("family", detector.family());
        document.put("summary", detector.summary());
        document.put("score", detector.scoreMeaning());
        document.put(
                "hyperparameters",
                detector.hyperparameters().stream()
                        .map(DetectorsCommand::document)
                        .toList());
        document.put(
                "presets",
                detector.presets().stream().map(DetectorsCommand::document).toList());
        document.put("latentSpaces", detector.latentSpaces());
        document.put("anatomy", detector.anatomy());
        document.put("lossTerms", detector.lossTerms());
        document.put("atomic", detector.atomic());
        document.put("references", detector.references());
        return document;
    }

    private static Map<String, Object> document(Preset preset) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", preset.id());
        document.put("source", preset.source());
        document.put("values", preset.values());
        document.put("scaler", preset.scaler().orElse(null));
        return document;
    }

    private static <T> Map<String, Object> document(Hyperparameter<T> declared) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("key", declared.key());
        document.put("label", declared.label());
        document.put("unit", declared.unit());
        document.put("help", declared.help());
        document.put("group", declared.group().title());
        document.put("takes", declared.domain().describe());
        document.put("default", declared.domain().toJson(declared.defaultValue()));
        document.put("originalFlags", declared.originalFlags());
        document.put("live", declared.live());
        return document;
    }

    private void page(DetectorDescriptor detector) {
        console.out().println(detector.name() + " (" + detector.id() + ", family " + detector.family() + ")");
        console.out().println(detector.summary());
        console.out().println("Score: " + detector.scoreMeaning() + ". Higher is more anomalous.");
        for (Hyperparameter.Group group : Hyperparameter.Group.values()) {
            List<Hyperparameter<?>> members = detector.hyperparameters().stream()
                    .filter(h -> h.group() == group)
                    .toList();
            if (!members.isEmpty()) {
                console.out().println();
                console.out().println(group.title());
            }
            for (Hyperparameter<?> h : members) {
                console.out().printf("  --%-20s default %-12s %s%n", h.key(), h.defaultText(), h.help());
            }
        }
        console.out().println();
        console.out().println("Presets");
        for (Preset preset : detector.presets()) {
            console.out()
                    .printf(
                            "  %-18s %s%s%n",
                            preset.id(),
                            preset.source(),
                            preset.scaler()
                                    .map(scaler -> " Scaler " + scaler + ".")
                                    .orElse(""));
        }
        console.out().println();
        for (Reference reference : detector.references()) {
            console.out()
                    .println(reference.authors() + ": " + reference.title() + ". " + reference.venue() + ". "
                            + reference.link());
        }
    }
}

package org.oddlens.engine.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.detector.ModelCard;
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

    /** The model card; where a detector has none, what it declares. */
    private void page(DetectorDescriptor detector) {
        console.out()
                .println(ModelCard.of(detector)
                        .map(ModelCard::text)
                        .map(text -> text.replace(ModelCard.BEGIN + "\n\n", "").replace(ModelCard.END + "\n", ""))
                        .orElseGet(() -> "# " + detector.name() + "\n\n" + detector.summary() + "\n\n"
                                + ModelCard.tables(detector)));
    }
}

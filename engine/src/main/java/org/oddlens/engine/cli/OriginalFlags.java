package org.oddlens.engine.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.oddlens.engine.detector.DetectorDescriptor;
import org.oddlens.engine.detector.DetectorProvider;
import org.oddlens.engine.detector.DetectorRegistry;
import org.oddlens.engine.param.Hyperparameter;
import org.oddlens.engine.param.Preset;

/**
 * Understands command lines of the 13-model program and its successors, so that one can be pasted after
 * {@code oddlens train}. What is meant is said in a note each; docs/commands.md has the whole map.
 */
final class OriginalFlags {

    /**
     * Words for {@code train}, and what was made of them.
     *
     * @param notes sentences for the user
     */
    record Translated(List<String> words, List<String> notes) {}

    /** Spellings that differ and nothing else. */
    private static final Map<String, String> SPELLINGS = Map.ofEntries(
            Map.entry("-d", "--data"),
            Map.entry("--dataset-path", "--data"),
            Map.entry("--pct", "--keep"),
            Map.entry("--normal-size", "--normal-share"),
            Map.entry("--hold_out", "--hold-out"),
            Map.entry("--val_ratio", "--validation-share"),
            Map.entry("--weight_decay", "--weight-decay"),
            Map.entry("--drop_lastbatch", "--drop-last"),
            Map.entry("--models-path", "--model-path"),
            Map.entry("-o", "--results-path"));

    private static final Set<String> MODEL = Set.of("-m", "--model");
    private static final Set<String> NO_DROP = Set.of("--no-drop-lastbatch", "--no-drop_lastbatch");

    /** Words that show that a line was written for another program. */
    private static final Set<String> MARKS = Set.of("-m", "--model", "-d", "--dataset-path", "--dataset");

    /** Data sets of the programs, as their presets are called here. */
    private static final Map<String, String> DATASETS = Map.of(
            "arrhythmia", "arrhythmia",
            "thyroid", "thyroid",
            "kdd10", "kdd10",
            "nslkdd", "nsl-kdd",
            "ids2017", "ids2017",
            "ids2018", "ids2018",
            "usbids", "usb-ids",
            "malmem2022", "malmem2022",
            "custom", "");

    /** Flags of the programs for every model, by the hyperparameter they set; a model may have none of it. */
    private static final Map<String, String> SHARED = Map.of(
            "-e", "epochs",
            "--n-epochs", "epochs",
            "--epochs", "epochs",
            "--batch-size", "batch-size",
            "--lr", "learning-rate",
            "--weight-decay", "weight-decay",
            "--val-ratio", "validation-share",
            "--validation-share", "validation-share",
            "--drop-lastbatch", "drop-last",
            "--drop-last", "drop-last");

    /** What a number that stands for a rule is called here, and the rule. */
    private record Rule(String value, String meaning) {}

    /** Those of the programs, by detector, hyperparameter and number. */
    private static final Map<String, Rule> RULES = Map.of(
            "alad latent-size -1", new Rule("half", "half the features"),
            "neutral-ad transform-output -1", new Rule("auto", "one for each feature"));

    /** Parsed by a program and used nowhere in it. */
    private static final Set<String> WITHOUT_EFFECT = Set.of("--drocc-num-classes", "--duad-p-s", "--duad_p_s");

    private final DetectorRegistry registry;

    OriginalFlags(DetectorRegistry registry) {
        this.registry = registry;
    }

    /** Translates the words after {@code train}; words that need none stay as they are. */
    Translated translate(List<String> given) {
        List<String> words = split(given);
        List<String> notes = new ArrayList<>();
        boolean foreign = words.stream().anyMatch(MARKS::contains);
        Optional<DetectorDescriptor> detector = detector(words);
        List<String> out = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = SPELLINGS.getOrDefault(words.get(i), words.get(i));
            boolean valued = i + 1 < words.size() && !isFlag(words.get(i + 1));
            String value = valued ? words.get(i + 1) : "";
            if (MODEL.contains(word)) {
                out.addAll(List.of(
                        "--detector", detector.map(DetectorDescriptor::id).orElse(value)));
                i++;
            } else if (word.equals("--dataset")) {
                dataset(value, words, detector, out, notes);
                i++;
            } else if (NO_DROP.contains(word)) {
                out.addAll(List.of("--drop-last", "false"));
            } else if (foreign && detector.isPresent() && leftOut(words.get(i), word, value, detector.get(), notes)) {
                i += valued ? 1 : 0;
            } else {
                out.add(word);
                Optional<Rule> rule = detector.flatMap(known -> rule(known, word, value));
                if (rule.isPresent()) {
                    notes.add(word + " " + value + " is read as '" + rule.get().value() + "': "
                            + rule.get().meaning() + ".");
                    out.add(rule.get().value());
                    i++;
                }
            }
        }
        if (foreign && !out.contains("--protocol") && !out.contains("--spec")) {
            out.addAll(List.of("--protocol", "normal-split"));
        }
        return new Translated(out, notes);
    }

    /** {@code --flag=value} as two words, so that all are looked at alike. */
    private static List<String> split(List<String> given) {
        return given.stream()
                .flatMap(word -> word.startsWith("--") && word.contains("=")
                        ? Stream.of(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1))
                        : Stream.of(word))
                .toList();
    }

    private static boolean isFlag(String word) {
        return word.startsWith("-") && word.length() > 1 && !Character.isDigit(word.charAt(1)) && word.charAt(1) != '.';
    }

    private Optional<DetectorDescriptor> detector(List<String> words) {
        for (int i = 0; i + 1 < words.size(); i++) {
            if (MODEL.contains(words.get(i)) || words.get(i).equals("--detector")) {
                String wanted = plain(words.get(i + 1));
                return registry.all().stream()
                        .map(DetectorProvider::descriptor)
                        .filter(descriptor -> Stream.concat(
                                        Stream.of(descriptor.id(), descriptor.name()),
                                        descriptor.otherSpellings().stream())
                                .anyMatch(name -> plain(name).equals(wanted)))
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    /** Letters and digits in lower case: {@code OC-SVM}, {@code OCSVM} and {@code oc-svm} are one. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }

    private static void dataset(
            String name,
            List<String> words,
            Optional<DetectorDescriptor> detector,
            List<String> out,
            List<String> notes) {
        String place = DATASETS.get(plain(name));
        if (place == null) {
            throw new UsageException("--dataset: there is no '" + name
                    + "'; choose Arrhythmia, KDD10, IDS2017, IDS2018, NSLKDD, USBIDS, Thyroid, MalMem2022 or Custom.");
        }
        if (words.contains("--preset")) {
            notes.add("--dataset " + name + " is left out, because --preset says which values to start from.");
            return;
        }
        List<String> presets = detector.map(descriptor ->
                        descriptor.presets().stream().map(Preset::id).toList())
                .orElse(List.of());
        String preset = Stream.of("nrcan/" + place, "nrcan")
                .filter(presets::contains)
                .findFirst()
                .orElse("default");
        notes.add("--dataset " + name + " selects the preset " + preset + "; flags you give override it.");
        out.addAll(List.of("--preset", preset));
    }

    /** What a number means in a program's spelling of a flag; under our own it is a number like any other. */
    private static Optional<Rule> rule(DetectorDescriptor detector, String flag, String value) {
        return detector.hyperparameters().stream()
                .filter(declared -> declared.originalFlags().contains(flag))
                .map(declared -> RULES.get(detector.id() + " " + declared.key() + " " + value))
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The programs take every model's flags with every model and use those of one; the others are left out here. */
    private boolean leftOut(String typed, String word, String value, DetectorDescriptor detector, List<String> notes) {
        String text = value.isEmpty() ? typed : typed + " " + value;
        if (WITHOUT_EFFECT.contains(word)) {
            notes.add(text + " is left out: the original program does not use it either.");
            return true;
        }
        if (knows(detector, word)) {
            return false;
        }
        if (SHARED.containsKey(word)) {
            notes.add(text + " is left out: " + detector.name() + " has no " + SHARED.get(word) + ".");
            return true;
        }
        Optional<DetectorDescriptor> other = registry.all().stream()
                .map(DetectorProvider::descriptor)
                .filter(descriptor -> isOwnFlag(descriptor, word))
                .findFirst();
        other.ifPresent(owner -> notes.add(
                text + " is left out: it is a flag of " + owner.name() + ", and " + detector.name() + " trains."));
        return other.isPresent();
    }

    private static boolean knows(DetectorDescriptor detector, String flag) {
        return flags(detector).anyMatch(flag::equals);
    }

    /** A flag in a program's spelling; ours are the same for many detectors and say nothing. */
    private static boolean isOwnFlag(DetectorDescriptor detector, String flag) {
        return detector.hyperparameters().stream()
                .map(Hyperparameter::originalFlags)
                .anyMatch(flags -> flags.contains(flag));
    }

    private static Stream<String> flags(DetectorDescriptor detector) {
        return detector.hyperparameters().stream()
                .flatMap(
                        declared -> Stream.concat(Stream.of("--" + declared.key()), declared.originalFlags().stream()));
    }
}

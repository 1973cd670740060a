package org.oddlens.engine.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Labels of all rows under a protocol: the data set's own, or drawn from its classes. */
final class ClassProtocol {

    private ClassProtocol() {}

    /** True = anomaly per row, or null without labels. */
    static boolean[] labels(Dataset dataset, ProtocolSpec spec, List<String> notes) {
        if (spec.id().equals(ProtocolSpec.ONE_CLASS)) {
            return oneClass(dataset, spec.normalClasses(), notes);
        }
        if (spec.id().equals(ProtocolSpec.ONE_ANOMALOUS)) {
            String[] classes = classes(dataset, spec);
            requireKnown(classes, spec.anomalousClass() == null ? List.of() : List.of(spec.anomalousClass()), spec);
            notes.add("Class " + spec.anomalousClass() + " is anomalous, all others are normal.");
            return where(classes, spec.anomalousClass()::equals);
        }
        return dataset.labels().orElse(null);
    }

    private static boolean[] oneClass(Dataset dataset, List<String> normal, List<String> notes) {
        ProtocolSpec spec = ProtocolSpec.of(ProtocolSpec.ONE_CLASS);
        String[] classes = classes(dataset, spec);
        requireKnown(classes, normal, spec);
        notes.add((normal.size() == 1 ? "Class " : "Classes ") + Sentences.list(normal, 20)
                + (normal.size() == 1 ? " is" : " are") + " normal, all others are anomalies.");
        return where(classes, value -> !normal.contains(value));
    }

    private static String[] classes(Dataset dataset, ProtocolSpec spec) {
        return dataset.classes()
                .orElseThrow(() -> new DataFormatException(
                        null,
                        "The protocol " + spec.id() + " needs a label with classes, and this data set has none."));
    }

    private static void requireKnown(String[] classes, List<String> chosen, ProtocolSpec spec) {
        Set<String> known = new TreeSet<>(ClassOrder.INSTANCE);
        known.addAll(new HashSet<>(Arrays.asList(classes))); // few among many rows, and ordering them is dear
        String choice = "The classes are " + Sentences.list(List.copyOf(known), 20) + ".";
        if (chosen.isEmpty()) {
            throw new DataFormatException(null, "The protocol " + spec.id() + " needs a chosen class. " + choice);
        }
        for (String value : chosen) {
            if (!known.contains(value)) {
                throw new DataFormatException(null, "No row has the class '" + value + "'. " + choice);
            }
        }
    }

    private static boolean[] where(String[] classes, Predicate<String> anomalous) {
        boolean[] labels = new boolean[classes.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = anomalous.test(classes[i]);
        }
        return labels;
    }
}

package org.oddlens.engine.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What chosen roles mean for the rows that were read, in the words of {@link RoleGuess}, the label map first. */
public final class RoleSentences {

    private static final String NO_LABEL =
            "No label was chosen: all views that need one are switched to label-free mode.";

    private final Roles roles;
    private final Dataset dataset;

    public RoleSentences(Roles roles, Dataset dataset) {
        this.roles = roles;
        this.dataset = dataset;
    }

    /** Rows by label value, in the order of the classes; empty without a label. */
    public static List<ValueCount> classes(Dataset dataset) {
        Map<String, Integer> counts = new HashMap<>();
        for (String value : dataset.classes().orElse(new String[0])) {
            counts.merge(value, 1, Integer::sum);
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ClassOrder.INSTANCE))
                .map(e -> new ValueCount(e.getKey(), e.getValue()))
                .toList();
    }

    /** The roles with a label map where the label has none and its values are a known pattern. */
    public Roles mapped() {
        LabelMap map = unmapped() ? guess() : null;
        return map == null ? roles : roles.withValues(map.anomaly(), map.normal());
    }

    private boolean unmapped() {
        return roles.hasLabel()
                && roles.anomalyValues().isEmpty()
                && roles.normalValues().isEmpty();
    }

    private LabelMap guess() {
        List<ValueCount> classes = classes(dataset);
        return LabelMap.of(
                roles.labelColumn() ? "last column" : roles.label(),
                classes.size() > ArrayInfo.MAX_DISTINCT ? List.of() : classes,
                roles.features().equals("Data"));
    }

    public List<String> list() {
        List<String> all = new ArrayList<>();
        all.add(label());
        if (roles.testFeatures() != null) {
            all.add("The file brings its own split: '" + roles.features() + "' trains, '" + roles.testFeatures()
                    + "' tests.");
        }
        for (SideColumn column : dataset.sideColumns()) {
            String about = about(column.role());
            if (!about.isEmpty()) {
                all.add("'" + column.name() + "' " + about + " and is no feature.");
            }
        }
        if (!roles.context().isEmpty()) {
            List<String> quoted =
                    roles.context().stream().map(name -> "'" + name + "'").toList();
            all.add(Sentences.list(quoted, 10)
                    + (quoted.size() == 1 ? " is context and no feature." : " are context and no features."));
        }
        return all;
    }

    private static String about(SideColumn.Role role) {
        return switch (role) {
            case ID -> "names the rows";
            case TIME -> "tells the time of the rows";
            default -> "";
        };
    }

    private String label() {
        if (!roles.hasLabel()) {
            return NO_LABEL;
        }
        if (unmapped()) {
            return guess().sentence();
        }
        Set<String> anomaly = Set.copyOf(roles.anomalyValues());
        Set<String> normal = Set.copyOf(roles.normalValues());
        List<ValueCount> classes = classes(dataset);
        List<ValueCount> anomalies = classes.stream()
                .filter(v -> anomaly.contains(v.value()) || anomaly.isEmpty() && !normal.contains(v.value()))
                .toList();
        return LabelMap.sentence(
                anomalies, classes.stream().filter(v -> !anomalies.contains(v)).toList());
    }
}

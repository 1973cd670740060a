package org.oddlens.engine.data;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the features of a table by their names, so that another order of columns changes nothing and another set of
 * columns is refused. Where one side has no names, columns are taken by their places and only their number is compared.
 */
final class ColumnMatch {

    private static final int NAMED = 8;

    private final Path file;
    private final List<String> wanted;
    private final String origin;

    /**
     * @param wanted names in the order that is needed; null if there are none
     * @param origin whose columns these are, such as {@code the training rows}
     */
    ColumnMatch(Path file, List<String> wanted, String origin) {
        this.file = file;
        this.wanted = wanted;
        this.origin = origin;
    }

    /**
     * The rows with their features in the wanted order.
     *
     * @param named whether the rows have names of their own
     * @param texts columns of the file that hold text, so that they cannot be features
     * @throws DataFormatException naming each column that is missing or not known
     */
    RowBlock of(RowBlock rows, boolean named, List<String> texts, List<String> notes) {
        if (wanted == null || !named || rows.names().equals(wanted)) {
            if (wanted != null && !named && rows.width() == wanted.size()) {
                notes.add(file.getFileName() + " has no column names; its columns are taken in the order of " + origin
                        + " (" + Sentences.list(wanted, NAMED) + ").");
            }
            return rows;
        }
        Map<String, Integer> places = new HashMap<>();
        IntStream.range(0, rows.names().size())
                .forEach(j -> places.put(rows.names().get(j), j));
        List<String> missing =
                wanted.stream().filter(name -> !places.containsKey(name)).toList();
        HashSet<String> known = new HashSet<>(wanted);
        List<String> extra =
                rows.names().stream().filter(name -> !known.contains(name)).toList();
        if (!missing.isEmpty() || !extra.isEmpty()) {
            throw new DataFormatException(file, refusal(missing, extra, texts));
        }
        notes.add("The columns of " + file.getFileName() + " stand in another order ("
                + Sentences.list(rows.names(), NAMED) + ") than those of " + origin + " ("
                + Sentences.list(wanted, NAMED) + "); they were put in order by their names.");
        return rows.columns(wanted.stream().mapToInt(places::get).toArray(), rows.names());
    }

    private String refusal(List<String> missing, List<String> extra, List<String> texts) {
        StringBuilder text =
                new StringBuilder("The columns of " + file.getFileName() + " are not those of " + origin + ". ");
        if (!missing.isEmpty()) {
            text.append(columns(missing))
                    .append(missing.size() == 1 ? " is" : " are")
                    .append(" missing");
            List<String> asText = missing.stream().filter(texts::contains).toList();
            if (!asText.isEmpty()) {
                text.append(" as numbers (")
                        .append(Sentences.list(quoted(asText), NAMED))
                        .append(asText.size() == 1 ? " holds text there)" : " hold text there)");
            }
            text.append(". ");
        }
        if (!extra.isEmpty()) {
            text.append(columns(extra))
                    .append(extra.size() == 1 ? " is" : " are")
                    .append(" not known there. ");
        }
        return text.append(advice(missing, extra)).toString();
    }

    private static String advice(List<String> missing, List<String> extra) {
        if (!missing.isEmpty()
                && missing.size() == extra.size()
                && missing.stream().allMatch(name -> extra.stream().anyMatch(name::equalsIgnoreCase))) {
            return "They differ in upper and lower case only; give the columns the names of training.";
        }
        if (missing.size() == 1 && extra.size() == 1) {
            return "If '" + extra.get(0) + "' is '" + missing.get(0)
                    + "', give it that name; else put the column in and" + " take the other out.";
        }
        if (missing.isEmpty()) {
            return extra.size() == 1 ? "Take it out of the file." : "Take them out of the file.";
        }
        return "Give the columns the names of training, or train again on these.";
    }

    private static String columns(List<String> names) {
        String list = Sentences.list(quoted(names), NAMED);
        return names.size() == 1 ? "Column " + list : "Columns " + list;
    }

    private static List<String> quoted(List<String> names) {
        return names.stream().map(name -> "'" + name + "'").toList();
    }
}

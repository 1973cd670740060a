package org.oddlens.engine.data;

import java.util.Arrays;
import java.util.Locale;

/**
 * A column kept beside the features: people know and judge rows by it, no detector ever sees it.
 *
 * @param role   what it is for
 * @param name   its name in the file
 * @param values one text per row as the file writes it, "" where it has none; shared, nobody writes to it
 */
public record SideColumn(Role role, String name, String[] values) {

    /** What a column beside the features is for. */
    public enum Role {
        /** Names the row. */
        ID,
        /** When the row was measured. */
        TIME,
        /** Anything else a person judges a row by. */
        CONTEXT,
        /** The part of each row; becomes {@link Dataset#ownSplit()} and is not kept as text. */
        SPLIT;

        /** The role's name in files, flags and records. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    SideColumn select(int[] rows) {
        return new SideColumn(
                role, name, Arrays.stream(rows).mapToObj(row -> values[row]).toArray(String[]::new));
    }

    /** The same column for rows that have no value in it. */
    SideColumn blank(int rows) {
        String[] none = new String[rows];
        Arrays.fill(none, "");
        return new SideColumn(role, name, none);
    }

    SideColumn append(SideColumn other) {
        String[] joined = Arrays.copyOf(values, values.length + other.values.length);
        System.arraycopy(other.values, 0, joined, values.length, other.values.length);
        return new SideColumn(role, name, joined);
    }
}

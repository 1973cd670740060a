package org.oddlens.engine.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * KDD Cup 1999 (10 %) and NSL-KDD: connections of 41 columns and a label.
 *
 * <p>Columns with a single value are dropped. Features are the numeric columns in the order of the file, then for each
 * symbolic column in the order of the file one column for each of its values, sorted as text. In KDD Cup the attacks are the
 * majority and stand for normal, the connections named {@code normal.} are the anomalies, as in the DAGMM paper's protocol; in
 * NSL-KDD the attacks are the anomalies, and the last column, the difficulty, is dropped.
 */
final class KddRecipe implements Recipe {

    private static final List<String> COLUMNS = List.of(
            "duration",
            "protocol_type",
            "service",
            "flag",
            "src_bytes",
            "dst_bytes",
            "land",
            "wrong_fragment",
            "urgent",
            "hot",
            "num_failed_logins",
            "logged_in",
            "num_compromised",
            "root_shell",
            "su_attempted",
            "num_root",
            "num_file_creations",
            "num_shells",
            "num_access_files",
            "num_outbound_cmds",
            "is_host_login",
            "is_guest_login",
            "count",
            "srv_count",
            "serror_rate",
            "srv_serror_rate",
            "rerror_rate",
            "srv_rerror_rate",
            "same_srv_rate",
            "diff_srv_rate",
            "srv_diff_host_rate",
            "dst_host_count",
            "dst_host_srv_count",
            "dst_host_same_srv_rate",
            "dst_host_diff_srv_rate",
            "dst_host_same_src_port_rate",
            "dst_host_srv_diff_host_rate",
            "dst_host_serror_rate",
            "dst_host_srv_serror_rate",
            "dst_host_rerror_rate",
            "dst_host_srv_rerror_rate");

    private static final String LABEL = "label";

    private static final Set<String> SYMBOLIC =
            Set.of("protocol_type", "service", "flag", "land", "logged_in", "is_host_login", "is_guest_login");

    private final boolean nsl;

    /** @param nsl whether it is NSL-KDD */
    KddRecipe(boolean nsl) {
        this.nsl = nsl;
    }

    @Override
    public String id() {
        return nsl ? "nsl-kdd" : "kdd10";
    }

    @Override
    public String files() {
        return nsl ? "KDDTrain+.txt KDDTest+.txt" : "kddcup.data_10_percent.gz";
    }

    @Override
    public PreparedTable read(List<Path> files, double keep) throws IOException {
        Columns columns = new Columns();
        RowChoice choice = new RowChoice(keep);
        for (Path file : files) {
            RawTable table = new RawTable(file, ',');
            table.read((fields, line) -> {
                int width = COLUMNS.size() + (nsl ? 2 : 1);
                if (fields.length != width) {
                    throw table.width(fields.length, width, line);
                }
                if (choice.next()) {
                    columns.add(table, fields, line);
                }
            });
        }
        return columns.table();
    }

    /** The columns as they are read: numbers, or codes of the values seen. */
    private final class Columns {

        private final List<FloatList> numbers = new ArrayList<>();
        private final List<TreeMap<String, Integer>> codes = new ArrayList<>();
        private final FloatList labels = new FloatList();

        Columns() {
            for (int c = 0; c < COLUMNS.size(); c++) {
                numbers.add(new FloatList());
                codes.add(new TreeMap<>());
            }
        }

        void add(RawTable table, String[] fields, long line) {
            for (int c = 0; c < COLUMNS.size(); c++) {
                if (SYMBOLIC.contains(COLUMNS.get(c))) {
                    TreeMap<String, Integer> seen = codes.get(c);
                    seen.putIfAbsent(fields[c], seen.size());
                    numbers.get(c).add(seen.get(fields[c]));
                } else {
                    numbers.get(c).add(table.number(fields[c], line, COLUMNS.get(c)));
                }
            }
            String label = fields[COLUMNS.size()];
            if (label.chars().noneMatch(Character::isLetter)) {
                throw table.unusable(line, LABEL, "'" + label + "' is neither 'normal' nor the name of an attack");
            }
            boolean normal = label.equals("normal") || label.equals("normal.");
            labels.add(normal == nsl ? 0 : 1);
        }

        PreparedTable table() {
            List<String> notes = new ArrayList<>();
            List<String> names = new ArrayList<>();
            List<int[]> sources = new ArrayList<>(); // column, and code or -1 for a number
            for (int c = 0; c < COLUMNS.size(); c++) {
                if (!SYMBOLIC.contains(COLUMNS.get(c)) && varies(c, notes)) {
                    names.add(COLUMNS.get(c));
                    sources.add(new int[] {c, -1});
                }
            }
            for (int c = 0; c < COLUMNS.size(); c++) {
                if (SYMBOLIC.contains(COLUMNS.get(c)) && varies(c, notes)) {
                    for (String value : new TreeSet<>(codes.get(c).keySet())) {
                        names.add(COLUMNS.get(c) + "=" + value);
                        sources.add(new int[] {c, codes.get(c).get(value)});
                    }
                }
            }
            int rows = labels.size();
            float[] values = new float[Math.multiplyExact(rows, names.size())];
            int[] marks = new int[rows];
            for (int row = 0; row < rows; row++) {
                for (int k = 0; k < names.size(); k++) {
                    float value = numbers.get(sources.get(k)[0]).get(row);
                    int code = sources.get(k)[1];
                    values[row * names.size() + k] = code < 0 ? value : value == code ? 1 : 0;
                }
                marks[row] = (int) labels.get(row);
            }
            return new PreparedTable("kdd", names, values, marks, notes);
        }

        private boolean varies(int column, List<String> notes) {
            FloatList values = numbers.get(column);
            for (int i = 1; i < values.size(); i++) {
                if (values.get(i) != values.get(0)) {
                    return true;
                }
            }
            notes.add("'" + COLUMNS.get(column) + "' has the same value in all rows and is left out.");
            return false;
        }
    }
}

package org.oddlens.engine.prepare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.oddlens.engine.data.DataFormatException;

/**
 * Network flows as CSV with a header: CSE-CIC-IDS2018 (a file for each day) and USB-IDS-1. Addresses, times and what leaks the
 * attack are dropped; the destination port is too, because the programs encode it with the labels. Attacks are the anomalies.
 *
 * <p>IDS2018: rows with a missing or infinite number, or a negative header length or inter-arrival time, are dropped; repeated
 * header lines within a file are skipped. USB-IDS: columns of which at least a tenth is negative, infinite or missing are
 * dropped, of the others the rows; columns with a single value are dropped. The programs' USB-IDS labels are inverted; here
 * {@code BENIGN} is 0.
 */
final class FlowRecipe implements Recipe {

    /** Whose files. */
    enum Kind {
        IDS2018(
                "ids2018",
                "DAY.csv …",
                Set.of(
                        "flow id",
                        "src ip",
                        "dst ip",
                        "src port",
                        "dst port",
                        "protocol",
                        "timestamp",
                        "flow duration",
                        "fwd byts/b avg",
                        "fwd pkts/b avg",
                        "fwd blk rate avg",
                        "bwd byts/b avg",
                        "bwd pkts/b avg",
                        "bwd blk rate avg",
                        "bwd psh flags",
                        "bwd urg flags",
                        "init fwd win byts",
                        "init bwd win byts")),
        USB_IDS(
                "usb-ids",
                "FILE.csv.gz …",
                Set.of(
                        "flow id",
                        "source ip",
                        "source port",
                        "destination ip",
                        "destination port",
                        "src ip",
                        "src port",
                        "dst ip",
                        "dst port",
                        "protocol",
                        "timestamp",
                        "flow duration"));

        private final String id;
        private final String files;
        private final Set<String> dropped;

        Kind(String id, String files, Set<String> dropped) {
            this.id = id;
            this.files = files;
            this.dropped = dropped;
        }
    }

    private static final String LABEL = "label";
    private static final Set<String> NOT_NEGATIVE = Set.of("fwd header len", "flow iat mean");
    private static final double MOST_BAD = 0.1;

    private final Kind kind;

    FlowRecipe(Kind kind) {
        this.kind = kind;
    }

    @Override
    public String id() {
        return kind.id;
    }

    @Override
    public String files() {
        return kind.files;
    }

    @Override
    public PreparedTable read(List<Path> files, double keep) throws IOException {
        Flows flows = new Flows();
        RowChoice choice = new RowChoice(keep);
        for (Path file : files) {
            RawTable table = new RawTable(file, ',');
            int[][] places = new int[1][];
            int[] width = new int[1];
            table.read((fields, line) -> {
                if (places[0] == null) {
                    places[0] = flows.header(table, fields);
                    width[0] = fields.length;
                    return;
                }
                if (fields.length != width[0]) {
                    throw table.width(fields.length, width[0], line);
                }
                String label = fields[places[0][0]];
                if (label.isEmpty()) {
                    throw table.unusable(line, LABEL, "nothing says whether this is an attack");
                }
                if (!label.equalsIgnoreCase(LABEL) && choice.next()) { // some days repeat their header
                    flows.add(fields, places[0]);
                }
            });
        }
        return kind == Kind.IDS2018 ? flows.withoutBadRows() : flows.withoutBadColumns();
    }

    /** Features by name, the same in every file, and labels. */
    private final class Flows {

        private List<String> names;
        private final List<FloatList> columns = new ArrayList<>();
        private final FloatList labels = new FloatList();
        private final List<String> notes = new ArrayList<>();

        /** Places of the label and of the features in this file. */
        int[] header(RawTable table, String[] fields) {
            List<String> plain = Arrays.stream(fields)
                    .map(field -> field.toLowerCase(Locale.ROOT).replace('_', ' '))
                    .toList();
            if (!plain.contains(LABEL)) {
                throw new DataFormatException(
                        table.file(),
                        "The first line of " + table.file().getFileName()
                                + " names no column 'Label', so it is no file of " + kind.id + ".");
            }
            if (names == null) {
                names = plain.stream()
                        .filter(name -> !name.equals(LABEL) && !kind.dropped.contains(name))
                        .distinct()
                        .toList();
                names.forEach(name -> columns.add(new FloatList()));
                notes.add(plain.size() - 1 - names.size()
                        + " columns are left out: addresses, ports, times and what says nothing.");
            }
            int[] places = new int[names.size() + 1];
            places[0] = plain.indexOf(LABEL);
            for (int c = 0; c < names.size(); c++) {
                places[c + 1] = plain.indexOf(names.get(c));
                if (places[c + 1] < 0) {
                    throw new DataFormatException(
                            table.file(),
                            table.file().getFileName() + " has no column '" + names.get(c)
                                    + "', which the first file has.");
                }
            }
            return places;
        }

        void add(String[] fields, int[] places) {
            for (int c = 0; c < names.size(); c++) {
                columns.get(c).add(number(fields[places[c + 1]]));
            }
            labels.add(fields[places[0]].equalsIgnoreCase("benign") ? 0 : 1);
        }

        /** Words, {@code Infinity} and nothing at all are no numbers; their rows or columns go. */
        private float number(String field) {
            try {
                float value = Float.parseFloat(field);
                return Float.isFinite(value) ? value : Float.NaN;
            } catch (NumberFormatException e) {
                return Float.NaN;
            }
        }

        PreparedTable withoutBadRows() {
            boolean[] bad = new boolean[labels.size()];
            for (int c = 0; c < names.size(); c++) {
                boolean notNegative = NOT_NEGATIVE.contains(names.get(c));
                for (int i = 0; i < bad.length; i++) {
                    float value = columns.get(c).get(i);
                    bad[i] |= Float.isNaN(value) || notNegative && value < 0;
                }
            }
            return kept(names, columns, bad, "a missing, infinite or impossible number");
        }

        PreparedTable withoutBadColumns() {
            List<String> keptNames = new ArrayList<>();
            List<FloatList> kept = new ArrayList<>();
            boolean[] bad = new boolean[labels.size()];
            for (int c = 0; c < names.size(); c++) {
                FloatList column = columns.get(c);
                int wrong = 0;
                boolean varies = false;
                for (int i = 0; i < bad.length; i++) {
                    wrong += isBad(column.get(i)) ? 1 : 0;
                    varies |= column.get(i) != column.get(0);
                }
                if (!varies || wrong >= MOST_BAD * bad.length) {
                    notes.add("'" + names.get(c) + "' is left out: "
                            + (varies
                                    ? wrong + " of " + bad.length + " numbers are negative or missing."
                                    : "one value."));
                    continue;
                }
                keptNames.add(names.get(c));
                kept.add(column);
                for (int i = 0; i < bad.length; i++) {
                    bad[i] |= isBad(column.get(i));
                }
            }
            return kept(keptNames, kept, bad, "a negative or missing number");
        }

        private boolean isBad(float value) {
            return !(value >= 0);
        }

        private PreparedTable kept(List<String> keptNames, List<FloatList> kept, boolean[] bad, String why) {
            int left = 0;
            for (boolean b : bad) {
                left += b ? 0 : 1;
            }
            if (left < bad.length) {
                notes.add(bad.length - left + " of " + bad.length + " rows have " + why + " and are left out.");
            }
            float[] values = new float[Math.multiplyExact(left, keptNames.size())];
            int[] marks = new int[left];
            for (int i = 0, row = 0; i < bad.length; i++) {
                if (!bad[i]) {
                    for (int c = 0; c < keptNames.size(); c++) {
                        values[row * keptNames.size() + c] = kept.get(c).get(i);
                    }
                    marks[row++] = (int) labels.get(i);
                }
            }
            return new PreparedTable(kind == Kind.IDS2018 ? "ids2018" : "usbids", keptNames, values, marks, notes);
        }
    }
}

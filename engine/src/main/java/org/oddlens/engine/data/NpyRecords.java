package org.oddlens.engine.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * A NumPy array of records (named columns of types of their own) as a table of its numeric columns, and its columns one
 * by one where they can be a label or stand beside the features.
 */
final class NpyRecords {

    private NpyRecords() {}

    /**
     * What a source offers: itself, or the table and the columns of its records.
     *
     * @param taken names that are in use; a column of such a name is called {@code array.column}
     */
    static List<NpyEntry> entries(NpySource source, NpyHeader header, Predicate<String> taken) {
        NpyType type = header.type();
        if (!type.isRecord() || header.shape().length != 1) {
            return List.of(source);
        }
        List<NpyEntry> entries = new ArrayList<>();
        List<Column> columns = new ArrayList<>();
        for (NpyType.Field field : type.fields()) {
            String name = taken.test(field.name()) || field.name().equals(source.name())
                    ? source.name() + "." + field.name()
                    : field.name();
            columns.add(new Column(source, name, field));
        }
        List<Column> numeric =
                columns.stream().filter(c -> c.field.type().isNumeric()).toList();
        if (!numeric.isEmpty()) {
            entries.add(new Table(source, numeric));
        }
        entries.addAll(columns);
        return entries;
    }

    private record Table(NpySource source, List<Column> columns) implements NpyEntry {

        @Override
        public String name() {
            return source.name();
        }

        @Override
        public List<String> columnNames() {
            return columns.stream().map(Column::name).toList();
        }

        private interface Cell {
            void accept(int column, double value);
        }

        private void forEach(Cell sink) {
            source.use((header, in) -> {
                new NpyDecoder(header, in).forEachElement(element -> {
                    int start = element.position();
                    for (int j = 0; j < columns.size(); j++) {
                        NpyType.Field field = columns.get(j).field;
                        sink.accept(j, field.type().number(at(element, start, field)));
                    }
                    element.position(start + header.type().size());
                });
                return null;
            });
        }

        private int rows() {
            return source.header().shape()[0];
        }

        @Override
        public ArrayInfo info() {
            ValueScan scan = new ValueScan(false);
            forEach((column, value) -> scan.add(value));
            return scan.info(name(), List.of(rows(), columns.size()), "records");
        }

        @Override
        public double[] doubles() {
            double[] out = new double[Math.multiplyExact(rows(), columns.size())];
            int[] at = new int[1];
            forEach((column, value) -> out[at[0]++] = value);
            return out;
        }

        @Override
        public float[] floats() {
            float[] out = new float[Math.multiplyExact(rows(), columns.size())];
            int[] at = new int[1];
            forEach((column, value) -> out[at[0]++] = (float) value);
            return out;
        }

        @Override
        public String[] texts() {
            throw new DataFormatException(
                    source.file(), "The array '" + name() + "' is a table. Name one of its columns.");
        }

        @Override
        public String[] cells() {
            return texts();
        }
    }

    private static ByteBuffer at(ByteBuffer element, int start, NpyType.Field field) {
        return element.position(start + field.offset()).order(field.type().order());
    }

    private record Column(NpySource source, String name, NpyType.Field field) implements NpyEntry {

        private interface Cell {
            void accept(ByteBuffer cell);
        }

        private void forEach(Cell sink) {
            source.use((header, in) -> {
                new NpyDecoder(header, in).forEachElement(element -> {
                    int start = element.position();
                    sink.accept(at(element, start, field));
                    element.position(start + header.type().size());
                });
                return null;
            });
        }

        @Override
        public ArrayInfo info() {
            List<Integer> shape = source.header().shapeList();
            NpyType type = field.type();
            if (type.isText() || type.isDate()) {
                TextScan scan = type.isDate() ? TextScan.ofDates() : new TextScan();
                forEach(cell -> scan.add(type.text(cell)));
                return scan.info(name, shape);
            }
            if (!type.isNumeric()) {
                return ArrayInfo.unusable(
                        name, shape, type.text(), "The column '" + name + "' holds " + type.text() + ".");
            }
            ValueScan scan = new ValueScan();
            forEach(cell -> scan.add(type.number(cell)));
            return scan.info(name, shape, type.text());
        }

        @Override
        public double[] doubles() {
            if (!field.type().isNumeric()) {
                throw new DataFormatException(source.file(), "The column '" + name + "' holds no numbers.");
            }
            double[] out = new double[source.header().shape()[0]];
            int[] at = new int[1];
            forEach(cell -> out[at[0]++] = field.type().number(cell));
            return out;
        }

        @Override
        public float[] floats() {
            double[] wide = doubles();
            float[] out = new float[wide.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (float) wide[i];
            }
            return out;
        }

        @Override
        public String[] texts() {
            return texts(false);
        }

        @Override
        public String[] cells() {
            return texts(field.type().isWhole());
        }

        private String[] texts(boolean digits) {
            String[] out = new String[source.header().shape()[0]];
            int[] at = new int[1];
            Map<String, String> seen = new HashMap<>();
            NpyType type = field.type();
            forEach(cell -> out[at[0]++] = NpyDecoder.shared(digits ? digits(type, cell) : type.text(cell), seen));
            return out;
        }

        private static String digits(NpyType type, ByteBuffer cell) {
            long bits = type.whole(cell);
            return type.kind() == 'u' ? Long.toUnsignedString(bits) : Long.toString(bits);
        }
    }
}
